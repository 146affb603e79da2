"""What breaks when one tie or one person is gone: bridges, cut points, cores, redundancy between groups."""

from typing import Any

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components, depth_first_order

from kms.sna.graph import Ints, Network
from kms.sna.kernels import Cuts, Engine
from kms.sna.redundancy import fragile_pairs, redundancy


def cuts(network: Network) -> Cuts:
    """Bridges and articulation points of the undirected network in one walk. O(n + ties).

    Depth-first numbers and low links (Tarjan 1974; Hopcroft & Tarjan 1973). scipy walks, from a root that is added and has one tie
    into each component; then only tree edges are left to go through, one a person.
    """
    order, parent = _walk(network)
    size, ties = network.size, network.ties
    number = np.empty(size + 1, np.int64)
    number[order] = np.arange(size + 1)
    low = number.copy()
    tied = np.flatnonzero(network.degree)
    if len(tied):
        # Who is tied to a person is above or below in the tree, so none has a number between the person's and the parent's: what is
        # not above the parent is the parent, and the way back along that tie does not count.
        highest = np.minimum.reduceat(number[ties.indices], ties.indptr[tied])
        low[tied] = np.where(highest < number[parent[tied]], highest, number[tied])
    lowest, above = low[order].tolist(), number[parent[order[1:]]].tolist()
    for place in range(size, 0, -1):
        up = above[place - 1]
        lowest[up] = min(lowest[up], lowest[place])
    low[order] = lowest
    people = order[1:]
    over = parent[people]
    inner, top = over < size, np.append(parent[:size] == size, True)
    bridging = people[inner & (low[people] > number[over])]
    apart = over[inner & ~top[over] & (low[people] >= number[over])]
    forks = np.flatnonzero(top[:size] & (np.bincount(over[inner], minlength=size) > 1))
    points = np.union1d(apart, forks).tolist()
    return Cuts(list(zip(parent[bridging].tolist(), bridging.tolist(), strict=True)), points)


def _walk(network: Network) -> tuple[Ints, Ints]:
    """People in the order of a depth-first walk, the added root n first, and whom each was reached from."""
    size, ties, degree = network.size, network.ties, network.degree
    parent = np.full(size + 1, size)
    tied = np.flatnonzero(degree)
    if not len(tied):
        return np.append(size, np.arange(size)), parent
    order, reached = depth_first_order(ties, tied[0], directed=True, return_predecessors=True)
    if len(order) < len(tied):
        order, reached = depth_first_order(_rooted(ties), size, directed=True, return_predecessors=True)
        return order.astype(np.int64), reached.astype(np.int64)
    parent[order[1:]] = reached[order[1:]]
    return np.concatenate([[size], order, np.flatnonzero(degree == 0)]), parent


def _rooted(ties: sparse.csr_array) -> sparse.csr_array:
    """The network with one more person who has a tie into each of its parts."""
    size = ties.shape[0]
    # The same as the weak components, as ties go both ways, but found without a second copy of the network.
    _, label = connected_components(ties, connection="strong")
    _, first = np.unique(label, return_index=True)
    ends = np.append(ties.indptr, ties.nnz + len(first))
    into = np.concatenate([ties.indices, first])
    return sparse.csr_array((np.ones(len(into)), into, ends), shape=(size + 1, size + 1))


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
