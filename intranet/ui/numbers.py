"""Numbers that come with an address or a form, where anything may stand."""

from __future__ import annotations


def number_in(text: str, *, digits: int = 11, otherwise: int = 0) -> int:
    """The number that `text` is when it is one of at most `digits` digits, else `otherwise`: a row that is not there,
    the first page.

    >>> number_in("42"), number_in("4.2"), number_in("1000", digits=3), number_in("", otherwise=1)
    (42, 0, 0, 1)
    """
    return int(text) if text.isdecimal() and len(text) <= digits else otherwise
