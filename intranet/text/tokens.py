"""Words of a text and of a query for search, in Hebrew, English and part codes.

A text and a query go through the same folding, and each word becomes a short list of forms. A text matches a word of
the query when they share a form. `terms` keeps the forms of one word together, so that phrases can be searched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from intranet.text import english, hebrew
from intranet.text.lines import BIDI_CONTROLS, NIQQUD

LONGEST: Final = 60
"""Characters of one form; what is longer is noise (keys, encoded data) and is cut off."""

_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670\u00ad\u200b-\u200f\ufeff]")
_STROKED = str.maketrans("łøđħŧ", "lodht")
_ACRONYM = re.compile("(?<=[א-ת])[\"'׳״’”](?=[א-ת])")
_APOSTROPHE = re.compile("(?<=[a-z])['’](?=[a-z])")
_SEAM = re.compile("(?<=[א-ת])[-–](?=[a-z0-9])|(?<=[a-z0-9])[-–](?=[א-ת])")
_TERM = re.compile(r"[^\W_]+(?:[-./_:][^\W_]+){0,8}")
_SPLIT = re.compile(r"[-./_:]")
_HYPHENED = re.compile(r"[^\W_]+(?:-[^\W_]+)+")
_SPLIT_KEEPING_DOTS = re.compile(r"[-/_:]")


def fold(text: str) -> str:
    """`text` as search sees it: compatible forms unified, small letters, no points or accents.

    >>> fold("Kraków, מַפְעִיל ②")
    'krakow, מפעיל 2'
    """
    composed = unicodedata.normalize("NFKC", BIDI_CONTROLS.sub("", text)).casefold()
    decomposed = NIQQUD.sub("", _MARKS.sub("", unicodedata.normalize("NFKD", composed)))
    return unicodedata.normalize("NFC", decomposed).translate(_STROKED)


def terms(text: str) -> list[tuple[str, ...]]:
    """The words of `text` in order, each with all the forms that find it, its own form first. Stop words are left out.

    >>> terms("ההיסט של AX-40")
    [('ההיסט', 'היסט'), ('ax-40', 'ax40', 'ax', '40')]
    """
    return [forms for word in _words(text) if (forms := _forms(word, whole_codes=False))]


def tokens(text: str) -> list[str]:
    """Every form of every word of `text`, in order of appearance, with repetitions.

    >>> tokens("Calibrating the motors")
    ['calibrating', 'calibrat', 'motors', 'motor']
    """
    return [form for forms in terms(text) for form in forms]


def query_tokens(query: str) -> list[list[str]]:
    """For each word of `query` the forms of which a text must have at least one. A part code and a file name are
    only found whole; of a hyphened word (burn-in) one part is enough, since it is also written as two words.

    >>> query_tokens("the AX-40 motors")
    [['ax-40', 'ax40'], ['motors', 'motor']]
    """
    return [list(forms) for word in _words(query) if (forms := _forms(word, whole_codes=True))]


def _words(text: str) -> Iterator[str]:
    folded = _SEAM.sub(" ", _APOSTROPHE.sub("", _ACRONYM.sub("", fold(text))))
    for match in _TERM.finditer(folded):
        yield match.group()[:LONGEST]


def _forms(word: str, *, whole_codes: bool) -> tuple[str, ...]:
    """All forms of one folded word, or nothing for a stop word or a lone Hebrew letter."""
    if not _SPLIT.search(word):
        return _forms_of_simple(word)
    joined = _SPLIT.sub("", word)
    if any(char.isdigit() for char in word):
        parts = [] if whole_codes else [*_SPLIT_KEEPING_DOTS.split(word), *_SPLIT.split(word)]
        return _distinct(word, joined, *parts)
    if whole_codes and not _HYPHENED.fullmatch(word):
        return _distinct(word, joined)
    parts = [form for part in _SPLIT.split(word) for form in _forms_of_simple(part)]
    return _distinct(word, *_forms_of_simple(joined), *parts)


def _forms_of_simple(word: str) -> tuple[str, ...]:
    if hebrew.WORD.fullmatch(word):
        bare = hebrew.normal(word)
        return () if len(bare) == 1 or hebrew.is_stop_word(bare) else tuple(hebrew.readings(bare))
    if english.WORD.fullmatch(word):
        return () if english.is_stop_word(word) else _distinct(word, english.stem(word))
    return (word,)


def _distinct(*forms: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for form in forms if form))
