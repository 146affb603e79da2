"""The figures against networkx and against sums small enough for paper."""

import itertools
import math

import networkx as nx
import numpy as np
import pytest
from scipy import stats

from kms.sna import brokerage, chance, clusters, ei, fragility, matrix, mixing, paths, persons, redundancy
from kms.sna.engines import engine_of
from kms.sna.records import Interaction, Person, Terms
from kms.sna.weave import weave
from tests.sna.organisation import organisation

SHOW_ALL = Terms(floor=1)


def woven(people, ties, terms=SHOW_ALL):
    return weave(sorted(people, key=lambda p: p.id), ties, terms, terms.window)[0]


def drawn(arcs, groups):
    """Network from arcs written `ab cd` and groups written `a=x b=y`."""
    people = [Person(*one.split("=")) for one in groups.split()]
    return woven(people, [Interaction(*arc) for arc in arcs.split()])


@pytest.fixture(scope="module", params=[1, 2, 3])
def pair(request):
    """One organisation as our network and as networkx graphs, with people who have no tie."""
    network = woven(*organisation(90, 4, degree=2.5, seed=request.param))
    directed = nx.DiGraph()
    directed.add_nodes_from((i, {"unit": int(g)}) for i, g in enumerate(network.group))
    directed.add_edges_from(zip(network.source.tolist(), network.target.tolist(), strict=True))
    assert (network.degree == 0).any()
    return network, directed, directed.to_undirected()


def test_cut_points_and_bridges_are_those_of_networkx(pair):
    network, _, undirected = pair
    found = fragility.cuts(network)
    assert {frozenset(one) for one in found.bridges} == {frozenset(one) for one in nx.bridges(undirected)}
    assert found.points == sorted(nx.articulation_points(undirected))


def test_core_numbers_are_those_of_networkx(pair):
    network, _, undirected = pair
    assert dict(enumerate(fragility.core_numbers(network).tolist())) == nx.core_number(undirected)


