"""Tries to work out hidden numbers from everything that is printed, as somebody with a linear program would.

Printed are, besides the shown cells: what each group sends and receives (it follows from the expected values), each group's
ties outward and inside (E-I, unless the group's own ties are hidden), and the totals. And a tie is one arc or two.

A table of a few groups is attacked whole. Of a large one a *part*, some of its groups, is attacked while all else stays as it is:
what is possible then is possible in the whole, so whatever a part clears is cleared, and a hundred small programs are solved
sooner than one large one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from kms.sna.graph import Bools, Floats, Ints
from kms.sna.swaps import left_open
from kms.sna.system import MARGIN, Pair, System, Table, system_of

IDLE: Final = 4
"""Solutions in a row that clear nothing more, after which a part is left."""

PARTS: Final = (10, 24)
"""Groups of a part; what withstands in no part of the first size is tried in one of the second."""

OWN_COSTS: Final = 10.0
"""A group's own number is worth so many others as a companion: its silo index would go with it."""


@dataclass
class Attack:
    """Attacks one table; remembers which values were seen possible, as one solution vouches for many cells.

    Hiding more only widens what is possible, so what was seen once stays true.
    """

    table: Table
    higher: dict[str, Bools] = field(init=False)
    lower: dict[str, Bools] = field(init=False)

    def __post_init__(self) -> None:
        shape = self.table.hidden.shape
        self.higher = {kind: np.zeros(shape, dtype=bool) for kind in ("arcs", "ties")}
        self.lower = {kind: np.zeros(shape, dtype=bool) for kind in ("arcs", "ties")}

    def hide(self, pairs: list[Pair]) -> None:
        """Hide more pairs, in both directions."""
        for pair in pairs:
            self.table.hidden[pair] = self.table.hidden[pair[::-1]] = True

    def doubtful(self) -> list[Pair]:
        """Hidden pairs of which some number was not yet seen possible both 5 higher and 5 lower."""
        return [(int(g), int(h)) for g, h in np.argwhere(np.triu(self._unclear()))]

    def sweep(self) -> None:
        """Look for what leaves many hidden numbers open at once: exchanges of ties, then solutions, part by part."""
        found = left_open(self.table)
        self.higher["arcs"] |= found.higher_arcs
        self.higher["ties"] |= found.higher_ties
        self.lower["arcs"] |= found.lower_arcs
        self.lower["ties"] |= found.lower_ties
        for size in self._sizes():
            for groups in self._parts(size):
                self._sweep_part(groups)

    def companions(self, pair: Pair) -> list[Pair] | None:
        """The shown pairs that must be hidden too, so that no number of this hidden pair is bounded more tightly than ±5.

        None are needed when it withstands as it is. They are those that a solution with the number 5 higher, or lower, would
        change, at the least cost; looked for in a part, and in the whole table when a part has none. None when nothing would help.
        """
        needed: list[Pair] = []
        for kind, cell in (("arcs", pair), ("arcs", pair[::-1]), ("ties", pair)):
            for sign, seen in ((1, self.higher[kind]), (-1, self.lower[kind])):
                if seen[cell]:
                    continue
                found = self._freed(pair, kind, cell, sign)
                if found is None:
                    return None
                needed += found
                self.hide(found)
        return needed

    def _unclear(self) -> Bools:
        """Hidden pairs with a number that is not yet vouched for; symmetric."""
        arcs, ties = (self.higher[kind] & self.lower[kind] for kind in ("arcs", "ties"))
        found: Bools = self.table.hidden & ~(arcs & arcs.T & (ties | ties.T))
        return found

    def _sizes(self) -> list[int]:
        """How many groups parts have; a small table is its own only part."""
        return sorted({min(size, len(self.table.hidden)) for size in PARTS})

    def _parts(self, size: int) -> Iterator[Ints]:
        """Parts of so many groups, until every unclear pair has stood in one."""
        untried = np.triu(self._unclear())
        while untried.any():
            pair = np.argwhere(untried)[0]
            groups = self._around((int(pair[0]), int(pair[1])), size)
            yield groups
            untried[np.ix_(groups, groups)] = False
            untried &= self._unclear()

    def _around(self, pair: Pair, size: int) -> Ints:
        """The groups of a pair and those with which they have most unclear and most hidden pairs, in order."""
        unclear, hidden = self._unclear().astype(np.float64), self.table.hidden.astype(np.float64)
        closeness = unclear + hidden / 2 + 1e-6 * np.minimum(self.table.undirected, 1e3)
        chosen = sorted(set(pair))
        score = closeness[chosen].sum(axis=0)
        while len(chosen) < min(size, len(hidden)):
            score[chosen] = -1
            best = int(score.argmax())
            chosen.append(best)
            score = score + closeness[best]
        return np.sort(np.array(chosen, np.int64))

    def _sweep_part(self, groups: Ints) -> None:
        """The first solution moves all numbers that are not cleared; later ones a random half of them, as too many stand
        in one another's way.
        """
        random = np.random.default_rng(0)
        system = system_of(self.table.part(groups))
        share, idle, left = 1.0, 0, len(system.truth) * 2 + 1
        while idle < IDLE:
            up, down = (~self._seen(system, groups, sign) for sign in (1, -1))
            waiting = int(up.sum() + down.sum())
            if not waiting:
                return
            idle, left = (idle + 1, left) if waiting == left else (0, waiting)
            toss, chosen = random.random(len(up)) < 0.5, random.random(len(up)) < share
            signs = np.where(up & (toss | ~down), 1.0, np.where(down, -1.0, 0.0)) * chosen
            self._remember(system, groups, system.push_many(signs))
            share = 0.5

    def _freed(self, pair: Pair, kind: str, cell: Pair, sign: int) -> list[Pair] | None:
        """Shown pairs that have to give way for this number to move by the margin; none when the hidden ones suffice."""
        best: tuple[System, Ints, Floats, list[Pair]] | None = None
        whole = len(self.table.hidden)
        for size in sorted({*self._sizes(), whole}):
            if best is not None and (size > PARTS[-1] or not best[-1]):
                break
            groups = self._around(pair, size)
            part = self.table.part(groups)
            system = system_of(part, everything=True)
            costs = _costs(part, system)
            freed = system.free(system.place(kind, _within(groups, cell)), sign, costs)
            if freed is not None:
                best = (system, groups, freed[0], _touched(system, groups, costs, *freed))
        if best is None:
            return None
        self._remember(*best[:3])
        return best[-1]

    def _seen(self, system: System, groups: Ints, sign: int) -> Bools:
        seen = self.higher if sign > 0 else self.lower
        return np.concatenate(
            [seen["arcs"][_cells(groups, system.cells)], seen["ties"][_cells(groups, system.pairs)]]
        )

    def _remember(self, system: System, groups: Ints, solution: Floats | None) -> None:
        if solution is None:
            return
        high = solution >= system.truth + MARGIN - 1e-6
        low = solution <= np.maximum(system.truth - MARGIN, 0) + 1e-6
        count = len(system.cells)
        for kind, listed, numbers in (
            ("arcs", system.cells, slice(None, count)),
            ("ties", system.pairs, slice(count, None)),
        ):
            self.higher[kind][_cells(groups, listed)] |= high[numbers]
            self.lower[kind][_cells(groups, listed)] |= low[numbers]


