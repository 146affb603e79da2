"""What stands in a community and is no thread: kept by kind, so that a package above brings its own kind along.

Each kind says how many there are, brings them into the target of a merger and gives them back. `bring` runs inside the
last permit of the merger and returns what `give_back` needs, as plain values for `Merger.before`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from communities.merging.models import Merger
from intranet.content.models import Space


@dataclass(frozen=True)
class Belonging:
    """One kind of thing that goes along: its `name` in the API and in `before`, its `label` on the pages."""

    name: str
    label: str | Promise
    count: Callable[[Space], int]
    bring: Callable[[Merger], list[Any]]
    give_back: Callable[[Merger, list[Any]], None]


_kinds: dict[str, Belonging] = {}


def belongs(kind: Belonging) -> Belonging:
    """Add a kind; the same name twice is a mistake in the program."""
    if kind.name in _kinds:
        raise ValueError(f"belonging {kind.name!r} is declared twice")
    _kinds[kind.name] = kind
    return kind


def belonging_to(space: Space) -> dict[str, int]:
    """How many there are of each kind in `space`. One query a kind."""
    return {kind.name: kind.count(space) for kind in _kinds.values()}


def labelled(counts: dict[str, int]) -> list[tuple[str | Promise, int]]:
    """`belonging_to` for a page: each kind of which there is something, by its label."""
    return [(_kinds[name].label, n) for name, n in counts.items() if n]


def bring_belongings(merger: Merger) -> None:
    """Bring all of them along and remember how to give them back. Safe to do twice."""
    kept = merger.before.setdefault("belongings", {})
    for kind in _kinds.values():
        kept[kind.name] = [*kept.get(kind.name, []), *kind.bring(merger)]


def give_belongings_back(merger: Merger) -> None:
    """Give back what `bring_belongings` brought, as it is by now."""
    kept = merger.before.get("belongings", {})
    for kind in _kinds.values():
        kind.give_back(merger, kept.get(kind.name, []))
