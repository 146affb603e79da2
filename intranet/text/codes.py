"""Runs inside a sentence that are always read left to right: part codes, numbers with a unit, ranges.

Inside a Hebrew sentence the bidirectional algorithm would turn `45 °C` into `C° 45` and `10–20` into `20–10`. Each pattern
here matches such a run as a whole, so that the renderer can isolate it. All repetitions are
bounded: a long text costs linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

LONGEST = 40
"""An isolated run does not break over lines; a longer one would push a phone's page sideways."""

_UNITS = (
    "°C|°F|°|%|‰|K|"
    "[µμnmck]?m(?:²|³|/s²|/s|/min)?|[mk]?g|t|[mµμ]?l|L|"
    "[mk]?N(?:[·.]?mm?)?(?:/A)?|[kMG]?Pa|bar|"
    "[µμmkM]?[VAWΩ]|[kMG]?Wh|VA|Ah|mAh|[kMG]?Hz|dB|"
    "[µμmn]?s|min|h|rpm|"
    "[kKMGT]i?B|[kMG]bit/s|px"
)
_CODE = r"\+?[A-Za-z0-9]{1,20}(?:[-./_][A-Za-z0-9]{1,20}){1,9}"
_DIGITS = r"\d{1,15}(?:[.,]\d{1,9}){0,5}"
_NUMBER = rf"[-+−±]?{_DIGITS}"
_RUN = re.compile(
    rf"(?P<measure>(?<![\w./-]){_NUMBER}(?:[–—]{_NUMBER})?[ \u00a0\u202f]?(?:{_UNITS})(?![\w/]))"
    rf"|(?P<range>(?<![\w./-]){_DIGITS}[–—]{_DIGITS}(?!\w))"
    rf"|(?P<code>(?<![A-Za-z0-9_./@-]){_CODE}(?![A-Za-z0-9_/@-]))"
    rf"|(?P<signed>(?<![\w./)\]-])[-+−±]{_DIGITS}(?![\w-]))"
)
_PLAIN_NUMBER = re.compile(r"\d+(?:[./]\d+)*")


def _is_code(run: str) -> bool:
    """A code has a digit, and is more than a decimal, a date or a fraction."""
    return any(char.isdigit() for char in run) and not _PLAIN_NUMBER.fullmatch(run)


def left_to_right_runs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every run of `text` to isolate, in order and without overlap.

    >>> sentence = "מנוע AX-40 מגיע ל־45 °C אחרי 10–20 דקות"
    >>> [sentence[start:end] for start, end in left_to_right_runs(sentence)]
    ['AX-40', '45 °C', '10–20']
    """
    for match in _RUN.finditer(text):
        run = match.group()
        if len(run) <= LONGEST and (match.lastgroup != "code" or _is_code(run)):
            yield match.span()