def test_matching_of_each_pair_of_groups_is_the_one_of_networkx(pair):
    network, _, undirected = pair
    for key, (ties, matching) in redundancy.redundancy(network).items():
        first, second = (network.groups.index(name) for name in key.split("|"))
        part = nx.Graph(
            (a, b) for a, b in undirected.edges if {network.group[a], network.group[b]} == {first, second}
        )
        tops = {node for node in part if network.group[node] == first}
        found = nx.bipartite.hopcroft_karp_matching(part, tops)
        assert [ties, matching] == [part.number_of_edges(), len(found) // 2]


def test_mixing_is_that_of_networkx(pair):
    network, directed, undirected = pair
    seen = matrix.observed(network)
    units = [set(np.flatnonzero(network.group == g).tolist()) for g in range(len(network.groups))]
    assert mixing.assortativity(network, seen) == pytest.approx(
        {
            "undirected": nx.attribute_assortativity_coefficient(undirected, "unit"),
            "directed": nx.attribute_assortativity_coefficient(directed, "unit"),
        }
    )
    assert mixing.modularity(network) == pytest.approx(nx.community.modularity(undirected, units))
    assert mixing.reciprocity(network) == pytest.approx(nx.overall_reciprocity(directed))


def test_structural_holes_and_betweenness_are_those_of_networkx(pair):
    network, _, undirected = pair
    for ours, theirs in (
        (persons.constraint(network), nx.constraint(undirected)),
        (persons.effective_size(network), nx.effective_size(undirected)),
        (persons.betweenness(network), nx.betweenness_centrality(undirected)),
    ):
        assert ours.tolist() == pytest.approx([theirs[i] for i in range(network.size)], nan_ok=True)


def test_star_has_known_holes():
    """The middle of a star: four contacts that do not know each other."""
    star = drawn("ma mb mc md", "a=x b=x c=x d=x m=x")
    middle = star.ids.index("m")
    assert persons.effective_size(star)[middle] == 4
    assert persons.constraint(star)[middle] == pytest.approx(0.25)
    assert persons.betweenness(star)[middle] == 1


def test_distances_between_groups_are_those_of_networkx(pair):
    network, _, undirected = pair
    length = dict(nx.all_pairs_shortest_path_length(undirected))
    across = [
        length[a].get(b)
        for a, b in itertools.permutations(range(network.size), 2)
        if network.group[a] != network.group[b]
    ]
    assert paths.inter_group_paths(network) == pytest.approx(
        {
            "inter_group_mean": np.mean([one for one in across if one]),
            "inter_group_efficiency": np.mean([1 / one if one else 0 for one in across]),
        }
    )
    two = [sum(1 for steps in length[i].values() if 0 < steps <= 2) for i in range(network.size)]
    assert paths.reach_two(network).tolist() == two
    assert paths.reach_two(network, budget=1).tolist() == two


def test_brokers_are_those_counted_by_hand(pair):
    network, directed, _ = pair
    counted = {role: np.zeros(network.size) for role in brokerage.ROLES}
    for b in directed:
        for a, c in itertools.product(directed.predecessors(b), directed.successors(b)):
            if a == c or directed.has_edge(a, c):
                continue
            x, y, z = (network.group[one] for one in (a, b, c))
            role = (
                "coordinator" if x == y == z
                else "itinerant" if x == z
                else "gatekeeper" if y == z
                else "representative" if x == y
                else "liaison"
            )  # fmt: skip
            counted[role][b] += 1
    found = brokerage.roles(network)
    assert {role: found[role].tolist() for role in found} == {
        role: counted[role].tolist() for role in counted
    }


def test_masked_product_does_not_depend_on_the_chunk():
    network = woven(*organisation(60, 3, seed=5))
    ties = network.ties
    whole = brokerage.masked_row_sums(ties, ties, ties)
    assert brokerage.masked_row_sums(ties, ties, ties, budget=1).tolist() == whole.tolist()


def test_label_moments_are_those_of_all_orders():
    """Every one of the 720 ways to deal six labels to six people, with weights."""
    network = drawn("ab bc cd de ef fa ad", "a=x b=x c=x d=y e=y f=z")
    pairs = network.pairs
    weight = np.arange(1.0, len(pairs) + 1)
    inside = [
        float(weight[[deal[a] == deal[b] for a, b in zip(pairs.left, pairs.right, strict=True)]].sum())
        for deal in itertools.permutations(network.group.tolist())
    ]
    moments = chance.label_moments(network.sizes, pairs.left, pairs.right, weight, network.size)
    assert moments.mean == pytest.approx(np.mean(inside))
    assert moments.variance == pytest.approx(np.var(inside))


def test_ei_of_a_small_graph():
    """Two units of two and three: ties ab inside x; cd, de inside y; bc across."""
    found = ei.ei(drawn("ab ba bc cd de", "a=x b=x c=y d=y e=y"), permutations=2000, seed=0)
    assert found["undirected"] == {"external": 1, "internal": 3, "ei": -0.5}
    assert found["expected"] == pytest.approx(1 - 2 * (2 + 6) / 20)
    assert found["per_group"] == {
        "x": {"external": 1, "internal": 1, "ei": 0.0},
        "y": {"external": 1, "internal": 2, "ei": pytest.approx(-1 / 3)},
    }
    assert found["permutations"] == 2000


def every_deal(network):
    """All ways to deal the labels of a small network to its people."""
    for deal in set(itertools.permutations(network.group.tolist())):
        yield network.regrouped([network.groups[g] for g in deal])


def own_ei(network, i):
    external, internal = (float(side[i]) for side in persons.own_ei(network))
    return ei.index(external, internal)


def test_chance_of_a_person_is_that_of_all_deals_that_keep_the_persons_group():
    network = drawn("ab ac ad be cf", "a=x b=x c=x d=y e=y f=z")
    mean, variance = chance.persons(network)
    for i in range(network.size):
        own = [own_ei(deal, i) for deal in every_deal(network) if deal.group[i] == network.group[i]]
        assert mean[i] == pytest.approx(np.mean(own))
        assert variance[i] == pytest.approx(np.var(own))


def test_chance_of_a_group_is_near_that_of_many_deals():
    network = woven(*organisation(150, 3, degree=8, seed=2))
    random = np.random.default_rng(0)
    dealt = [
        network.regrouped([network.groups[g] for g in random.permutation(network.group)]) for _ in range(400)
    ]
    found = chance.groups(network)
    for name in network.groups:
        values = [ei.ei(one, permutations=0, seed=0)["per_group"][name]["ei"] for one in dealt]
        assert found[name]["expected"] == pytest.approx(np.mean(values), abs=0.01)
        assert found[name]["sd"] == pytest.approx(np.std(values), rel=0.12)


def test_within_strata_sites_are_not_taken_for_groups():
    """Ties stay inside sites, and sites lean to groups; within sites, groups do not matter."""
    random = np.random.default_rng(5)
    people = [
        Person(f"{i:03}", "xy"[(i % 10 < 8) == (i < 60)], stratum="site " + "ns"[i < 60]) for i in range(120)
    ]
    ties = [Interaction(people[a].id, people[b].id) for a, b in random.integers(0, 60, (240, 2))]
    ties += [Interaction(people[a].id, people[b].id) for a, b in random.integers(60, 120, (240, 2))]
    network = woven(people, ties)
    plain = ei.ei(woven([Person(one.id, one.group) for one in people], ties), permutations=2000, seed=0)
    within = ei.ei(network, permutations=2000, seed=0)
    assert plain["p"] < 0.001 and within["p"] > 0.05
    assert within["undirected"] == plain["undirected"] and within["permutations"] == 2000


def test_mean_within_strata_is_that_of_all_deals():
    people = [Person(*one) for one in ("axn", "bxn", "cyn", "dys", "exs", "fys")]
    network = woven(people, [Interaction(*arc) for arc in ["ab", "bc", "cd", "de", "ef", "fa", "ad"]])
    strata = network.stratum.tolist()
    inside = [
        float(deal.pairs.weight[~deal.crossing].sum())
        for north in itertools.permutations(network.group[:3].tolist())
        for south in itertools.permutations(network.group[3:].tolist())
        for deal in [network.regrouped([network.groups[g] for g in north + south])]
    ]
    assert strata == [0, 0, 0, 1, 1, 1]
    assert chance.labels(network).mean == pytest.approx(np.mean(inside))


def test_normal_and_permuted_p_agree_on_a_larger_graph():
    network = woven(*organisation(150, 5, lean=1.2, seed=8))
    normal = ei.ei(network, permutations=0, seed=0)
    dealt = ei.ei(network, permutations=10_000, seed=0)
    assert dealt["p"] == pytest.approx(normal["p"], abs=0.02)


def test_weighted_definition_weighs_and_the_matrix_counts_pairs():
    people = [Person("a", "x"), Person("b", "x"), Person("c", "y")]
    rows = [
        Interaction("a", "b", weight=3),
        Interaction("b", "a", weight=2),
        Interaction("a", "c"),
        Interaction("a", "c"),
    ]
    network = woven(people, rows, Terms(definition="weighted", floor=1))
    assert ei.ei(network, permutations=0, seed=0)["undirected"] == {
        "external": 2,
        "internal": 5,
        "ei": -3 / 7,
    }
    assert matrix.observed(network).tolist() == [[2, 1], [0, 0]]


def test_reciprocated_definition_keeps_pairs_that_answer():
    people = [Person("a", "x"), Person("b", "x"), Person("c", "y")]
    rows = [Interaction("a", "b"), Interaction("b", "a"), Interaction("a", "c")]
    network = woven(people, rows, Terms(definition="reciprocated", floor=1))
    assert matrix.observed(network).tolist() == [[2, 0], [0, 0]]
    assert len(network.pairs) == 1


def test_matrix_of_expected_values_and_exact_p():
    """x sends 6 of 10 arcs, y receives 4 of 10: by degree 2.4; the p is that of Fisher's exact test."""
    network = woven(*organisation(70, 3, seed=4))
    found = matrix.tie_matrix(network)
    seen = np.array(found["observed"])
    total = seen.sum()
    for g, h in np.ndindex(seen.shape):
        sent, received, here = seen[g].sum(), seen[:, h].sum(), seen[g, h]
        table = [[here, sent - here], [received - here, total - sent - received + here]]
        assert found["expected_degree"][g][h] == pytest.approx(sent * received / total)
        assert found["p"][g][h] == pytest.approx(stats.fisher_exact(table).pvalue)
        spread = stats.hypergeom(total, received, sent).std()
        assert found["z_degree"][g][h] == pytest.approx((here - sent * received / total) / spread)
        sizes = network.sizes
        chances = sizes[g] * (sizes[h] - (g == h)) / (70 * 69)
        assert found["expected_size"][g][h] == pytest.approx(total * chances)
    assert np.array(found["q"]).ravel() == pytest.approx(
        stats.false_discovery_control(np.array(found["p"]).ravel())
    )


def test_z_is_left_out_where_little_is_expected():
    found = matrix.tie_matrix(drawn("ab ac", "a=x b=x c=y"))
    assert found["z_degree"] == [[None, None], [None, None]]
    assert found["log2_ratio"][1] == [0.0, 0.0]


def test_silo_and_coleman_by_hand():
    """x sends 4, 3 of them inside; it receives 4 of 6 arcs: expected inside 16/6."""
    network = drawn("ab ba ac ad cb cd", "a=x b=x c=y d=y")
    seen = matrix.observed(network)
    assert seen.tolist() == [[2, 2], [1, 1]]
    silo = mixing.silo_index(network, seen)
    assert silo["x"] == pytest.approx((2 - 4 * 3 / 6) / (4 - 4 * 3 / 6))
    assert mixing.coleman(network, seen) == {"x": 0.0, "y": 0.0}


def test_agreement_of_partitions_against_published_values():
    """Hubert & Arabie's correction and the AMI of two labelings, checked with all relabelings of the second."""
    first, second = np.array([0, 0, 1, 1, 2, 2]), np.array([0, 0, 1, 2, 2, 2])
    table = clusters.contingency(first, second)
    shared = [
        clusters.mutual_information(clusters.contingency(first, np.array(deal)))
        for deal in set(itertools.permutations(second.tolist()))
    ]
    assert clusters.expected_information(table) == pytest.approx(np.mean(shared))
    found = clusters.agreement(table)
    assert found["ari"] == pytest.approx((2 - 3 * 4 / 15) / ((3 + 4) / 2 - 3 * 4 / 15))
    assert 0 < found["ami"] < found["nmi"] < 1


def test_clusters_find_planted_groups():
    cliques = [(f"{c}{i}", f"{c}{j}") for c in "pqr" for i in range(6) for j in range(i)]
    joins = [("p0", "q0"), ("q1", "r1")]
    people = [Person(f"{c}{i}", c) for c in "pqr" for i in range(6)]
    found = clusters.clusters(
        woven(people, [Interaction(*tie) for tie in cliques + joins]), 5, engine_of("networkit")
    )
    assert (found["count"], found["nmi"], found["ari"], found["ami"]) == (3, 1.0, 1.0, 1.0)


def test_karate_club_has_its_published_figures():
    """Zachary's club: 2 factions of 17, E-I from 10 or 11 ties across, one bridge, core 4."""
    club = nx.karate_club_graph()
    people = [Person(f"{i:02}", data["club"]) for i, data in club.nodes(data=True)]
    network = woven(people, [Interaction(f"{a:02}", f"{b:02}") for a, b in club.edges])
    found = ei.ei(network, permutations=0, seed=0)
    across = sum(club.nodes[a]["club"] != club.nodes[b]["club"] for a, b in club.edges)
    assert found["undirected"] == {"external": across, "internal": 78 - across, "ei": (2 * across - 78) / 78}
    assert len(fragility.cuts(network).bridges) == 1
    assert fragility.core_numbers(network).max() == 4
    assert clusters.best_clusters(network, 20, engine_of("networkit")).best == pytest.approx(
        0.4198, abs=0.0005
    )
    assert math.isclose(persons.betweenness(network)[0], 0.43763528138528146)
