"""Figures of the report as shapes: which shade a cell has, where a dot and its whisker lie, where a unit is drawn.

Pure geometry; templates put it into tables and SVG, so that text stays HTML and mirrors with the page.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import numpy as np

STEPS = ((2.0, 3), (1.0, 2), (0.32, 1))
"""log2 of observed/expected from which a shade is used: four times, twice, one and a quarter."""

WIDE, HIGH = 720, 440


@dataclass(frozen=True)
class Cell:
    """One cell of the matrix: its count, its ratio in words, its shade from -3 to 3; hidden cells carry nothing."""

    count: int | None
    ratio: str
    shade: int
    own: bool

    @property
    def hidden(self) -> bool:
        return self.count is None

    @property
    def css(self) -> str:
        return f"{'hx' if self.hidden else f'h{self.shade}'}{' hd' if self.own else ''}"


def shade(log2_ratio: float) -> int:
    """Step of the diverging scale for a ratio.

    >>> [shade(value) for value in (-3, -1.2, -0.5, 0.1, 0.5, 1, 2)]
    [-3, -2, -1, 0, 1, 2, 3]
    """
    size = next((step for limit, step in STEPS if abs(log2_ratio) >= limit), 0)
    return size if log2_ratio > 0 else -size


def ratio_text(log2_ratio: float) -> str:
    """`×2.0`, `×0.25`, or `=` when as expected.

    >>> ratio_text(1), ratio_text(-2), ratio_text(0.1)
    ('×2.0', '×0.25', '=')
    """
    if not shade(log2_ratio):
        return "="
    ratio = 2**log2_ratio
    return f"×{ratio:.1f}" if ratio >= 1 else f"×{ratio:.2f}"


def cells(matrix: Mapping[str, Any]) -> list[list[Cell]]:
    """The matrix of a report, row by row."""
    return [
        [
            Cell(None, "", 0, g == h)
            if count is None
            else Cell(
                count, ratio_text(matrix["log2_ratio"][g][h]), shade(matrix["log2_ratio"][g][h]), g == h
            )
            for h, count in enumerate(row)
        ]
        for g, row in enumerate(matrix["observed"])
    ]


def number(value: float, signed: bool = False) -> str:
    """A figure with two decimals and a true minus sign.

    >>> number(-0.5, signed=True), number(0.5, signed=True), number(0.5)
    ('−0.50', '+0.50', '0.50')
    """
    rounded = round(value, 2) + 0.0  # adding nothing turns -0.0 into 0.0
    return f"{rounded:{'+' if signed else ''}.2f}".replace("-", "−")


def chance(p: float) -> str:
    """A probability with three decimals, or that it is smaller.

    >>> chance(0.0431), chance(0.00002)
    ('0.043', '<0.001')
    """
    return "<0.001" if p < 0.001 else f"{p:.3f}"


@dataclass(frozen=True)
class Dot:
    """One row of a dot chart: a label, the value in words and the paths of dot, whisker and expected value on a 100 × 32 strip."""

    label: Any
    value: str
    interval: str
    whisker: str
    point: str
    kind: str = ""
    expected: str = ""


@dataclass(frozen=True)
class Dots:
    """A dot chart: rows, the words of the axis from left to right, and the path of its zero."""

    rows: list[Dot]
    axis: list[str]
    zero: str = ""


def dots(
    values: Sequence[tuple[Any, float, tuple[float, float] | None, str]],
    low: float,
    high: float,
    *,
    signed: bool = False,
    zero: float | None = None,
    expected: Sequence[float | None] = (),
) -> Dots:
    """A chart of (label, value, interval, kind) and, for each row, the expected value. The axis runs left to right in both
    directions of writing.

    >>> dots([("a", 0.5, (0.25, 0.75), "")], 0, 1).rows[0].whisker
    'M25.0 16H75.0M25.0 11v10M75.0 11v10'
    """

    def at(value: float) -> float:
        return round(min(max((value - low) / (high - low), 0.0), 1.0) * 100, 1)

    def across(value: float | None) -> str:
        return "" if value is None else f"M{at(value)} 0V32"

    rows = []
    for (label, value, limits, kind), chance in zip_longest(values, expected):
        whisker = interval = ""
        if limits:
            left, right = at(limits[0]), at(limits[1])
            whisker = f"M{left} 16H{right}M{left} 11v10M{right} 11v10"
            interval = f"{number(limits[0], signed)} … {number(limits[1], signed)}"
        point = f"M{at(value)} 16h0"
        rows.append(Dot(label, number(value, signed), interval, whisker, point, kind, across(chance)))
    axis = [number(value, signed) if value else "0" for value in (low, (low + high) / 2, high)]
    return Dots(rows, axis, across(zero))


@dataclass(frozen=True)
class Node:
    """A group as a circle; its area grows with its people."""

    name: str
    x: float
    y: float
    radius: float

    @property
    def label_y(self) -> float:
        return self.y + self.radius + 15

    @property
    def text_y(self) -> float:
        return self.y + 5


@dataclass(frozen=True)
class Line:
    """A tie between two groups: more than expected, even, or a gap (dashed: under a third of the expected)."""

    path: str
    kind: str
    width: float


@dataclass(frozen=True)
class Drawing:
    """The network at the level of groups, for a 720 × 440 field."""

    nodes: list[Node]
    lines: list[Line]


GAP = 1 / 3
"""Under this share of the expected ties a pair is drawn as a loose end."""


def drawing(matrix: Mapping[str, Any], sizes: Mapping[str, int], *, mirrored: bool = False) -> Drawing:
    """Groups on an ellipse, those with most ties beside each other; hidden pairs are not drawn.

    `mirrored` turns the drawing for pages that are read from right to left.
    """
    names = matrix["order"]
    both = _both_ways(matrix["observed"])
    place = _places(both, mirrored)
    nodes = [
        Node(name, *place[g], round(9 + math.sqrt(sizes[name]) * 1.75, 1)) for g, name in enumerate(names)
    ]
    expected = _both_ways(matrix["expected_degree"])
    strongest = max(float(np.nanmax(both, initial=1.0)), 1.0)
    lines = []
    for g, h in zip(*np.triu_indices(len(names), 1), strict=True):
        if math.isnan(both[g, h]):
            continue
        ratio = both[g, h] / expected[g, h] if expected[g, h] else 1.0
        kind = "gap" if ratio < GAP and expected[g, h] >= 5 else "more" if ratio > 1.25 else "even"
        if both[g, h] or kind == "gap":
            path = f"M{place[g][0]} {place[g][1]}L{place[h][0]} {place[h][1]}"
            lines.append(Line(path, kind, round(max(1.5, both[g, h] / strongest * 9), 1)))
    order = ("even", "more", "gap")
    return Drawing(nodes, sorted(lines, key=lambda line: order.index(line.kind)))


def _both_ways(table: list[list[float | None]]) -> np.ndarray:
    """Sums of both directions, NaN where hidden, nothing on the diagonal."""
    counts = np.array([[math.nan if value is None else value for value in row] for row in table], dtype=float)
    counts = counts + counts.T
    np.fill_diagonal(counts, 0)
    return counts


def _places(both: np.ndarray, mirrored: bool) -> list[tuple[float, float]]:
    """Points on an ellipse, in the order of the Fiedler vector, which puts near what is tied."""
    count = len(both)
    weight = np.log1p(np.nan_to_num(both))
    _, vectors = np.linalg.eigh(np.diag(weight.sum(axis=1)) - weight)
    around = np.argsort(vectors[:, 1] if count > 1 else np.zeros(1), kind="stable")
    order = [*around[::2], *around[1::2][::-1]]
    side = -1 if mirrored else 1
    places: list[tuple[float, float]] = [(WIDE / 2, HIGH / 2)] * count
    for step, g in enumerate(order):
        turn = 2 * math.pi * step / count - math.pi / 2
        x, y = WIDE / 2 + side * 270 * math.cos(turn), HIGH / 2 - 12 + 150 * math.sin(turn)
        places[g] = (round(x, 1), round(y, 1))
    return places
