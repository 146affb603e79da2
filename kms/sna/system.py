"""The equations that everything printed puts on the hidden numbers, and linear programs over them."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.optimize import linprog

from kms.sna.graph import Bools, Floats, Ints

MARGIN: Final = 5.0
"""A hidden number must stay possible from this much lower (or zero) to this much higher."""

Pair = tuple[int, int]


@dataclass
class Table:
    """Directed and undirected counts between groups, and which pairs of groups are hidden; all symmetric in shape."""

    directed: Floats
    undirected: Floats
    hidden: Bools

    def part(self, groups: Ints) -> "Table":
        """The table of some of the groups."""
        cut = np.ix_(groups, groups)
        return Table(self.directed[cut], self.undirected[cut], self.hidden[cut])


@dataclass(frozen=True)
class System:
    """The unknown numbers as x: first directed cells, then undirected pairs.

    ``equal @ x = equal @ truth``, ``limits @ x <= 0``, ``x >= 0``. The rows `outward` of the equations say how many ties leave the
    groups `outward_of`.
    """

    cells: Ints
    pairs: Ints
    truth: Floats
    equal: Any
    limits: Any
    groups: int
    outward: Ints
    outward_of: Ints

    def place(self, kind: str, cell: Pair) -> int:
        """Which unknown a directed cell (``arcs``) or an undirected pair (``ties``) is."""
        listed = self.cells if kind == "arcs" else self.pairs
        at = int(np.flatnonzero((listed == cell).all(axis=1))[0])
        return at + (len(self.cells) if kind == "ties" else 0)

    def push_many(self, signs: Floats) -> Floats | None:
        """A solution in which the unknowns with a sign are moved that way, each up to the margin, as many as can be.

        Maximises ``sum u`` with ``u <= sign (x - truth)`` and ``u <=`` the margin (or down to zero).
        """
        moved = np.flatnonzero(signs)
        size, count, rules = len(self.truth), len(moved), self.limits.shape[0]
        sign, truth, step = signs[moved], self.truth[moved], np.arange(count)
        limits = _matrix(
            (rules + count, size + count),
            _entries(self.limits),
            (rules + step, moved, -sign),
            (rules + step, size + step, np.ones(count)),
        )
        equal = _matrix((self.equal.shape[0], size + count), _entries(self.equal))
        most = np.concatenate([np.zeros(rules), -sign * truth])
        reach = np.where(sign > 0, MARGIN, np.minimum(MARGIN, truth))
        aim = np.concatenate([np.zeros(size), -np.ones(count)])
        highest = np.concatenate([np.full(size, np.inf), reach])
        bounds = np.column_stack([np.zeros(size + count), highest])
        found = _solved(aim, limits, most, equal, self.equal @ self.truth, bounds)
        return None if found is None else found[:size]

    def free(self, unknown: int, sign: int, costs: Floats) -> tuple[Floats, Bools] | None:
        """The cheapest solution in which this unknown is higher (sign 1) or lower (-1) by the margin, None if there is none.

        A change of an unknown by one costs what `costs` says, up or down. Also told is for which groups the printed sum
        of ties outward does not hold; that costs as much as their own number, with which it would be hidden.
        """
        size, count, truth = len(self.truth), len(self.outward), self.truth
        width = 2 * size + 2 * count
        rise, fall = slice(None, size), slice(size, 2 * size)
        highest = np.full(width, np.inf)
        highest[fall] = truth
        lowest = np.zeros(width)
        up, down = (unknown, unknown + size) if sign > 0 else (unknown + size, unknown)
        lowest[up] = highest[up] = MARGIN if sign > 0 else min(MARGIN, float(truth[unknown]))
        highest[down] = 0
        over = 2 * size + np.arange(count)
        ones = np.ones(count)
        limits = _matrix((self.limits.shape[0], width), _entries(self.limits), _entries(self.limits, size))
        equal = _matrix(
            (self.equal.shape[0], width),
            _entries(self.equal),
            _entries(self.equal, size),
            (self.outward, over, ones),
            (self.outward, over + count, -ones),
        )
        price = np.concatenate([costs, costs, np.full(2 * count, costs.max(initial=0.0))])
        most, none = -(self.limits @ truth), np.zeros(self.equal.shape[0])
        found = _solved(price, limits, most, equal, none, np.column_stack([lowest, highest]))
        if found is None:
            return None
        off = np.zeros(self.groups, dtype=bool)
        off[self.outward_of[found[over] + found[over + count] > 1e-6]] = True
        return truth + found[rise] - found[fall], off


def _entries(matrix: Any, shifted: int = 0) -> tuple[Ints, Ints, Floats]:
    """Rows, columns and values of a matrix; `shifted` so many columns it is that of the falls, the negative."""
    rows, columns = matrix.coords
    return rows, columns + shifted, -matrix.data if shifted else matrix.data


def _matrix(shape: tuple[int, int], *parts: tuple[Ints, Ints, Floats]) -> Any:
    rows, columns, values = (np.concatenate(part) for part in zip(*parts, strict=True))
    return sparse.csr_array((values, (rows, columns)), shape=shape)


def _solved(
    aim: Floats, limits: Any, most: Floats, equal: Any, known: Floats, bounds: Floats
) -> Floats | None:
    found = linprog(aim, A_ub=limits, b_ub=most, A_eq=equal, b_eq=known, bounds=bounds, method="highs")
    return np.asarray(found.x) if found.status == 0 else None


def system_of(table: Table, everything: bool = False) -> System:
    """Everything printed about the hidden numbers, as equations and limits; sparse.

    With `everything` all numbers are unknown, as if any could still be hidden; the printed sums are the same.
    """
    unknown = np.ones_like(table.hidden) if everything else table.hidden
    cells, pairs = np.argwhere(unknown), np.argwhere(np.triu(unknown))
    groups, size = len(unknown), len(cells) + len(pairs)
    truth = np.concatenate([table.directed[tuple(cells.T)], table.undirected[tuple(pairs.T)]])
    rows, columns = _equations(cells, pairs, np.diag(table.hidden))
    used, row = np.unique(rows, return_inverse=True)
    equal = sparse.coo_array((np.ones(len(row)), (row, columns)), shape=(len(used), size))
    outward = np.flatnonzero((used >= 2 * groups) & (used < 3 * groups))
    limits = _limits(unknown, cells, pairs)
    return System(cells, pairs, truth, equal, limits, groups, outward, used[outward] - 2 * groups)


def _equations(cells: Ints, pairs: Ints, unprinted: Bools) -> tuple[Ints, Ints]:
    """Rows and columns of the ones in the equations: for each of n groups what it sends (rows from 0), what it receives (from n)
    and its ties outward (from 2n; not where its own number is hidden), then all arcs inside groups, all ties inside, all across,
    and the tie ends of each group: what is expected between two groups is the product of theirs. A tie inside has two.
    """
    groups, arcs = len(unprinted), np.arange(len(cells))
    ties = len(cells) + np.arange(len(pairs))
    own, own_tie = cells[:, 0] == cells[:, 1], pairs[:, 0] == pairs[:, 1]
    outward = [
        (2 * groups + pairs[free, end], ties[free])
        for end in (0, 1)
        for free in [~own_tie & ~unprinted[pairs[:, end]]]
    ]
    entries = [
        (cells[:, 0], arcs),
        (groups + cells[:, 1], arcs),
        *outward,
        (np.full(own.sum(), 3 * groups), arcs[own]),
        (np.full(own_tie.sum(), 3 * groups + 1), ties[own_tie]),
        (np.full((~own_tie).sum(), 3 * groups + 2), ties[~own_tie]),
        (3 * groups + 3 + pairs[:, 0], ties),
        (3 * groups + 3 + pairs[:, 1], ties),
    ]
    rows, columns = (np.concatenate(part) for part in zip(*entries, strict=True))
    return rows, columns


def _limits(unknown: Bools, cells: Ints, pairs: Ints) -> Any:
    """A tie is one arc or two: of each pair ``ties - arcs <= 0``, then ``arcs - 2 ties <= 0``."""
    place = np.zeros(unknown.shape, dtype=np.int64)
    place[tuple(cells.T)] = np.arange(len(cells))
    row, count = np.arange(len(pairs)), len(pairs)
    there, back = place[pairs[:, 0], pairs[:, 1]], place[pairs[:, 1], pairs[:, 0]]
    two = there != back
    arcs_row, arcs = np.concatenate([row, row[two]]), np.concatenate([there, back[two]])
    ones, tie = np.ones(len(arcs)), len(cells) + row
    rows = np.concatenate([row, arcs_row, count + row, count + arcs_row])
    columns = np.concatenate([tie, arcs, tie, arcs])
    values = np.concatenate([np.ones(count), -ones, np.full(count, -2.0), ones])
    return sparse.coo_array((values, (rows, columns)), shape=(2 * count, len(cells) + count))
