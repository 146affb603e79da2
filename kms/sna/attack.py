"""Tries to work out hidden numbers from everything that is printed, as somebody with a linear program would.

Printed are, besides the shown cells: what each group sends and receives (it follows from the expected values), each group's
ties outward and inside (E-I, unless the group's own ties are hidden), and the totals. And a tie is one arc or two.
"""

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from kms.sna.graph import Bools, Floats, Ints

MARGIN: Final = 5.0
"""A hidden number must stay possible from this much lower (or zero) to this much higher."""

IDLE: Final = 4
"""Solutions in a row that clear nothing more, after which each hidden number is tried by itself."""

Pair = tuple[int, int]


@dataclass
class Table:
    """Directed and undirected counts between groups, and which pairs of groups are hidden; all symmetric in shape."""

    directed: Floats
    undirected: Floats
    hidden: Bools


@dataclass(frozen=True)
class System:
    """The hidden numbers as unknowns x: first directed cells, then undirected pairs.

    ``equal @ x = equal @ truth``, ``limits @ x <= 0``, ``x >= 0``.
    """

    cells: Ints
    pairs: Ints
    truth: Floats
    equal: Any
    limits: Any

    def push(self, unknown: int, sign: int) -> Floats | None:
        """A solution with the unknown as large (sign 1) or small (-1) as can be. Sums are printed, so it has bounds."""
        aim = np.zeros(len(self.truth))
        aim[unknown] = -sign
        return self._solved(aim, self.limits, np.zeros(self.limits.shape[0]), self.equal, None)

    def push_many(self, signs: Floats) -> Floats | None:
        """A solution in which the unknowns with a sign are moved that way, each up to the margin, as many as can be.

        Maximises ``sum u`` with ``u <= sign (x - truth)`` and ``u <=`` the margin (or down to zero).
        """
        moved = np.flatnonzero(signs)
        size, count = len(self.truth), len(moved)
        sign, truth = signs[moved], self.truth[moved]
        steps = sparse.csr_array((-sign, (np.arange(count), moved)), shape=(count, size))
        blank = sparse.csr_array((self.limits.shape[0], count))
        limits = sparse.vstack(
            [sparse.hstack([self.limits, blank]), sparse.hstack([steps, sparse.eye_array(count)])]
        )
        most = np.concatenate([np.zeros(self.limits.shape[0]), -sign * truth])
        equal = sparse.hstack([self.equal, sparse.csr_array((self.equal.shape[0], count))])
        reach = np.where(sign > 0, MARGIN, np.minimum(MARGIN, truth))
        aim = np.concatenate([np.zeros(size), -np.ones(count)])
        highest = np.concatenate([np.full(size, np.inf), reach])
        solution = self._solved(aim, limits, most, equal, np.column_stack([np.zeros(size + count), highest]))
        return None if solution is None else solution[:size]

    def _solved(
        self, aim: Floats, limits: Any, most: Floats, equal: Any, bounds: Floats | None
    ) -> Floats | None:
        known = self.equal @ self.truth
        span = (0, None) if bounds is None else bounds
        found = linprog(aim, A_ub=limits, b_ub=most, A_eq=equal, b_eq=known, bounds=span, method="highs")
        return np.asarray(found.x) if found.status == 0 else None


