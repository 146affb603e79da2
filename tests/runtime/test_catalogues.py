"""Catalogues are compiled without gettext, and only when they changed."""

import gettext
import os
from pathlib import Path

from intranet.runtime.catalogues import compile_stale

CATALOGUE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "%(count)s answer"
msgid_plural "%(count)s answers"
msgstr[0] "תשובה אחת"
msgstr[1] "%(count)s תשובות"

#, fuzzy
msgid "Guessed"
msgstr "ניחוש"
"""


def test_a_catalogue_is_compiled_when_it_changed(tmp_path: Path) -> None:
    source = tmp_path / "he" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.write_text(CATALOGUE)
    compiled = source.with_suffix(".mo")
    assert compile_stale(tmp_path) == [compiled]
    assert compile_stale(tmp_path) == []
    os.utime(source, (compiled.stat().st_mtime + 10,) * 2)
    assert compile_stale(tmp_path) == [compiled]

    texts = gettext.translation("django", tmp_path, ["he"])
    assert texts.ngettext("%(count)s answer", "%(count)s answers", 1) == "תשובה אחת"
    assert texts.ngettext("%(count)s answer", "%(count)s answers", 5) == "%(count)s תשובות"
    assert texts.gettext("Guessed") == "Guessed"
