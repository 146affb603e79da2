"""Where a text holds what was searched: places to mark, and the passage worth showing."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from intranet.text import hebrew
from intranet.text.tokens import fold, tokens

LOOK_AT: Final = 8_000
"""Characters of a text that are looked at; a match further down is found but not shown."""

_WORD = re.compile(r"[^\W_]+(?:[-./_'\"׳״’”][^\W_]+){0,8}")


def places(text: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Start and end of every word of `text` that has a form in `wanted` (see `tokens`), in order.

    Of a Hebrew word the particles before the form stay unmarked.

    >>> text = "שומר את ההיסט של AX-40"
    >>> [text[start:end] for start, end in places(text, {"היסט", "ax-40"})]
    ['היסט', 'AX-40']
    """
    known: dict[str, int | None] = {}
    found = []
    for match in _WORD.finditer(text, 0, LOOK_AT):
        word = match.group()
        if word not in known:
            known[word] = _offset(word, wanted)
        if (offset := known[word]) is not None:
            found.append((match.start() + offset, match.end()))
    return found


def _offset(word: str, wanted: Collection[str]) -> int | None:
    """Where in `word` the wanted form begins, or None when it has none."""
    shared = [form for form in tokens(word) if form in wanted]
    if not shared:
        return None
    bare = hebrew.normal(fold(word))
    if len(bare) != len(word) or not hebrew.WORD.fullmatch(bare):
        return 0
    return max((bare.rfind(form) for form in shared if form in bare), default=0)


def passage(text: str, wanted: Collection[str], length: int = 200) -> tuple[str, list[tuple[int, int]]]:
    """About `length` characters of `text` with the most marks in them, cut between words, and its marks.

    >>> passage("One two three. The offset drifts when warm.", {"offset"}, 20)
    ('…The offset drifts…', [(5, 11)])
    """
    line = " ".join(text.split())
    marks = places(line, wanted)
    start = max(_best_start(marks, length) - length // 4, 0) if marks else 0
    if len(line) - start < length:
        start = max(len(line) - length, 0)
    if start:
        start = line.find(" ", start - 1) + 1 or start
    end = len(line) if len(line) - start <= length else line.rfind(" ", start, start + length)
    end = end if end > start else min(start + length, len(line))
    before, after = "…" if start else "", "…" if end < len(line) else ""
    shift = len(before) - start
    inside = [(first + shift, last + shift) for first, last in marks if first >= start and last <= end]
    return f"{before}{line[start:end]}{after}", inside


def _best_start(marks: list[tuple[int, int]], length: int) -> int:
    """The first mark of the window of `length` that holds the most marks."""
    best, most, last = marks[0][0], 0, 0
    for first, (start, _end) in enumerate(marks):
        last = max(last, first)
        while last < len(marks) and marks[last][1] <= start + length:
            last += 1
        if last - first > most:
            best, most = start, last - first
    return best
