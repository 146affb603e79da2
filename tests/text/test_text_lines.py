"""Titles, names and look-alikes; plain text, excerpts, language and direction."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intranet.text.direction import detect_lang, direction
from intranet.text.lines import clean_line, skeleton, strip_niqqud
from intranet.text.plain import excerpt, plain


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two   words\n", "two words"),
        ("evil\u202egpj.exe", "evilgpj.exe"),
        ("\u2067נועה\u2069 \u200fתלתן", "נועה \u200fתלתן"),
        ("a\0b\x07c\x7fd", "abcd"),
        ("line\u2028break", "line break"),
        ("Krako\u0301w", "Kraków"),
        ("👩\u200d🔧 tools", "👩\u200d🔧 tools"),
        ("\u202e \x00", ""),
    ],
)
def test_clean_line(typed, kept):
    assert clean_line(typed) == kept


@given(st.text())
def test_a_clean_line_is_one_composed_line_and_stays_so(text):
    line = clean_line(text)
    assert clean_line(line) == line
    assert line == unicodedata.normalize("NFC", line) == line.strip()
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize(
    ("pointed", "bare"),
    [("שָׁלוֹם", "שלום"), ("בֵּית־סֵפֶר", "בית־ספר"), ("\ufb2aלום", "שלום"), ("AX-40", "AX-40")],
)
def test_strip_niqqud(pointed, bare):
    assert strip_niqqud(pointed) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("noa", "nоа"),  # Cyrillic о, а
        ("alex", "аlех"),  # Cyrillic а, е, х
        ("paul", "ρaul"),  # Greek rho
        ("dana1", "danal"),
        ("dan0", "dano"),
        ("Noa", "noa"),
        ("noá", "noa"),
        ("ｎｏａ", "noa"),  # full width
        ("n\u200boa", "noa"),
        ("dana-levi", "dana‐levi"),  # U+2010
        ("oss", "סss"),  # Hebrew samekh
    ],
)
def test_look_alikes_share_a_skeleton(one, other):
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(
    ("one", "other"), [("arnon", "amon"), ("eli.k", "ell.k"), ("dana.levi", "dana-levi"), ("noa1", "noa2")]
)
def test_colleagues_keep_their_own_skeleton(one, other):
    assert skeleton(one) != skeleton(other)


@given(st.text())
def test_skeletons_are_stable(name):
    assert skeleton(skeleton(name)) == skeleton(name)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("שלום world", "rtl"),
        ("hello עולם", "ltr"),
        ("12:40, שלום", "rtl"),
        ("مرحبا", "rtl"),
        ("123 — !", "auto"),
        ("", "auto"),
    ],
)
def test_direction(text, found):
    assert direction(text) == found


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Why does torque drift?", "en"),
        ("למה המומנט נסחף?", "he"),
        ("אחרי burn-in של AX-40 ה־offset נסחף", "he"),
        ("The word קשר means tie in Hebrew", "en"),
        ("`long_function_name(with_arguments)` נכשל", "he"),
        ("Почему момент уходит", "ru"),
        ("لماذا", "ar"),
        ("2026-11-22 45 %", "und"),
        ("", "und"),
    ],
)
def test_detect_lang(text, lang):
    assert detect_lang(text) == lang


def test_plain_keeps_words_and_drops_markup():
    source = "## Check\n\n- **one**\n- [two](https://e.x)\n\n| a | b |\n|-|-|\n| 1 | `2` |\n\n![drawing](/media/x.png)"
    assert plain(source) == "Check\none\ntwo\na\nb\n1\n2\ndrawing"


@pytest.mark.parametrize(
    ("text", "length", "cut"),
    [
        ("short", 10, "short"),
        ("exactly ten", 11, "exactly ten"),
        ("one two three", 8, "one two…"),
        ("one two three", 9, "one two…"),
        ("one, two", 5, "one…"),
        ("unbreakable", 5, "unbr…"),
        ("מעל 45 מעלות נגד המדידה נסחף", 14, "מעל 45 מעלות…"),
        ("two\nlines", 20, "two lines"),
    ],
)
def test_excerpt(text, length, cut):
    assert excerpt(text, length) == cut


@given(st.text(), st.integers(1, 80))
def test_an_excerpt_is_never_longer_than_asked(text, length):
    assert len(excerpt(text, length)) <= length
