"""Every engine gives the same figures, on stars small enough for paper, on public networks and on simulated ones."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kms.sna import brokerage, clusters, persons
from kms.sna.engines import engine_of
from kms.sna.graph import network_of
from kms.sna.kernels import METHODS
from kms.sna.records import ENGINES, Interaction, Person, SnaError, Terms
from kms.sna.report import analyse
from kms.sna.weave import weave
from tests.sna.organisation import organisation

SHOW_ALL = Terms(floor=1, permutations=100, draws=50, cluster_seeds=5)


@pytest.fixture(params=ENGINES)
def engine(request):
    return engine_of(request.param)


def star(leaves, strangers=0):
    people = [Person(f"{i:02}", "xy"[i % 2]) for i in range(leaves + 1 + strangers)]
    return network_of(
        people, np.zeros(leaves, np.int64), np.arange(1, leaves + 1), np.arange(1.0, leaves + 1)
    )


def test_the_middle_of_a_star_is_on_every_path(engine):
    """Five leaves and two people without ties: 10 of the 21 pairs of others go through the middle. Weights do not matter."""
    network = star(5, strangers=2)
    assert engine.betweenness(star(5), 0).values.tolist() == pytest.approx([1, 0, 0, 0, 0, 0])
    assert engine.betweenness(network, 0).values.tolist() == pytest.approx([10 / 21] + [0] * 7)
    assert engine.core_numbers(network).tolist() == [1] * 6 + [0] * 2
    assert engine.cuts(network).points == [0] and len(engine.cuts(network).bridges) == 5
    assert engine.constraint(network).tolist() == pytest.approx(
        [0.2, 1, 1, 1, 1, 1, np.nan, np.nan], nan_ok=True
    )
    assert engine.effective_size(network)[0] == 5


@pytest.mark.parametrize("method", METHODS)
def test_clusters_of_a_star_and_of_planted_parts(engine, method):
    """A star is one cluster, whatever its ties weigh, and strangers are in none; cliques with a tie between are found."""
    assert engine.clusters(star(5, strangers=2), 0, method).tolist() == [0] * 6 + [-1] * 2
    inside = [(5 * part + i, 5 * part + j) for part in range(4) for i in range(5) for j in range(i)]
    ends = np.array([*inside, (0, 5), (6, 10), (11, 15)])
    planted = network_of([Person(f"{i:02}") for i in range(20)], ends[:, 0], ends[:, 1])
    for seed in range(5):
        label = engine.clusters(planted, seed, method)
        assert [len(set(label[5 * part : 5 * part + 5].tolist())) for part in range(4)] == [1] * 4
        assert len(set(label.tolist())) == 4


@pytest.mark.parametrize("method", METHODS)
def test_the_same_seed_gives_the_same_clusters(engine, method):
    network = weave(*organisation(90, 4, degree=4, seed=2), SHOW_ALL, None)[0]
    first, again = (engine.clusters(network, 7, method).tolist() for _ in range(2))
    assert first == again


def test_the_better_method_is_taken_and_told(monkeypatch):
    """Louvain is made to find nothing but single people: the report says Leiden, and the range of both."""
    network = weave(*organisation(60, 3, seed=3), SHOW_ALL, None)[0]
    engine, honest = engine_of("networkit"), engine_of("networkit").clusters

    def clusters_of(net, seed, method):
        return honest(net, seed, method) if method == "leiden" else np.arange(net.size)

    monkeypatch.setattr(engine, "clusters", clusters_of)
    found = clusters.clusters(network, 3, engine)
    assert (found["method"], found["runs"]) == ("leiden", 3)
    assert found["modularity"] == found["ranges"]["leiden"][1] > 0 > found["ranges"]["louvain"][1]


def test_drawn_paths_of_a_large_star_are_within_their_bound():
    """Kadabra comes doubled and over all ordered pairs; that is put right."""
    found = engine_of("networkit").betweenness(star(3_200), 3)
    assert (found.method, found.error, found.confidence) == ("kadabra", 0.02, 0.998)
    assert found.values[0] == pytest.approx(1, abs=found.error)
    assert found.values[1:].max() <= found.error
    again = engine_of("networkit").betweenness(star(3_200), 3)
    assert again.values.tolist() == found.values.tolist()


def test_betweenness_is_not_given_where_it_would_say_nothing(engine):
    people = [Person(str(i)) for i in range(20_001)]
    found = engine.betweenness(network_of(people, np.array([0]), np.array([1])), 0)
    assert (found.values, found.method) == (None, "none")


@pytest.mark.parametrize("name", ["arrays", "networkit"])
@pytest.mark.parametrize("seed", [1, 2])
def test_engines_agree_with_the_oracle(name, seed):
    network = weave(*organisation(90, 4, degree=2.5, seed=seed), SHOW_ALL, None)[0]
    one, oracle = engine_of(name), engine_of("networkx")
    assert one.core_numbers(network).tolist() == oracle.core_numbers(network).tolist()
    assert one.cuts(network).points == oracle.cuts(network).points
    found, true = one.betweenness(network, 0), oracle.betweenness(network, 0)
    assert found.values == pytest.approx(true.values)
    for figure in ("constraint", "effective_size"):
        ours, theirs = getattr(one, figure)(network), getattr(oracle, figure)(network)
        assert ours == pytest.approx(theirs, nan_ok=True)
    best = [clusters.best_clusters(network, 20, each).best for each in (one, oracle)]
    assert best[0] == pytest.approx(best[1], abs=0.02)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 9), st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=14))
def test_networkit_withstands_any_small_network(count, arcs):
    people = [Person(str(i), "xy"[i % 2]) for i in range(count)]
    proper = np.array([arc for arc in arcs if max(arc) < count], np.int64).reshape(-1, 2)
    network = network_of(people, proper[:, 0], proper[:, 1])
    one, oracle = engine_of("networkit"), engine_of("networkx")
    assert one.betweenness(network, 0).values == pytest.approx(oracle.betweenness(network, 0).values)
    assert one.core_numbers(network).tolist() == oracle.core_numbers(network).tolist()
    label = one.clusters(network, 0)
    assert (label == -1).tolist() == (network.degree == 0).tolist()


def test_quality_of_clusters_is_that_of_networkx(engine):
    network = weave(*organisation(60, 3, seed=3), SHOW_ALL, None)[0]
    label = engine.clusters(network, 1)
    graph = nx.Graph(zip(network.source.tolist(), network.target.tolist(), strict=True))
    parts = [set(np.flatnonzero(label == code).tolist()) for code in set(label[label >= 0].tolist())]
    assert clusters.quality(network, label) == pytest.approx(nx.community.modularity(graph, parts))


def test_whole_reports_of_all_engines_agree():
    people, ties = organisation(60, 3, seed=1)
    reports = [
        analyse(people, ties, Terms(floor=1, draws=50, permutations=50, cluster_seeds=5, engine=name))
        for name in ENGINES
    ]
    quality = reports[0]["clusters"]["modularity"]
    for report in reports:
        assert report["meta"].pop("engine") and report["meta"].pop("seconds") >= 0
        assert report["clusters"].pop("runs") == 5
        assert report.pop("betweenness")["method"] == "exact"
        assert report.pop("clusters")["modularity"] == pytest.approx(quality, abs=0.02)
    for report in reports[1:]:
        for name, values in report.pop("person").items():
            figures = {key: value for key, value in values.items() if key != "brokerage"}
            first = reports[0]["person"][name]
            assert figures == pytest.approx({key: first[key] for key in figures})
            assert values["brokerage"] == first["brokerage"]
        assert report == {key: value for key, value in reports[0].items() if key != "person"}


def test_an_engine_that_is_not_there_is_refused():
    with pytest.raises(SnaError, match="networkit, arrays, networkx"):
        Terms(engine="abacus")


def public(graph, group):
    """A public network that networkx carries, as people and ties."""
    people = [Person(str(node), str(group(node))) for node in graph]
    return people, [Interaction(str(a), str(b)) for a, b in graph.edges]


def test_florentine_families_have_their_published_brokers():
    """Marriages of 15 families (Padgett & Ansell 1993): the Medici stand on 52 % of the paths of others."""
    people, ties = public(nx.florentine_families_graph(), lambda name: "all")
    values = analyse(people, ties, SHOW_ALL)["person"]
    assert values["Medici"]["betweenness"] == pytest.approx(0.521978, abs=1e-6)
    assert values["Guadagni"]["betweenness"] == pytest.approx(0.254579, abs=1e-6)
    assert max(values, key=lambda name: values[name]["betweenness"]) == "Medici"
    assert values["Medici"]["constraint"] == pytest.approx(
        nx.constraint(nx.florentine_families_graph())["Medici"]
    )


def test_davis_women_and_events_have_only_ties_across():
    """18 women, 14 events, 89 attendances (Davis, Gardner & Gardner 1941): a tie inside cannot be."""
    graph = nx.davis_southern_women_graph()
    women = set(graph.graph["top"])
    report = analyse(*public(graph, lambda node: "women" if node in women else "events"), SHOW_ALL)
    assert report["ei"]["undirected"] == {"external": 89, "internal": 0, "ei": 1.0}
    assert report["redundancy"] == {"events|women": [89, 14]}
    assert report["ei"]["p"] < 0.02 and report["assortativity"]["undirected"] == pytest.approx(-1)


def test_persons_are_given_their_roles(engine):
    network = weave(*organisation(40, 3, seed=3), SHOW_ALL, None)[0]
    found = brokerage.roles(network)
    values = persons.person_values(network, found, engine, engine.betweenness(network, 0))
    for role in brokerage.ROLES:
        assert [values[name]["brokerage"][role] for name in network.ids] == found[role].tolist()
