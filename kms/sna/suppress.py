"""Cell floor: numbers that rest on too few people are taken out, and so is what would give them back.

Two steps. *Primary*: a pair of groups is hidden, in both directions, when the arcs of either direction, or its ties, rest on 1 to 4
distinct people, or one person has more than half of them. No tie at all tells nothing about anybody and stays.
*Complementary*: the report also prints sums (what each group sends and receives follows from the expected values; E-I gives each
group's ties outward and inside), so a hidden number could be worked out. Each is therefore attacked with a linear program over
everything that is printed; while one can be bounded more tightly than ±5, a shown pair
beside it is hidden too (Cox 1980; Willenborg & de Waal 2001,
ch. 4).
"""

from typing import Any, Final

import numpy as np

from kms.sna.attack import Attack
from kms.sna.brokerage import ROLES
from kms.sna.graph import Bools, Ints, Network
from kms.sna.matrix import observed
from kms.sna.mixing import undirected_ends
from kms.sna.redundancy import pair_key
from kms.sna.system import Table

CELL_FIELDS: Final = ("observed", "expected_degree", "expected_size", "z_degree", "log2_ratio", "p", "q")


def thin(first: Ints, second: Ints, cell: Ints, cells: int, size: int, cell_floor: int) -> Bools:
    """Which cells rest on 1 to `cell_floor` - 1 distinct people, or on one person by more than half (dominance).

    `first` and `second` are the people at both ends of each tie, `cell` where it is counted. O(ties log ties).

    Three ties of four people, all of them with 0; four ties in a ring:

    >>> one = thin(np.array([0, 0, 0]), np.array([1, 2, 3]), np.zeros(3, int), 1, 9, 3)
    >>> two = thin(np.array([0, 1, 2, 3]), np.array([1, 2, 3, 0]), np.zeros(4, int), 1, 9, 3)
    >>> one.tolist(), two.tolist()
    ([True], [False])
    """
    ends = np.concatenate([cell * size + first, cell * size + second])
    found, times = np.unique(ends, return_counts=True)
    heads = np.bincount(found // size, minlength=cells)
    most = np.zeros(cells, np.int64)
    np.maximum.at(most, found // size, times)
    ties = np.bincount(cell, minlength=cells)
    few: Bools = (ties > 0) & ((heads < cell_floor) | (2 * most > ties))
    return few


def thin_pairs(network: Network, cell_floor: int) -> Bools:
    """Which pairs of groups must be hidden for their own sake; symmetric. O(ties log ties)."""
    count, size, group, pairs = len(network.groups), max(network.size, 1), network.group, network.pairs
    cell = group[network.source] * count + group[network.target]
    arcs = thin(network.source, network.target, cell, count * count, size, cell_floor)
    block = group[pairs.left] * count + group[pairs.right]
    turned = np.minimum(block, group[pairs.right] * count + group[pairs.left])
    ties = thin(pairs.left, pairs.right, turned, count * count, size, cell_floor)
    either: Bools = (arcs | ties).reshape(count, count)
    return either | either.T


def hidden_pairs(network: Network, cell_floor: int) -> Bools | None:
    """Which pairs of groups to hide; symmetric. None when no choice of cells would hold, as with two groups that
    hardly meet: then the groups cannot be shown apart.
    """
    ends = undirected_ends(network)
    few = thin_pairs(network, cell_floor)
    table = Table(observed(network).astype(np.float64), ends - np.diag(np.diag(ends) / 2), few)
    attack = Attack(table)
    while True:
        attack.sweep()
        doubtful = attack.doubtful()
        if not doubtful:
            return table.hidden
        for pair in doubtful:
            if attack.companions(pair) is None:
                return None


def hide_cells(report: dict[str, Any], hidden: Bools) -> int:
    """Take the hidden pairs out of the report, everywhere they or what gives them away stand. Returns how many cells."""
    names = report["tie_matrix"]["order"]
    for g, h in np.argwhere(hidden):
        for field in CELL_FIELDS:
            report["tie_matrix"][field][g][h] = None
        for field in ("redundancy", "between"):
            report[field].pop(pair_key(names[g], names[h]), None)
        if g == h:
            _hide_own(report, names[g])
    return int(hidden.sum())


def _hide_own(report: dict[str, Any], name: str) -> None:
    """What tells how many ties a group has inside."""
    report["ei"]["per_group"][name] = None
    report["coleman"][name] = None
    report["sums"][name] = None
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
