"""Scores as a table, against networkx and against the report."""

import networkx as nx
import numpy as np
import pytest

from kms.sna.compute import known_metrics, scores_of
from kms.sna.records import SnaError, Terms
from kms.sna.report import analyse
from kms.sna.weave import weave
from tests.sna.organisation import organisation


@pytest.fixture(scope="module")
def world():
    people, ties = organisation(70, 3, degree=2.5, seed=4)
    people.sort(key=lambda one: one.id)
    return people, ties, weave(people, ties, Terms(floor=1), None)[0]


def table(network, *metrics):
    return {(one.key, one.other, one.metric): one.value for one in scores_of(network, metrics)}


def test_pagerank_and_components_are_those_of_networkx(world):
    network = world[2]
    graph = nx.DiGraph()
    graph.add_nodes_from(range(network.size))
    graph.add_edges_from(zip(network.source.tolist(), network.target.tolist(), strict=True))
    found = table(network, "pagerank", "component")
    ranks = nx.pagerank(graph, tol=1e-12)
    parts = {i: min(part) for part in nx.weakly_connected_components(graph) for i in part}
    for i, name in enumerate(network.ids):
        assert found[name, "", "pagerank"] == pytest.approx(ranks[i], abs=1e-9)
        assert found[name, "", "component"] == parts[i]


def test_scores_are_those_of_the_report(world):
    people, ties, network = world
    report = analyse(people, ties, Terms(floor=1, draws=10, permutations=10, cluster_seeds=1))
    found = table(network, *known_metrics())
    assert found["", "", "ei"] == report["ei"]["undirected"]["ei"]
    for name, values in report["person"].items():
        for metric in ("constraint", "effective_size", "kcore", "reach2", "betweenness"):
            assert found[name, "", metric] == pytest.approx(values[metric])
        assert found[name, "", "liaison"] == values["brokerage"]["liaison"]
    order = report["tie_matrix"]["order"]
    seen = np.array([[found.get((g, h, "arcs"), 0) for h in order] for g in order])
    assert seen.tolist() == report["tie_matrix"]["observed"]


def test_an_unknown_metric_is_refused(world):
    with pytest.raises(SnaError, match=r"no metric fame; there are betweenness, component"):
        list(scores_of(world[2], ["fame"]))
