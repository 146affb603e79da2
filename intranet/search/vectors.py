"""The text forms of PostgreSQL's search types, written from our own tokens.

PostgreSQL's parser is not asked: it knows no Hebrew and tears part codes apart. All forms of one word stand at the same
position, so that phrases hold in every form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from intranet.text.tokens import terms

LAST_POSITION: Final = 16_383
"""The highest position that a tsvector can hold; later words share it."""

POSITIONS_OF_ONE: Final = 255
"""The most positions that a tsvector holds of one word."""

GAP: Final = 8
"""Empty positions between two parts, so that no phrase reaches from one into the next."""


def vector(parts: Iterable[tuple[str, str]]) -> str:
    """The tsvector of `parts`, which are (weight, text) with weights A to D.

    >>> vector([("A", "Motors"), ("C", "the AX-40")])
    "'motors':1A 'motor':1A 'ax-40':10C 'ax40':10C 'ax':10C '40':10C"
    """
    places: dict[str, list[str]] = {}
    position = 0
    for weight, text in parts:
        for forms in terms(text):
            position = min(position + 1, LAST_POSITION)
            for form in forms:
                places.setdefault(form, []).append(f"{position}{weight}")
        position = min(position + GAP, LAST_POSITION)
    return " ".join(f"'{form}':{','.join(found[:POSITIONS_OF_ONE])}" for form, found in places.items())


def any_of(forms: Iterable[str], parts: str = "") -> str:
    """The tsquery that one of `forms` satisfies, where it stands in a part with one of the weights in `parts`.

    >>> any_of(["motors", "motor"]), any_of(["motor"], "AB")
    ("('motors' | 'motor')", "('motor':AB)")
    """
    where = f":{parts}" if parts else ""
    return "(" + " | ".join(f"'{form}'{where}" for form in forms) + ")"


def all_of(queries: Iterable[str]) -> str:
    """The tsquery that needs every one of `queries`."""
    return " & ".join(queries)


def in_a_row(words: Sequence[Sequence[str]]) -> str:
    """The tsquery that needs `words`, each given by its forms, one right after the other.

    >>> in_a_row([["holding"], ["torque", "torqu"]])
    "(('holding') <-> ('torque' | 'torqu'))"
    """
    return "(" + " <-> ".join(any_of(forms) for forms in words) + ")"
