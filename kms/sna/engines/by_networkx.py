"""The oracle: every kernel as networkx has it."""

from collections.abc import Mapping

import networkx as nx
import numpy as np

from kms.sna.engines.by_arrays import Arrays, graph_of
from kms.sna.engines.kernels import Betweenness, Cuts
from kms.sna.graph import Floats, Ints, Network
from kms.sna.persons import EXACT_BETWEENNESS


class Networkx(Arrays):
    """Plain Python: right by construction, a hundred times slower.

    Pitfall: ``effective_size`` of networkx with weights is wrong and allocates n × n; here no weight is passed.
    """

    @property
    def label(self) -> str:
        return f"networkx {nx.__version__}"

    def cuts(self, network: Network) -> Cuts:
        graph = graph_of(network)
        return Cuts(list(nx.bridges(graph)), sorted(nx.articulation_points(graph)))

    def core_numbers(self, network: Network) -> Ints:
        return _listed(network, nx.core_number(graph_of(network)), 0).astype(np.int64)

    def betweenness(self, network: Network, seed: int) -> Betweenness:
        if network.size > EXACT_BETWEENNESS:
            return Betweenness(None, "none")
        graph = graph_of(network)
        graph.add_nodes_from(range(network.size))
        return Betweenness(_listed(network, nx.betweenness_centrality(graph), 0), "exact")

    def constraint(self, network: Network) -> Floats:
        return _listed(network, nx.constraint(graph_of(network)), np.nan)

    def effective_size(self, network: Network) -> Floats:
        return _listed(network, nx.effective_size(graph_of(network)), np.nan)


def _listed(network: Network, found: Mapping[int, float], missing: float) -> Floats:
    return np.array([found.get(i, missing) for i in range(network.size)], dtype=np.float64)
