"""Scores as a table, against networkx and against the report."""

import networkx as nx
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kms.sna import spark
from kms.sna.compute import compute, known_metrics, scores_of
from kms.sna.records import Interaction, Person, SnaError, Terms
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


def files(folder, people, ties):
    """The world as two tables."""
    folder.mkdir()
    columns = {"id": [one.id for one in people], "group": [one.group or None for one in people]}
    pq.write_table(pa.table(columns), folder / "people.parquet")
    ends = {name: [getattr(tie, name) for tie in ties] for name in ("source", "target")}
    pq.write_table(pa.table(ends), folder / "ties.parquet")
    return folder / "ties.parquet", folder / "people.parquet"


def read(path):
    return {
        (row["scope"], row["key"], row["other"], row["metric"]): row["value"]
        for row in pq.read_table(path).to_pylist()
    }


def test_tables_in_and_a_table_out(tmp_path, world):
    people, ties, network = world
    written = compute(*files(tmp_path / "a", people, ties), known_metrics())
    assert written == tmp_path / "a" / "scores.parquet"
    found = read(written)
    wanted = {
        (one.scope, one.key, one.other, one.metric): one.value for one in scores_of(network, known_metrics())
    }
    assert found == wanted
    assert pq.read_table(written).column_names == ["scope", "key", "other", "metric", "value"]


def test_the_order_of_rows_and_doubled_rows_change_nothing(tmp_path, world):
    people, ties, _network = world
    metrics = ["tie_matrix", "ei", "pagerank", "component", "constraint"]
    before = read(compute(*files(tmp_path / "a", people, ties), metrics))
    turned = read(compute(*files(tmp_path / "b", people[::-1], [*ties[::-1], *ties[:9]]), metrics))
    assert turned.keys() == before.keys()
    assert [turned[key] for key in before] == pytest.approx(list(before.values()), abs=1e-12, nan_ok=True)


def test_a_tie_with_a_stranger_and_people_without_a_group(tmp_path, world):
    people, ties, _network = world
    nobody = [*people, Person("zz", "")]
    found = read(compute(*files(tmp_path / "a", nobody, ties), ["component", "constraint"]))
    assert found["person", "zz", "", "component"] == len(people)
    assert found["person", "zz", "", "constraint"] is None
    with pytest.raises(SnaError, match="'stranger' of a tie is not listed"):
        compute(*files(tmp_path / "b", people, [*ties, Interaction("p1", "stranger")]), ["ei"])


def test_spark_is_asked_for_what_it_has():
    """Its figures are held against ours by bench/sna/spark.py, as Spark is too large for every machine."""
    with pytest.raises(SnaError, match="no metric constraint; it has component, ei, pagerank, tie_matrix"):
        spark.check(["ei", "constraint"])


def test_an_unknown_metric_is_refused(world):
    with pytest.raises(SnaError, match=r"no metric fame; there are betweenness, component"):
        list(scores_of(world[2], ["fame"]))
