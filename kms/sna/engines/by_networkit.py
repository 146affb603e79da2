"""Compiled walks by networkit (Staudt, Sazonovs & Meyerhenke 2016, *Network Science* 4:508).

One thread and a set seed: the same network gives the same figures, to the digit. Its traps, each kept shut by a test
on a star: ``BiconnectedComponents`` can crash the process on small graphs, so it is not used; Kadabra counts undirected pairs twice and over ``n (n - 1)``; weights are read as distances, so walks get none.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import networkit as nk
import numpy as np

from kms.sna.engines.by_arrays import Arrays
from kms.sna.graph import Ints, Network
from kms.sna.kernels import Betweenness, Method
from kms.sna.persons import EXACT_BETWEENNESS

SAMPLED_BETWEENNESS: Final = 20_000
"""Above this many people betweenness is not given: its bound would be wider than nearly all its values."""

ERROR, DOUBT = 0.02, 0.1
"""Kadabra's bound: with probability 1 - ERROR · DOUBT, every value is within ERROR."""

LEIDEN_ROUNDS: Final = 10
"""Rounds of Leiden at the most; it ends when one changes nothing."""


class Networkit(Arrays):
    """Clusters, cores and betweenness compiled; the rest in arrays."""

    @property
    def label(self) -> str:
        return f"networkit {nk.__version__}, {super().label}"

    def clusters(self, network: Network, seed: int, method: Method = "leiden") -> Ints:
        """Leiden (Traag, Waltman & van Eck 2019, *Scientific Reports* 9:5233), or Louvain with refinement (PLM; Staudt &
        Meyerhenke 2016, IEEE TPDS 27:171), people in an order drawn by the seed.

        The order is drawn here, as one thread of PLM has no chance of its own and all seeds would agree.
        """
        tied = np.flatnonzero(network.degree)
        place = np.full(network.size, -1)
        place[tied] = np.random.default_rng(seed).permutation(len(tied))
        with _alone(seed):
            graph = _graph(network, place, len(tied), weighted=True)
            if method == "leiden":
                run = nk.community.ParallelLeiden(graph, True, LEIDEN_ROUNDS, 1.0)
            else:
                run = nk.community.PLM(graph, True, 1.0, "none")
            found = np.array(run.run().getPartition().getVector(), dtype=np.int64)
        label = np.full(network.size, -1)
        label[tied] = found[place[tied]]
        return label

    def core_numbers(self, network: Network) -> Ints:
        with _alone(0):
            found = nk.centrality.CoreDecomposition(_graph(network)).run().scores()
        return np.array(found, dtype=np.int64)

    def betweenness(self, network: Network, seed: int) -> Betweenness:
        """Exact up to 3,000 people (Brandes 2001, O(n · ties)), by Kadabra up to 20,000 (Borassi & Natale 2016), none above.

        Kadabra draws shortest paths until all values are within ±0.02 with probability 0.998. Most people's betweenness
        is below that, so it finds the great brokers only. Its bound needs the diameter, which on very even networks costs
        more than the draws.
        """
        n = network.size
        if n > SAMPLED_BETWEENNESS:
            return Betweenness(None, "none")
        with _alone(seed):
            graph = _graph(network)
            if n <= EXACT_BETWEENNESS:
                found = nk.centrality.Betweenness(graph, n > 2).run().scores()
                return Betweenness(np.array(found, dtype=np.float64), "exact")
            found = nk.centrality.KadabraBetweenness(graph, ERROR, DOUBT).run().scores()
        values = np.array(found, dtype=np.float64) / 2 * n / (n - 2)
        return Betweenness(values, "kadabra", ERROR, 1 - ERROR * DOUBT)


@contextmanager
def _alone(seed: int) -> Iterator[None]:
    """One thread with this seed; how many there were before is set back."""
    before = nk.getMaxNumberOfThreads()
    nk.setNumberOfThreads(1)
    nk.setSeed(seed, True)
    try:
        yield
    finally:
        nk.setNumberOfThreads(before)


def _graph(
    network: Network, place: Ints | None = None, size: int | None = None, weighted: bool = False
) -> Any:
    """The undirected ties as a networkit graph; given `place`, the person at i is node ``place[i]`` of `size`."""
    pairs = network.pairs
    ends = (pairs.left, pairs.right) if place is None else (place[pairs.left], place[pairs.right])
    coordinates = tuple(end.astype(np.uint64) for end in ends)
    n = network.size if size is None else size
    return nk.GraphFromCoo((pairs.weight, coordinates), n=n, weighted=weighted, directed=False)
