"""PURE. What somebody wrote in a reply by mail, without what they quoted and how they signed, in Hebrew and English.

Mail programs agree on nothing. What is sure goes first: our own line above which one writes. Then the ways in which the
common programs introduce a quotation; then quoted lines and signatures. Where nothing would be left, the answer stands
below the quotation, and only the quoted lines go.
"""

from __future__ import annotations

import re
from typing import Final

MARK: Final = "· · · ↑ · · ·"
"""Stands in our mails above what was said: whatever comes from here on is a quotation."""

_UNSEEN: Final = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_WROTE: Final = (
    re.compile(r"On\b(?=.*(?:\d{4}|@)).{4,300}\bwrote\s*:\s*", re.IGNORECASE | re.DOTALL),
    re.compile(
        r"(?:בתאריך|ביום|ב[-־]|ב\s?יום|מאת)(?=.*(?:\d{4}|@)).{4,300}(?:כתבה?|כתב/ה|כתבת|כתב\(ה\))\s*:?\s*",
        re.DOTALL,
    ),
    re.compile(r"(?:בתאריך|ביום|ב[-־])\s*.{4,200}(?:מאת|<)[^\n@]{2,200}@[^\n@]{2,100}>?\s*:?\s*", re.DOTALL),
    re.compile(r".{2,100}\b(?:כתבה?|כתב/ה|wrote)\b.{0,60}\d{4}.{0,40}:\s*", re.IGNORECASE),
)
"""Lines, sometimes two or three, that introduce a quotation."""

_CUT: Final = (
    re.compile(r"-{2,}\s*(?:Original Message|Forwarded message|הודעה מקורית|הודעה שהועברה)\s*-{2,}", re.I),
    re.compile(r"_{20,}"),
    re.compile(r"-- ?"),
    re.compile(r"Sent from (?:my|Mail for)\b.{0,60}", re.I),
    re.compile(r"(?:Get|Sent from|Sent with) (?:Outlook|Yahoo|Proton|Gmail).{0,60}", re.I),
    re.compile(
        r"נשלח (?:מה|מ)[-־]?\s?(?:iPhone|iPad|אייפון|אייפד|נייד|טלפון|מכשיר|Samsung|Outlook|Android).{0,60}",
        re.I,
    ),
    re.compile(r"(?:קבל|הורד)\s?(?:את)?\s?Outlook.{0,60}", re.I),
)
"""Whole lines below which nothing was written for us."""

_HEAD: Final = re.compile(r"\*?(?:From|Sent|To|Subject|מאת|נשלח|אל|נושא)\s?\*?:\*?\s?.+", re.IGNORECASE)
LONGEST = 600
"""Characters of an introduction; what is longer was written by a person, or to keep us busy."""

HEADS = 2
"""So many lines like "From: …" in a row are the head of a quoted message."""


def written_in(text: str) -> str:
    """What was written in `text`, the plain text of a reply; "" when nothing was.

    >>> written_in("Thanks, that was it.\\n\\nOn Mon, 2 Mar 2026 Noa wrote:\\n> Did you try the seal?\\n")
    'Thanks, that was it.'
    """
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    bare = [_UNSEEN.sub("", line).strip() for line in lines]
    above = lines[: _end(bare)]
    said = _without_quotes(above)
    if said or not any(line.startswith(">") for line in bare):
        return said
    return _without_quotes(lines[_below_the_quotation(bare) : _signature(bare)])


def _end(bare: list[str]) -> int:
    """The number of the first line that was not written for us."""
    for number, line in enumerate(bare):
        if MARK in line or any(each.fullmatch(line) for each in _CUT):
            return number
        if _introduces(bare, number) or _is_head(bare, number):
            return number
    return len(bare)


def _introduces(bare: list[str], number: int) -> bool:
    """Whether a quotation is introduced here, on one line or on up to three."""
    if not bare[number]:
        return False
    for more in range(1, 4):
        joined = " ".join(bare[number : number + more])
        if len(joined) <= LONGEST and any(each.fullmatch(joined) for each in _WROTE):
            return True
    return False


def _is_head(bare: list[str], number: int) -> bool:
    block = bare[number : number + HEADS]
    return len(block) == HEADS and all(_HEAD.fullmatch(line) for line in block)


def _signature(bare: list[str]) -> int:
    return next((at for at, line in enumerate(bare) if any(each.fullmatch(line) for each in _CUT)), len(bare))


def _below_the_quotation(bare: list[str]) -> int:
    return max(number for number, line in enumerate(bare) if line.startswith(">")) + 1


def _without_quotes(lines: list[str]) -> str:
    kept = [line for line in lines if not _UNSEEN.sub("", line).lstrip().startswith(">")]
    return "\n".join(kept).strip()
