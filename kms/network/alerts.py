"""Pairs of groups that fell out of their interval since the report before. Pure: reads two suppressed reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kms.sna.findings import FALSE_DISCOVERIES


@dataclass(frozen=True)
class Fallen:
    """A pair that was within what chance gives and is now surely below: its ties and the expected ones, both directions."""

    groups: tuple[str, str]
    seen: int
    expected: int


def fallen(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[Fallen]:
    """Pairs shown in both reports that are surely below chance now and were not before, those furthest below first."""
    was, found = _cells(before), []
    for pair, cell in _cells(now).items():
        if pair in was and cell.below and not was[pair].below:
            found.append(Fallen(pair, cell.seen, round(cell.expected)))
    return sorted(found, key=lambda one: (one.seen - one.expected, one.groups))


@dataclass(frozen=True)
class _Cell:
    seen: int
    expected: float
    below: bool


def _cells(report: Mapping[str, Any]) -> dict[tuple[str, str], _Cell]:
    """The shown pairs of a report, both directions together."""
    matrix = report["tie_matrix"]
    order, cells = matrix["order"], {}
    for g, one in enumerate(order):
        for h, other in enumerate(order[g + 1 :], g + 1):
            if matrix["observed"][g][h] is None or matrix["observed"][h][g] is None:
                continue
            seen = matrix["observed"][g][h] + matrix["observed"][h][g]
            expected = matrix["expected_degree"][g][h] + matrix["expected_degree"][h][g]
            sure = any(
                matrix["q"][a][b] < FALSE_DISCOVERIES and matrix["log2_ratio"][a][b] < 0
                for a, b in ((g, h), (h, g))
            )
            cells[one, other] = _Cell(seen, expected, sure and seen < expected)
    return cells
