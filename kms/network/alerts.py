"""Pairs of groups that fell out of their interval since the report before. Pure: reads two suppressed reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kms.sna.findings import FALSE_DISCOVERIES
from kms.sna.redundancy import pair_key


@dataclass(frozen=True)
class Fallen:
    """A pair that was within what chance gives and is now surely below: its ties and the expected ones, both directions."""

    groups: tuple[str, str]
    seen: int
    expected: int


def fallen(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Fallen]:
    """Pairs shown in both reports that are surely below chance now and were not before, those furthest below first."""
    was = before.get("between", {})
    found = [
        Fallen(pair_names(now, key), pair["ties"], round(pair["expected"]))
        for key, pair in now.get("between", {}).items()
        if key in was and is_below(pair) and not is_below(was[key])
    ]
    return sorted(found, key=lambda one: (one.seen - one.expected, one.groups))


def is_below(pair: Mapping[str, Any]) -> bool:
    """Whether a pair of groups has surely fewer ties than expected, both ways together."""
    return pair["q"] < FALSE_DISCOVERIES and pair["ties"] < pair["expected"]


def pair_names(report: Mapping[str, Any], key: str) -> tuple[str, str]:
    """The two groups of a key of the report; a name may itself hold the sign between them."""
    order = report["tie_matrix"]["order"]
    return next(
        (one, other) for one in order for other in order if one < other and pair_key(one, other) == key
    )
