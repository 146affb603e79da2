"""The engine of numpy and scipy alone; clusters by networkx, as arrays have neither Louvain nor Leiden."""

import networkx as nx
import numpy as np
import scipy

from kms.sna import fragility, persons
from kms.sna.graph import Floats, Ints, Network
from kms.sna.kernels import Betweenness, Cuts, Method


class Arrays:
    """Kernels of :mod:`kms.sna.persons` and :mod:`kms.sna.fragility`."""

    @property
    def label(self) -> str:
        return f"numpy {np.__version__}, scipy {scipy.__version__}"

    def clusters(self, network: Network, seed: int, method: Method = "leiden") -> Ints:
        """Louvain (Blondel et al. 2008) or Leiden (Traag, Waltman & van Eck 2019) as in networkx, slow above 100,000 ties.

        Pitfall: ``leiden_communities`` maximises CPM unless told otherwise, and then everybody is alone.
        """
        graph = graph_of(network)
        if method == "leiden":
            found = nx.community.leiden_communities(graph, metric="modularity", seed=seed)
        else:
            found = nx.community.louvain_communities(graph, seed=seed)
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
