"""Cell floor: numbers that rest on too few people are taken out, and so is what would give them back.

Two steps. *Primary*: a pair of groups whose ties rest on 1 to 4 distinct people is hidden, in both directions (no tie at
all tells nothing about anybody and stays). *Complementary*: the report also prints sums (what each group sends and
receives follows from the expected values; E-I gives each group's ties outward and inside), so a hidden number could be
worked out. Each is therefore attacked with a linear program over everything that is printed; while one can be bounded
more tightly than ±5, a shown pair beside it is hidden too (Cox 1980; Willenborg & de Waal 2001, ch. 4).
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from scipy.optimize import linprog

from kms.sna.brokerage import ROLES
from kms.sna.fragility import pair_key
from kms.sna.graph import Bools, Floats, Ints, Network
from kms.sna.matrix import observed
from kms.sna.mixing import undirected_ends

MARGIN: Final = 5.0
"""A hidden number must stay possible from this much lower (or zero) to this much higher."""

CELL_FIELDS: Final = ("observed", "expected_degree", "expected_size", "z_degree", "log2_ratio", "p", "q")


def heads(network: Network) -> Ints:
    """Distinct people at either end of the ties between each two groups; symmetric. O(ties)."""
    pairs, count, size = network.pairs, len(network.groups), max(network.size, 1)
    g, h = network.group[pairs.left], network.group[pairs.right]
    block = np.minimum(g, h) * count + np.maximum(g, h)
    ends = np.concatenate([block * size + pairs.left, block * size + pairs.right])
    found = np.bincount(np.unique(ends) // size, minlength=count * count).reshape(count, count)
    return (found + found.T - np.diag(np.diag(found))).astype(np.int64)


@dataclass
class Table:
    """What an attacker sees: directed and undirected counts, and which pairs of groups are hidden."""

    directed: Floats
    undirected: Floats
    hidden: Bools

    def cells(self) -> list[tuple[int, int]]:
        """Hidden directed cells."""
        return [(int(g), int(h)) for g, h in np.argwhere(self.hidden)]

    def pairs(self) -> list[tuple[int, int]]:
        """Hidden unordered pairs, a group with itself included."""
        return [(g, h) for g, h in self.cells() if g <= h]


def hidden_pairs(network: Network, cell_floor: int) -> Bools | None:
    """Which pairs of groups to hide; symmetric. None when no choice of cells would hold, as with two groups that
    hardly meet: then the groups cannot be shown apart.

    Hiding more only widens what is possible, so a pair found safe stays safe and each is attacked until it is:
    six linear programs for each hidden pair and each companion.
    """
    ends = undirected_ends(network)
    count = heads(network)
    table = Table(
        observed(network).astype(np.float64),
        ends - np.diag(np.diag(ends) / 2),
        (count > 0) & (count < cell_floor),
    )
    waiting = table.pairs()
    while waiting:
        pair = waiting[-1]
        if not exposed(table, pair):
            waiting.pop()
            continue
        companion = _companion(table, pair)
        if companion is None:
            return None
        table.hidden[companion] = table.hidden[companion[::-1]] = True
        waiting.insert(0, companion)
    return table.hidden


@dataclass(frozen=True)
class System:
    """The hidden numbers as unknowns: ``equal @ x = equal @ truth``, ``limits @ x <= 0``, ``x >= 0``."""

    equal: Floats
    limits: Floats
    truth: Floats

    def bound(self, unknown: int, sign: int) -> float:
        """The smallest (sign 1) or largest (sign -1) value that an unknown can have."""
        aim = np.zeros(len(self.truth))
        aim[unknown] = sign
        found = linprog(
            aim,
            A_ub=self.limits,
            b_ub=np.zeros(len(self.limits)),
            A_eq=self.equal,
            b_eq=self.equal @ self.truth,
            method="highs",
        )
        return float(sign * found.fun) if found.status == 0 else (0.0 if sign > 0 else np.inf)


def exposed(table: Table, pair: tuple[int, int]) -> bool:
    """Whether a number of this hidden pair can be bounded more tightly than ±5 from what is printed."""
    cells, pairs = table.cells(), table.pairs()
    system = _system(table, cells, pairs)
    unknowns = {cells.index(pair), cells.index(pair[::-1]), len(cells) + pairs.index(pair)}
    return any(
        system.bound(k, -1) < system.truth[k] + MARGIN
        or system.bound(k, 1) > max(0.0, system.truth[k] - MARGIN)
        for k in unknowns
    )


def _system(table: Table, cells: list[tuple[int, int]], pairs: list[tuple[int, int]]) -> System:
    """Everything printed, as equations and limits on the hidden numbers.

    Directed: what each group sends and receives. Undirected: each group's ties outward (unless its own cell is hidden,
    when its E-I is hidden too) and the totals inside and across. And a tie is one arc or two: ``u ≤ O_gh + O_hg ≤ 2u``.
    """
    size = len(cells) + len(pairs)
    at = {cell: k for k, cell in enumerate(cells)}
    pair_at = {pair: len(cells) + k for k, pair in enumerate(pairs)}
    truth = np.array([table.directed[cell] for cell in cells] + [table.undirected[pair] for pair in pairs])
    rows: list[Floats] = []
    for g in range(len(table.directed)):
        rows.append(_ones(size, [k for (a, _), k in at.items() if a == g]))
        rows.append(_ones(size, [k for (_, b), k in at.items() if b == g]))
        if not table.hidden[g, g]:
            rows.append(_ones(size, [k for pair, k in pair_at.items() if g in pair]))
    rows.append(_ones(size, [k for (a, b), k in at.items() if a == b]))
    rows.append(_ones(size, [k for (a, b), k in pair_at.items() if a == b]))
    rows.append(_ones(size, [k for (a, b), k in pair_at.items() if a != b]))
    limits = []
    for pair, k in pair_at.items():
        arcs, tie = _ones(size, [at[pair], at[pair[::-1]]]), _ones(size, [k])
        limits += [tie - arcs, arcs - 2 * tie]
    return System(np.array([row for row in rows if row.any()]), np.array(limits), truth)


def _ones(size: int, places: list[int]) -> Floats:
    row = np.zeros(size)
    row[places] = 1.0
    return row


def _companion(table: Table, pair: tuple[int, int]) -> tuple[int, int] | None:
    """The shown pair to hide next: one that shares a group if there is one, small but with ties enough to give way."""
    size = len(table.directed)
    shown = [(a, b) for a in range(size) for b in range(a, size) if not table.hidden[a, b]]
    own = pair[0] == pair[1]

    def cost(other: tuple[int, int]) -> tuple[bool, bool, bool, float, tuple[int, int]]:
        ties = float(table.undirected[other])
        other_kind = (other[0] == other[1]) != own
        return not set(pair) & set(other) and not own, other_kind, ties < 2 * MARGIN, ties, other

    return min(shown, key=cost, default=None)


def hide_cells(report: dict[str, Any], hidden: Bools) -> int:
    """Take the hidden pairs out of the report, everywhere they or what gives them away stand. Returns how many cells."""
    names = report["tie_matrix"]["order"]
    for g, h in np.argwhere(hidden):
        for field in CELL_FIELDS:
            report["tie_matrix"][field][g][h] = None
        report["redundancy"].pop(pair_key(names[g], names[h]), None)
        if g == h:
            _hide_own(report, names[g])
    return int(hidden.sum())


def _hide_own(report: dict[str, Any], name: str) -> None:
    """What tells how many ties a group has inside."""
    report["ei"]["per_group"][name] = None
    report["coleman"][name] = None
    report["silo_index"][name] = None
    if "intervals" in report:
        report["intervals"]["silo_index"][name] = None


def hide_brokers(brokerage: dict[str, Any], cell_floor: int) -> int:
    """Hide the times and numbers of brokers where 1 to 4 people broker, and a second where one could be worked out.

    The totals are printed, so the hidden ones of a role must be at least two groups or none. Returns how many.
    """
    people, times = brokerage["people"], brokerage["per_group"]
    names = sorted(people)
    hidden = 0
    for role in ROLES:
        few = {name for name in names if 0 < people[name][role] < cell_floor}
        if few:
            others = sorted((n for n in names if n not in few), key=lambda n: (people[n][role], n))
            while others and (len(few) < 2 or sum(people[n][role] for n in few) < cell_floor):
                few.add(others.pop(0))
        if few and len(few) < 2:
            brokerage[role] = None
        for name in few:
            people[name][role] = times[name][role] = None
        hidden += len(few)
    return hidden
