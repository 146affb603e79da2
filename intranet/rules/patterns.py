"""PURE. Patterns that people write, in RE2: one that could run for ever is refused, and all are tried in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import re2

LONGEST: Final = 400
"""Characters of a pattern: what is longer nobody can read again."""

MEMORY: Final = 1 << 20
"""Bytes that one compiled pattern may take; `(a{1000}){1000}` would want gigabytes."""

SPARE: Final = 64
"""Times `MEMORY` that all patterns together may take beyond one each. The automaton is built as texts ask for it and gives
up without a word when memory runs out, so it gets far more than it needs."""


class BadPattern(ValueError):
    """A pattern that cannot be used; the message is a code: `empty`, `too_long`, `matches_nothing_said`, `not_a_pattern`."""


def _options(memory: int) -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = memory
    return options


def check(pattern: str) -> None:
    """Raise `BadPattern` unless `pattern` can be used. What RE2 takes needs time in proportion to the text.

    >>> check("(a+)+$")  # harmless here: RE2 does not go back
    >>> check("(unclosed")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    BadPattern: not_a_pattern
    """
    if not pattern.strip():
        raise BadPattern("empty")
    if len(pattern) > LONGEST:
        raise BadPattern("too_long")
    try:
        compiled = re2.compile(pattern, _options(MEMORY))
    except re2.error:
        raise BadPattern("not_a_pattern") from None
    if compiled.match(""):
        raise BadPattern("matches_nothing_said")


class PatternSet:
    """Many patterns as one automaton: trying five hundred costs about as much as trying one."""

    def __init__(self, patterns: Mapping[int, str]) -> None:
        self._ids = list(patterns)
        self._set = re2.Set.SearchSet(_options(MEMORY * (SPARE + len(patterns))))
        for pattern in patterns.values():
            self._set.Add(pattern)
        if self._ids:
            self._set.Compile()

    def matches(self, text: str) -> Iterable[int]:
        """The ids of the patterns that are found in `text`."""
        return [self._ids[place] for place in self._set.Match(text) or ()] if self._ids else []


def excerpt(pattern: str, text: str) -> str:
    """The first piece of `text` that `pattern` matches, or nothing."""
    found = re2.compile(pattern, _options(MEMORY)).search(text)
    return found.group() if found else ""
