"""The engine of numpy and scipy alone; clusters by networkx, as arrays have no Louvain."""

import networkx as nx
import numpy as np
import scipy

from kms.sna import fragility, persons
from kms.sna.engines.kernels import Betweenness, Cuts
from kms.sna.graph import Floats, Ints, Network


class Arrays:
    """Kernels of :mod:`kms.sna.persons` and :mod:`kms.sna.fragility`."""

    @property
    def label(self) -> str:
        return f"numpy {np.__version__}, scipy {scipy.__version__}"

    def clusters(self, network: Network, seed: int) -> Ints:
        """Louvain (Blondel et al. 2008) as in networkx. O(ties) a pass, slow in Python above 100,000 ties."""
        found = nx.community.louvain_communities(graph_of(network), seed=seed)
        label = np.full(network.size, -1)
        for code, members in enumerate(sorted(found, key=min)):
            label[list(members)] = code
        return label

    def cuts(self, network: Network) -> Cuts:
        return fragility.cuts(network)

    def core_numbers(self, network: Network) -> Ints:
        return fragility.core_numbers(network)

    def betweenness(self, network: Network, seed: int) -> Betweenness:
        values = persons.betweenness(network)
        return Betweenness(values, "none" if values is None else "exact")

    def constraint(self, network: Network) -> Floats:
        return persons.constraint(network)

    def effective_size(self, network: Network) -> Floats:
        return persons.effective_size(network)


def graph_of(network: Network) -> nx.Graph:
    """The undirected ties as a networkx graph of the people who have one; edges carry the weight."""
    graph, pairs = nx.Graph(), network.pairs
    graph.add_nodes_from(np.flatnonzero(network.degree).tolist())
    graph.add_weighted_edges_from(
        zip(pairs.left.tolist(), pairs.right.tolist(), pairs.weight.tolist(), strict=True)
    )
    return graph
