"""Files in a text: pictures, links, and what is not there."""

import pytest

from intranet.text.files import FileNote
from intranet.text.render import render

PHOTO, SHEET = "2345678abcdef", "3456789abcdef"
NOTES = {PHOTO: FileNote("rig.png", "80 kB", 640, 480), SHEET: FileNote("limits.pdf", "1.2 MB")}


def lookup(ids):
    return {key: NOTES[key] for key in ids if key in NOTES}


def file(key, inside, title):
    return f'<a class="file" href="/attachments/{key}/" title="{title}">{inside}</a>'


IMG = f'<img src="/attachments/{PHOTO}/small/" alt="The rig" width="640" height="480" loading="lazy">'


@pytest.mark.parametrize(
    ("source", "inner"),
    [
        (f"![The rig](attachment:{PHOTO})", file(PHOTO, IMG, "rig.png, 80 kB")),
        (f"[Limits](attachment:{SHEET})", file(SHEET, "Limits", "limits.pdf, 1.2 MB")),
        (f"![](attachment:{SHEET})", file(SHEET, "limits.pdf", "limits.pdf, 1.2 MB")),
        (f"[![The rig](attachment:{PHOTO})](/t/a1/)", f'<a href="/t/a1/">{IMG}</a>'),
        ("[gone](attachment:4444444444444) stays", "gone stays"),
        ("![gone](attachment:4444444444444) stays", "gone stays"),
        ("[x](attachment:../etc)", "[x](attachment:../etc)"),
    ],
    ids=["picture", "file", "a file as picture", "in a link", "unknown", "unknown picture", "no id"],
)
def test_a_file_in_a_text(source, inner):
    assert render(source, files=lookup).html == f'<p dir="auto">{inner}</p>'


def test_files_are_words_where_nobody_knows_them():
    assert render(f"see [Limits](attachment:{SHEET})").html == '<p dir="auto">see Limits</p>'


def test_a_file_name_cannot_break_out():
    page = render(f"![](attachment:{SHEET})", files=lambda ids: {SHEET: FileNote('"><script>x</script>')})
    assert "<script>" not in page.html