def _cells(groups: Ints, listed: Ints) -> tuple[Ints, Ints]:
    """Cells of a part as places in the whole table."""
    return groups[listed[:, 0]], groups[listed[:, 1]]


def _within(groups: Ints, cell: Pair) -> Pair:
    first, second = np.searchsorted(groups, cell).tolist()
    return first, second


def _costs(part: Table, system: System) -> Floats:
    """What it costs to hide each number: nothing if it is hidden already."""
    costs = [
        np.where(part.hidden[tuple(listed.T)], 0.0, np.where(listed[:, 0] == listed[:, 1], OWN_COSTS, 1.0))
        for listed in (system.cells, system.pairs)
    ]
    return np.concatenate(costs)


def _touched(system: System, groups: Ints, costs: Floats, solution: Floats, off: Bools) -> list[Pair]:
    """The shown pairs that a solution changes, and the groups themselves whose ties outward it changes."""
    marked = (np.abs(solution - system.truth) > 1e-6) & (costs > 0)
    count = len(system.cells)
    own = groups[off][:, None].repeat(2, axis=1)
    listed = [groups[system.cells[marked[:count]]], groups[system.pairs[marked[count:]]], own]
    return sorted({(int(g), int(h)) for g, h in np.sort(np.concatenate(listed), axis=1)})
