"""What the figures of a report are made of: the counts behind each index, out of the stored, suppressed report.

A figure of a group whose own cell is hidden has no row here, as its counts would tell the cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from kms.network import charts

type Labels = Callable[[str], str]
"""The name of a group in the reader's language."""


@dataclass(frozen=True)
class Size:
    """A group: its people, and how many ties with a direction they send and receive, where that is shown."""

    label: str
    people: int
    sent: int | None
    received: int | None


@dataclass(frozen=True)
class Inward:
    """A silo index: ties that stay inside, how many chance would keep there, and all that the group sends."""

    label: str
    name: str
    inside: int
    expected: str
    sent: int | None
    index: str


@dataclass(frozen=True)
class Outward:
    """An E-I index: ties outward and inside, the index, and what chance would give."""

    label: str
    outward: str
    inside: str
    index: str
    by_chance: str


@dataclass(frozen=True)
class Spread:
    """A group: how many of its people are in each cluster (None where not told) and elsewhere; None where even that is not told."""

    label: str
    people: list[int | None]
    elsewhere: int | None


def sizes(report: Mapping[str, Any], label: Labels) -> list[Size]:
    """The groups with their people and ties; reports of before the sums were told have none."""
    order, people = report["tie_matrix"]["order"], report["meta"]["groups"]
    return [
        Size(label(name), people[name], sum_of(report, name, "sent"), sum_of(report, name, "received"))
        for name in order
    ]


def sum_of(report: Mapping[str, Any], name: str, way: str) -> int | None:
    """What a group has ``sent`` or ``received``; None where it is hidden or not told."""
    both = report.get("sums", {}).get(name)
    return both[way] if both else None


def inward(report: Mapping[str, Any], label: Labels) -> list[Inward]:
    """What each shown silo index is made of, the most closed first."""
    matrix, found = report["tie_matrix"], []
    for g, name in enumerate(matrix["order"]):
        value = report["silo_index"][name]
        if value is not None:
            inside, expected = matrix["observed"][g][g], charts.number(matrix["expected_degree"][g][g])
            found.append(
                (
                    value,
                    Inward(
                        label(name),
                        name,
                        inside,
                        expected,
                        sum_of(report, name, "sent"),
                        charts.number(value),
                    ),
                )
            )
    return [row for _, row in sorted(found, key=lambda pair: -pair[0])]


def outward(report: Mapping[str, Any], label: Labels) -> list[Outward]:
    """What E-I is made of, of the whole and of each shown group."""
    ei = report["ei"]
    rows = [(gettext("All groups together"), ei["undirected"], ei["expected"])]
    rows += [
        (label(name), ei["per_group"][name], by_chance(report, name))
        for name in report["tie_matrix"]["order"]
    ]
    return [
        Outward(
            name,
            _amount(counts["external"]),
            _amount(counts["internal"]),
            charts.number(counts["ei"], True),
            _signed(chance),
        )
        for name, counts, chance in rows
        if counts and counts["ei"] is not None
    ]


def by_chance(report: Mapping[str, Any], name: str) -> float | None:
    """The E-I of a group that sizes alone would give; None in reports of before it was told."""
    return report["ei"].get("by_chance", {}).get(name, {}).get("expected")


def spreads(report: Mapping[str, Any], label: Labels) -> list[Spread]:
    """Where the people of each group are among the clusters; reports of before it was told have none."""
    table = report["clusters"].get("table")
    if not table:
        return []
    columns = max((len(row) for row in table["people"].values() if row), default=0)
    return [
        Spread(label(name), table["people"][name] or [None] * columns, table["elsewhere"][name])
        for name in report["tie_matrix"]["order"]
    ]


def _amount(value: float) -> str:
    """A count, or with a decimal what weighed ties add up to."""
    return f"{int(value)}" if value == int(value) else f"{value:.1f}"


def _signed(value: float | None) -> str:
    return "–" if value is None else charts.number(value, True)
