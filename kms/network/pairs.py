"""One pair of groups: the figures behind its cells, and how it was in earlier reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kms.network import charts, made
from kms.network.models import Snapshot
from kms.sna.findings import FALSE_DISCOVERIES
from kms.sna.redundancy import pair_key

EARLIER = 12
"""Earlier reports of the same kind that a pair is followed through."""


@dataclass(frozen=True)
class Way:
    """One direction of a pair, with what its expected value is made of; figures as text."""

    sender: str
    receiver: str
    seen: int
    sent: int | None
    received: int | None
    total: int
    expected: str
    by_size: str
    ratio: str
    z: str
    p: str
    q: str
    sure: bool


def way(report: Mapping[str, Any], sender: str, receiver: str) -> Way | None:
    """The figures of one cell; None when it is hidden. Raises KeyError for a group that the report does not name."""
    matrix = report["tie_matrix"]
    place = {name: code for code, name in enumerate(matrix["order"])}
    g, h = place[sender], place[receiver]
    seen = matrix["observed"][g][h]
    if seen is None:
        return None
    z = matrix["z_degree"][g][h]
    sent, received = made.sum_of(report, sender, "sent"), made.sum_of(report, receiver, "received")
    return Way(
        sender,
        receiver,
        seen,
        sent,
        received,
        report["meta"]["arcs"],
        charts.number(matrix["expected_degree"][g][h]),
        charts.number(matrix["expected_size"][g][h]),
        charts.ratio_text(matrix["log2_ratio"][g][h]),
        "–" if z is None else charts.number(z, signed=True),
        charts.chance(matrix["p"][g][h]),
        charts.chance(matrix["q"][g][h]),
        matrix["q"][g][h] < FALSE_DISCOVERIES,
    )


@dataclass(frozen=True)
class Together:
    """Both directions of a pair of different groups at once, as the sentences of the report tell it; figures as text."""

    ties: int
    both_ways: int
    expected: str
    p: str
    q: str
    sure: bool


def together(report: Mapping[str, Any], one: str, other: str) -> Together | None:
    """The undirected ties of a pair; None when it is hidden, for one group, and in reports of before they were told.

    Somebody who turns to a person that turns back is one tie and two arcs, so arcs less ties are the ties both ways.
    """
    pair = report.get("between", {}).get(pair_key(one, other)) if one != other else None
    ways = [way(report, one, other), way(report, other, one)]
    if pair is None or None in ways:
        return None
    arcs = sum(found.seen for found in ways if found)
    return Together(
        pair["ties"],
        arcs - pair["ties"],
        charts.number(pair["expected"]),
        charts.chance(pair["p"]),
        charts.chance(pair["q"]),
        pair["q"] < FALSE_DISCOVERIES,
    )


@dataclass(frozen=True)
class Earlier:
    """Both directions of a pair in one earlier report, counted as its sentences do; None where it was hidden."""

    snapshot: Snapshot
    seen: int | None
    expected: str


def history(snapshot: Snapshot, sender: str, receiver: str) -> list[Earlier]:
    """The pair in this and earlier reports of the same kind, newest first; one query."""
    rows = Snapshot.objects.done().of_the_kind(snapshot).filter(end__lte=snapshot.end)
    found = []
    for one in rows.order_by("-end", "-pk")[:EARLIER]:
        if {sender, receiver} <= set(one.report["tie_matrix"]["order"]):
            seen, expected = _together(one.report, sender, receiver)
            found.append(Earlier(one, seen, "–" if expected is None else charts.number(expected)))
    return found


def _together(report: Mapping[str, Any], one: str, other: str) -> tuple[int | None, float | None]:
    """Ties of a pair and how many are expected; of one group with itself those of its cell. None where hidden or not told."""
    if one != other:
        pair = report.get("between", {}).get(pair_key(one, other))
        return (pair["ties"], pair["expected"]) if pair else (None, None)
    matrix = report["tie_matrix"]
    g = matrix["order"].index(one)
    return matrix["observed"][g][g], matrix["expected_degree"][g][g]
