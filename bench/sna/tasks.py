"""One task of one engine on one seeded organisation: `python -m bench.sna.tasks ENGINE TASK PEOPLE`; one line of JSON.

Run by :mod:`bench.sna.engines`, each in a process of its own. Seconds are those of the processor, reading in and the building
of the engine's graph not counted; the peak is that of the whole process.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.sna.organisation import network
from kms.sna import brokerage, candidates, clusters, fragility, matrix, mixing, persons
from kms.sna.engines import engine_of
from kms.sna.engines.by_arrays import graph_of
from kms.sna.graph import Network
from kms.sna.suggest import under_connected

Task = Callable[[], float]


def kesher(net: Network) -> dict[str, Task]:
    """What the report uses. Each task gives one number, the checksum."""
    engine, seen = engine_of("networkit"), matrix.observed(net)
    assert net.ties.nnz == 2 * len(net.crossing), "both are built once for all figures of a report"
    everybody = np.ones(net.size, dtype=bool)
    return {
        "assortativity": lambda: mixing.assortativity(net, seen)["directed"] or 0.0,
        "reciprocity": lambda: mixing.reciprocity(net) or 0.0,
        "core numbers": lambda: float(engine.core_numbers(net).sum()),
        "cut points": lambda: float(len(fragility.cuts(net).points)),
        "constraint": lambda: float(np.nansum(persons.constraint(net))),
        "effective size": lambda: float(np.nansum(persons.effective_size(net))),
        "clusters": lambda: clusters.quality(net, engine.clusters(net, 0)),
        "brokerage": lambda: float(sum(values.sum() for values in brokerage.roles(net).values())),
        "candidates": lambda: sum(
            one.score for one in candidates.likely_candidates(net, everybody, under_connected(net), 5)[:100]
        ),
    }


def networkx(net: Network) -> dict[str, Task]:
    import networkx as nx

    graph = graph_of(net)
    directed = nx.DiGraph(zip(net.source.tolist(), net.target.tolist(), strict=True))
    nx.set_node_attributes(directed, dict(enumerate(net.group.tolist())), "unit")
    return {
        "assortativity": lambda: nx.attribute_assortativity_coefficient(directed, "unit"),
        "reciprocity": lambda: nx.overall_reciprocity(directed),
        "core numbers": lambda: float(sum(nx.core_number(graph).values())),
        "cut points": lambda: float(len(list(nx.articulation_points(graph)))),
        "constraint": lambda: float(sum(nx.constraint(graph).values())),
        "effective size": lambda: float(sum(nx.effective_size(graph).values())),
        "clusters": lambda: nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=0)),
        "candidates": lambda: _networkx_candidates(net, graph),
    }


def _networkx_candidates(net: Network, graph: Any) -> float:
    """The hundred best pairs of units apart that share a contact, each pair asked by itself."""
    import networkx as nx

    apart, group = under_connected(net), net.group
    near = {
        (a, b)
        for middle in graph
        for a in graph[middle]
        for b in graph[middle]
        if a < b and apart[group[a], group[b]] and not graph.has_edge(a, b)
    }
    return float(
        sum(sorted((score for *_, score in nx.resource_allocation_index(graph, near)), reverse=True)[:100])
    )


def networkit(net: Network) -> dict[str, Task]:
    import networkit as nk

    nk.setNumberOfThreads(1)
    engine = engine_of("networkit")
    ends = (net.pairs.left.astype(np.uint64), net.pairs.right.astype(np.uint64))
    graph = nk.GraphFromCoo((net.pairs.weight, ends), n=net.size, weighted=False, directed=False)
    return {
        "core numbers": lambda: float(sum(nk.centrality.CoreDecomposition(graph).run().scores())),
        "clusters": lambda: clusters.quality(net, engine.clusters(net, 0)),
    }


def igraph(net: Network) -> dict[str, Task]:
    import igraph as ig

    graph = ig.Graph(n=net.size, edges=np.column_stack([net.pairs.left, net.pairs.right]))
    directed = ig.Graph(n=net.size, edges=np.column_stack([net.source, net.target]), directed=True)
    return {
        "assortativity": lambda: directed.assortativity_nominal(net.group.tolist(), directed=True),
        "reciprocity": directed.reciprocity,
        "core numbers": lambda: float(sum(graph.coreness())),
        "cut points": lambda: float(len(graph.articulation_points())),
        "constraint": lambda: float(np.nansum(graph.constraint())),
        "clusters": lambda: graph.community_multilevel().modularity,
    }


def graphblas(net: Network) -> dict[str, Task]:
    from bench.sna.by_graphblas import Products

    found = Products(net)
    return {
        "assortativity": found.assortativity,
        "reciprocity": found.reciprocity,
        "constraint": found.constraint,
        "effective size": found.effective_size,
    }


ENGINES = {
    "kesher": kesher,
    "networkx": networkx,
    "networkit": networkit,
    "igraph": igraph,
    "graphblas": graphblas,
}


def main(engine: str, task: str, people: int) -> None:
    """Run the task once and print what it took."""
    run = ENGINES[engine](network(people)).get(task)
    if run is None:
        print(json.dumps(None))
        return
    began = time.process_time()
    checksum = run()
    seconds = time.process_time() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"seconds": seconds, "checksum": checksum, "peak_mb": peak}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
