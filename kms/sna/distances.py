"""Steps between people, kept up to date while ties are added."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from kms.sna.graph import Floats, Ints, Network

STARTS: Final = 1_000
"""Starting points at the most, besides those asked for; above that many people a seeded sample stands for all."""

FAR: Final = np.uint16(60_000)
"""No path. Twice this and one still fits the sums that are made of it, as they are made in 32 bits."""


Steps = npt.NDArray[np.uint16]


@dataclass
class Distances:
    """Steps from some people (`starts`, sorted) to all: ``table[row, person]``; memory O(starts · n), never n².

    `sample` are the rows that stand for everybody when something is averaged.
    """

    starts: Ints
    sample: Ints
    table: Steps

    @classmethod
    def of(cls, network: Network, needed: Ints, seed: int = 0, starts: int = STARTS) -> "Distances":
        """Breadth-first from a sample of people and from those `needed`. O(starts · ties)."""
        chosen = np.arange(network.size)
        if network.size > starts:
            chosen = np.sort(np.random.default_rng(seed).choice(network.size, starts, replace=False))
        rows = np.union1d(chosen, needed).astype(np.int64)
        table = np.full((len(rows), network.size), FAR, dtype=np.uint16)
        for start in range(0, len(rows), 256):
            _walk(network, rows[start : start + 256], table[start : start + 256])
        return cls(rows, np.searchsorted(rows, chosen), table)

    def row(self, person: int) -> Steps:
        """Steps from one of the starting people to all."""
        found: Steps = self.table[int(np.searchsorted(self.starts, person))]
        return found

    def steps(self, one: int, other: int) -> int:
        """Steps between a starting person and another, 0 when there is no path."""
        found = int(self.row(one)[other])
        return 0 if found >= FAR else found

    def tie(self, one: int, other: int) -> None:
        """Add a tie between two starting people: ``d(s,t) = min(d(s,t), d(s,u)+1+d(v,t), d(s,v)+1+d(u,t))``.

        O(starts · n), which is O(n²) when everybody is a start (Even & Gazit 1985), against O(n · ties) anew.
        """
        self.table = self.after(one, other, np.arange(len(self.starts)))

    def after(self, one: int, other: int, rows: Ints) -> Steps:
        """The table of these rows as it would be with one more tie."""
        u, v = self.row(one).astype(np.int32) + 1, self.row(other).astype(np.int32) + 1
        there = self.table[rows, one, None] + v[None, :]
        back = self.table[rows, other, None] + u[None, :]
        nearer = np.minimum(np.minimum(there, back), self.table[rows])
        steps: Steps = nearer.astype(np.uint16)
        return steps


def _walk(network: Network, sources: Ints, table: Steps) -> None:
    """Breadth-first from each source, all at once, into the rows of `table`."""
    ties = network.ties.astype(np.float32)
    front = np.zeros((network.size, len(sources)), dtype=np.float32)
    front[sources, np.arange(len(sources))] = 1
    seen, step = front.astype(bool), 0
    while front.any():
        table.T[front > 0] = step
        step += 1
        front = (ties @ front).astype(np.float32)
        front = np.where(seen, np.float32(0), np.minimum(front, np.float32(1)))
        seen |= front > 0


def inter_group_efficiency(network: Network, distances: Distances) -> float:
    """Mean of 1/steps over pairs of different groups, no path counting 0 (Latora & Marchiori 2001), from the sample."""
    return float(_closeness(distances.table[distances.sample], _across(network, distances)))


def efficiency_gains(network: Network, distances: Distances, pairs: Sequence[tuple[int, int]]) -> list[float]:
    """How much the inter-group efficiency would rise with one more tie, for each pair of starting people by itself.

    O(starts · n) a pair; only people who come nearer to somebody are added up.
    """
    across, now = _across(network, distances), distances.table[distances.sample]
    whole = max(int(across.sum()), 1)
    closeness = np.zeros(int(FAR) + 1)
    closeness[1:-1] = 1 / np.arange(1, int(FAR))
    gains = []
    for one, other in pairs:
        after = distances.after(one, other, distances.sample)
        nearer = (after < now) & across
        gains.append(float((closeness[after[nearer]] - closeness[now[nearer]]).sum() / whole))
    return gains


def _across(network: Network, distances: Distances) -> npt.NDArray[np.bool_]:
    people = distances.starts[distances.sample]
    across: npt.NDArray[np.bool_] = network.group[people][:, None] != network.group[None, :]
    return across


def _closeness(table: Steps, across: npt.NDArray[np.bool_]) -> float:
    counted: Floats = np.bincount(table[across], minlength=1).astype(np.float64)
    steps = np.arange(1, min(len(counted), int(FAR)))
    return float((counted[1 : len(steps) + 1] / steps).sum() / max(counted.sum(), 1))
