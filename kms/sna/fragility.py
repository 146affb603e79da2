"""What breaks when one tie or one person is gone: bridges, cut points, cores, redundancy between groups."""

from typing import Any

import numpy as np

from kms.sna.engines.kernels import Cuts, Engine
from kms.sna.graph import Ints, Network
from kms.sna.redundancy import fragile_pairs, redundancy


def cuts(network: Network) -> Cuts:
    """Bridges and articulation points of the undirected network in one walk. O(n + ties).

    Depth-first numbers and low links (Tarjan 1974; Hopcroft & Tarjan 1973), without recursion.
    """
    starts, near = network.ties.indptr.tolist(), network.ties.indices.tolist()
    number, low = [-1] * network.size, [0] * network.size
    bridges: list[tuple[int, int]] = []
    points: set[int] = set()
    clock = 0
    for root in range(network.size):
        if number[root] >= 0:
            continue
        number[root] = low[root] = clock
        clock += 1
        children = 0
        path = [(root, -1, starts[root])]
        while path:
            node, parent, at = path.pop()
            if at < starts[node + 1]:
                path.append((node, parent, at + 1))
                other = near[at]
                if number[other] < 0:
                    number[other] = low[other] = clock
                    clock += 1
                    path.append((other, node, starts[other]))
                elif other != parent:
                    low[node] = min(low[node], number[other])
                continue
            if parent < 0:
                continue
            low[parent] = min(low[parent], low[node])
            if low[node] > number[parent]:
                bridges.append((parent, node))
            if parent == root:
                children += 1
            elif low[node] >= number[parent]:
                points.add(parent)
        if children > 1:
            points.add(root)
    return Cuts(bridges, sorted(points))


def core_numbers(network: Network) -> Ints:
    """Core number of each person: the largest k such that he is among people who all have k ties to one another.

    Peeling in rounds (Seidman 1983; Batagelj & Zaveršnik 2003). O(n · rounds + ties).

    A triangle with a tail: the triangle is the 2-core.

    >>> from kms.sna.records import Person
    >>> from kms.sna.graph import network_of
    >>> people = [Person(name, "x") for name in "abcd"]
    >>> core_numbers(network_of(people, np.array([0, 1, 2, 2]), np.array([1, 2, 0, 3]))).tolist()
    [2, 2, 2, 1]
    """
    degree = network.degree.copy()
    core = np.zeros(network.size, dtype=np.int64)
    alive = np.ones(network.size, dtype=bool)
    level = 0
    while alive.any():
        level = max(level, int(degree[alive].min()))
        leaving = np.flatnonzero(alive & (degree <= level))
        core[leaving] = level
        alive[leaving] = False
        neighbours = network.ties[leaving].indices
        degree -= np.bincount(neighbours, minlength=network.size)
    return core


def fragility(network: Network, engine: Engine) -> dict[str, Any]:
    """The fields of the report that this file makes."""
    found = engine.cuts(network)
    crossing = sum(1 for a, b in found.bridges if network.group[a] != network.group[b])
    cores = engine.core_numbers(network)
    found_redundancy = redundancy(network)
    return {
        "bridges": {"all": len(found.bridges), "cross_group": crossing},
        "articulation_points": len(found.points),
        "kcore_max": int(cores.max()) if len(cores) else 0,
        "redundancy": found_redundancy,
        "fragile_pairs": fragile_pairs(found_redundancy),
    }
