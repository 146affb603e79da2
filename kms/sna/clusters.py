"""Clusters that the ties themselves make, and how far they agree with the formal units."""

import math
from typing import Any

import networkx as nx
import numpy as np

from kms.sna.counting import log_choose
from kms.sna.graph import Ints, Network


def louvain(network: Network, seeds: int) -> tuple[Ints, float]:
    """Cluster of each person and the modularity reached: the best of several seeded Louvain runs.

    Blondel et al. (2008), J. Stat. Mech. P10008, by networkx, on undirected ties and their weights. Fewer seeds on
    large networks, where runs differ little: the number of runs times the ties stays under two million, at least one.
    People without a tie are in no cluster (-1).
    """
    graph = nx.Graph()
    pairs = network.pairs
    graph.add_nodes_from(np.flatnonzero(network.degree).tolist())
    graph.add_weighted_edges_from(
        zip(pairs.left.tolist(), pairs.right.tolist(), pairs.weight.tolist(), strict=True)
    )
    best, label = -math.inf, np.full(network.size, -1)
    for seed in range(max(1, min(seeds, 2_000_000 // max(len(pairs), 1)))):
        found = nx.community.louvain_communities(graph, seed=seed)
        quality = nx.community.modularity(graph, found)
        if quality > best + 1e-12:
            best = quality
            for code, members in enumerate(sorted(found, key=min)):
                label[list(members)] = code
    return label, best


def contingency(first: Ints, second: Ints) -> Ints:
    """Table of how many share each pair of labels."""
    rows, row = np.unique(first, return_inverse=True)
    columns, column = np.unique(second, return_inverse=True)
    flat = np.bincount(row * len(columns) + column, minlength=len(rows) * len(columns))
    return flat.reshape(len(rows), len(columns)).astype(np.int64)


def adjusted_rand(table: Ints) -> float:
    """Rand index of two partitions, corrected for chance (Hubert & Arabie 1985): 1 equal, 0 as by chance.

    >>> adjusted_rand(np.array([[2, 0], [0, 2]])), round(adjusted_rand(np.array([[1, 1], [1, 1]])), 3)
    (1.0, -0.5)
    """
    n = int(table.sum())
    both = float((table * (table - 1) / 2).sum())
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    first = float((rows * (rows - 1) / 2).sum())
    second = float((columns * (columns - 1) / 2).sum())
    chance = first * second / (n * (n - 1) / 2) if n > 1 else 0.0
    top = (first + second) / 2
    return 1.0 if top == chance else (both - chance) / (top - chance)


def _entropy(counts: Ints) -> float:
    share = counts[counts > 0] / counts.sum()
    return float(-(share * np.log(share)).sum())


def mutual_information(table: Ints) -> float:
    """Information, in nats, that one partition carries about the other."""
    n = table.sum()
    i, j = np.nonzero(table)
    both = table[i, j] / n
    rows, columns = table.sum(axis=1)[i] / n, table.sum(axis=0)[j] / n
    return float((both * np.log(both / (rows * columns))).sum())


def expected_information(table: Ints) -> float:
    """Mean mutual information of all pairs of partitions with these sizes (Vinh, Epps & Bailey 2010, eq. 24a)."""
    n = int(table.sum())
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    total = 0.0
    for a in rows.tolist():
        for b in columns.tolist():
            k = np.arange(max(1, a + b - n), min(a, b) + 1)
            chance = log_choose(a, k) + log_choose(n - a, b - k) - log_choose(n, np.array(b))
            total += float((k / n * np.log(n * k / (a * b)) * np.exp(chance)).sum())
    return total


def agreement(table: Ints) -> dict[str, float]:
    """NMI, ARI and AMI of two partitions; the mean of both entropies normalises NMI and AMI.

    NMI rises with the number of clusters even by chance; AMI and ARI do not, so read those.

    >>> agreement(np.array([[3, 0], [0, 3]]))
    {'nmi': 1.0, 'ari': 1.0, 'ami': 1.0}
    """
    mean = (_entropy(table.sum(axis=1)) + _entropy(table.sum(axis=0))) / 2
    if mean == 0:
        return {"nmi": 1.0, "ari": 1.0, "ami": 1.0}
    shared, chance = mutual_information(table), expected_information(table)
    room = mean - chance
    ami = 1.0 if abs(room) < 1e-12 else (shared - chance) / room
    return {"nmi": shared / mean, "ari": adjusted_rand(table), "ami": ami}


def clusters(network: Network, seeds: int) -> dict[str, Any]:
    """Number and modularity of the clusters, and their agreement with the units over the people who have a tie."""
    tied = np.flatnonzero(network.degree)
    empty = {"modularity": None, "count": 0, "nmi": None, "ari": None, "ami": None}
    if not len(tied):
        return empty
    label, quality = louvain(network, seeds)
    table = contingency(network.group[tied], label[tied])
    return {"modularity": quality, "count": int(table.shape[1])} | agreement(table)