@dataclass
class Attack:
    """Attacks one table; remembers which values were seen possible, as one solution vouches for many cells.

    Hiding more only widens what is possible, so what was seen once stays true.
    """

    table: Table
    higher: dict[str, Bools] = field(init=False)
    lower: dict[str, Bools] = field(init=False)
    system: System | None = None

    def __post_init__(self) -> None:
        shape = self.table.hidden.shape
        self.higher = {kind: np.zeros(shape, dtype=bool) for kind in ("arcs", "ties")}
        self.lower = {kind: np.zeros(shape, dtype=bool) for kind in ("arcs", "ties")}

    def hide(self, pair: Pair) -> None:
        """Hide one more pair, in both directions; the next attack is on the new table."""
        self.table.hidden[pair] = self.table.hidden[pair[::-1]] = True
        self.system = None

    def sweep(self) -> None:
        """Look for solutions that vouch for many hidden numbers at once, until a few in a row find nothing new.

        The first moves all numbers that are not cleared; later ones a random half of them, as too many stand in one
        another's way. Some tens of linear programs for any table, instead of six for each hidden pair.
        """
        random = np.random.default_rng(0)
        system = self.system = self.system or system_of(self.table)
        share, idle, left = 1.0, 0, len(system.truth) * 2 + 1
        while idle < IDLE:
            up, down = (~self._seen(system, sign) for sign in (1, -1))
            waiting = int(up.sum() + down.sum())
            if not waiting:
                return
            idle, left = (idle + 1, left) if waiting == left else (0, waiting)
            toss, chosen = random.random(len(up)) < 0.5, random.random(len(up)) < share
            signs = np.where(up & (toss | ~down), 1.0, np.where(down, -1.0, 0.0)) * chosen
            self._remember(system, system.push_many(signs))
            share = 0.5

    def exposes(self, pair: Pair) -> bool:
        """Whether a number of this hidden pair can be bounded more tightly than ±5."""
        unknowns = [("arcs", pair), ("arcs", pair[::-1]), ("ties", pair)]
        return not all(self._possible(kind, cell, sign) for kind, cell in unknowns for sign in (1, -1))

    def _possible(self, kind: str, cell: Pair, sign: int) -> bool:
        """Whether this number can be higher, or lower, by the margin."""
        seen = self.higher[kind] if sign > 0 else self.lower[kind]
        if seen[cell]:
            return True
        self.system = self.system or system_of(self.table)
        listed = self.system.cells if kind == "arcs" else self.system.pairs
        place = int(np.flatnonzero((listed == cell).all(axis=1))[0])
        unknown = place + (len(self.system.cells) if kind == "ties" else 0)
        self._remember(self.system, self.system.push(unknown, sign))
        return bool(seen[cell])

    def _seen(self, system: System, sign: int) -> Bools:
        seen = self.higher if sign > 0 else self.lower
        return np.concatenate([seen["arcs"][tuple(system.cells.T)], seen["ties"][tuple(system.pairs.T)]])

    def _remember(self, system: System, solution: Floats | None) -> None:
        if solution is None:
            return
        high = solution >= system.truth + MARGIN - 1e-6
        low = solution <= np.maximum(system.truth - MARGIN, 0) + 1e-6
        count = len(system.cells)
        for kind, listed, part in (
            ("arcs", system.cells, slice(None, count)),
            ("ties", system.pairs, slice(count, None)),
        ):
            self.higher[kind][tuple(listed.T)] |= high[part]
            self.lower[kind][tuple(listed.T)] |= low[part]


def system_of(table: Table) -> System:
    """Everything printed about the hidden numbers, as equations and limits; sparse."""
    cells, pairs = np.argwhere(table.hidden), np.argwhere(np.triu(table.hidden))
    groups, arcs, size = len(table.hidden), len(cells), len(cells) + len(pairs)
    truth = np.concatenate([table.directed[tuple(cells.T)], table.undirected[tuple(pairs.T)]])
    tie = np.arange(arcs, size)
    own, own_tie = cells[:, 0] == cells[:, 1], pairs[:, 0] == pairs[:, 1]
    guarded = np.diag(table.hidden)
    outward = [
        (2 * groups + pairs[free, end], tie[free])
        for end in (0, 1)
        for free in [~own_tie & ~guarded[pairs[:, end]]]
    ]
    entries = [
        (cells[:, 0], np.arange(arcs)),
        (groups + cells[:, 1], np.arange(arcs)),
        *outward,
        (np.full(own.sum(), 3 * groups), np.flatnonzero(own)),
        (np.full(own_tie.sum(), 3 * groups + 1), tie[own_tie]),
        (np.full((~own_tie).sum(), 3 * groups + 2), tie[~own_tie]),
    ]
    rows, columns = (np.concatenate(part) for part in zip(*entries, strict=True))
    equal = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(3 * groups + 3, size))
    equal = equal[np.flatnonzero(np.diff(equal.indptr))]
    both = _arcs_of_pairs(table, cells, pairs)
    ties = sparse.csr_array((np.ones(len(pairs)), (np.arange(len(pairs)), tie)), shape=(len(pairs), size))
    return System(cells, pairs, truth, equal, sparse.vstack([ties - both, both - 2 * ties]))


def _arcs_of_pairs(table: Table, cells: Ints, pairs: Ints) -> Any:
    """One row a pair with ones at its two directed cells, or at the one of a group with itself."""
    place = np.zeros(table.hidden.shape, dtype=np.int64)
    place[tuple(cells.T)] = np.arange(len(cells))
    there, back = place[pairs[:, 0], pairs[:, 1]], place[pairs[:, 1], pairs[:, 0]]
    row = np.arange(len(pairs))
    two = there != back
    ones = np.ones(len(pairs) + int(two.sum()))
    return sparse.csr_array(
        (ones, (np.concatenate([row, row[two]]), np.concatenate([there, back[two]]))),
        shape=(len(pairs), len(cells) + len(pairs)),
    )
