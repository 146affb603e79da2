"""Which language a text is in and which way it runs."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final, Literal

UNDETERMINED: Final = "und"
"""The language tag of a text without letters (BCP 47)."""

HEBREW_SHARE: Final = 0.3
"""From this share of letters on, a mixed text is Hebrew: Hebrew sentences are full of Latin terms, never the reverse."""

_STRONG: Final[dict[str, Literal["ltr", "rtl"]]] = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_NOT_PROSE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|https?://\S+|[^\s@]{1,64}@[^\s@]{1,255}", re.DOTALL)
_SCRIPTS: Final = (
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("ar", re.compile("[\u0620-\u064a]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("en", re.compile("[A-Za-z\u00c0-\u024f]")),
)


def direction(text: str) -> Literal["ltr", "rtl", "auto"]:
    """The direction of the first strong character of `text` (UAX #9, rule P2), or `auto` when there is none.

    >>> direction("12: שלום AX-40"), direction("AX-40 נסחף"), direction("17 %")
    ('rtl', 'ltr', 'auto')
    """
    for char in text:
        found = _STRONG.get(unicodedata.bidirectional(char))
        if found:
            return found
    return "auto"


def detect_lang(text: str) -> str:
    """The language that most of `text` is written in, told by its script: `he`, `ar`, `ru`, `en` or `und`.

    Code and addresses do not count. Latin letters are taken for English.

    >>> detect_lang("להריץ את calib_zero.py ואז store offset"), detect_lang("The word קשר means tie"), detect_lang("42")
    ('he', 'en', 'und')
    """
    prose = _NOT_PROSE.sub(" ", text)
    letters = Counter({lang: len(script.findall(prose)) for lang, script in _SCRIPTS})
    total = letters.total()
    if not total:
        return UNDETERMINED
    if letters["he"] >= HEBREW_SHARE * total:
        return "he"
    return letters.most_common(1)[0][0]


def apart(words: object) -> str:
    """Words of somebody, put into plain text where HTML cannot isolate them: they keep their own direction there."""
    return f"\u2068{words}\u2069"
