"""How far groups are from one another, and how many people are within two steps."""

from typing import Any, Final

import numpy as np

from kms.sna.graph import Floats, Ints, Network

EXACT_SOURCES: Final = 10_000
"""Up to this many people every one is a starting point."""

SAMPLED_SOURCES: Final = 2_048
"""Above, so many seeded random ones are: each has a distance to everybody, so means are good to three digits."""

WORDS: Final = 4
"""Starting points walked at once, in words of 64: four words at both ends of two million ties are 128 MB."""


def inter_group_paths(network: Network, seed: int = 0) -> dict[str, float | None]:
    """Distances between people of different groups on the undirected network.

    `inter_group_mean` is the mean length of shortest paths over the pairs that are connected; `inter_group_efficiency`
    the mean of ``1 / length`` over all pairs, unconnected ones counting 0 (Latora & Marchiori 2001). Breadth-first from
    256 people at a time with one bit for each (Then et al. 2014): O(n · ties / 64) time, O(n + ties) memory.
    """
    sources = np.arange(network.size)
    if network.size > EXACT_SOURCES:
        sources = np.sort(np.random.default_rng(seed).choice(network.size, SAMPLED_SOURCES, replace=False))
    pairs = int((network.size - network.sizes[network.group[sources]]).sum())
    reached = steps = 0
    closeness = 0.0
    for start in range(0, len(sources), WORDS * 64):
        for length, found in enumerate(_waves(network, sources[start : start + WORDS * 64]), start=1):
            reached += found
            steps += found * length
            closeness += found / length
    return {
        "inter_group_mean": steps / reached if reached else None,
        "inter_group_efficiency": closeness / pairs if pairs else None,
    }


def _waves(network: Network, sources: Ints) -> list[int]:
    """For each distance 1, 2, …: how many (source, person of another group) are first reached at it."""
    tied = np.flatnonzero(network.degree)
    if not len(tied):
        return []
    starts = network.ties.indptr[tied]
    bit = np.arange(len(sources))
    seen = np.zeros((network.size, WORDS), dtype=np.uint64)
    seen[sources, bit // 64] = np.uint64(1) << (bit % 64).astype(np.uint64)
    own = np.zeros((len(network.groups), WORDS), dtype=np.uint64)
    np.bitwise_or.at(own, network.group[sources], seen[sources])
    front = seen.copy()
    waves: list[int] = []
    while True:
        wave = np.zeros_like(seen)
        wave[tied] = np.bitwise_or.reduceat(front[network.ties.indices], starts, axis=0)
        wave &= ~seen
        if not wave.any():
            return waves
        waves.append(int(np.bitwise_count(wave & ~own[network.group]).sum()))
        seen |= wave
        front = wave


def reach_two(network: Network, budget: int = 4_000_000) -> Ints:
    """How many other people each person reaches in one or two undirected steps. O(ties · degree), chunked.

    >>> from kms.sna.records import Person
    >>> from kms.sna.graph import network_of
    >>> people = [Person(name, "x") for name in "abcd"]
    >>> reach_two(network_of(people, np.array([0, 1, 2]), np.array([1, 2, 3]))).tolist()
    [2, 3, 3, 2]
    """
    ties = network.ties
    work = np.concatenate([[0], np.cumsum(network.degree[ties.indices])])[ties.indptr]
    reach = np.zeros(network.size, dtype=np.int64)
    start = 0
    while start < network.size:
        stop = int(np.searchsorted(work, work[start] + budget, side="right")) - 1
        stop = min(max(stop, start + 1), network.size)
        near = (ties[start:stop] @ ties + ties[start:stop]).tocsr()
        self_reached = (network.degree[start:stop] > 0).astype(np.int64)
        reach[start:stop] = np.diff(near.indptr) - self_reached
        start = stop
    return reach


def group_means(network: Network, values: Floats | Ints) -> dict[str, float]:
    """Mean over the people of each group."""
    total = np.bincount(network.group, values, len(network.groups))
    return {name: float(total[g] / network.sizes[g]) for g, name in enumerate(network.groups)}


def paths(network: Network, seed: int) -> dict[str, Any]:
    """The fields of the report that this file makes."""
    return {
        "paths": inter_group_paths(network, seed),
        "reach2": group_means(network, reach_two(network)),
    }
