"""Real people: 21 managers of a small firm that made high-tech machinery, whom they ask for advice and call a friend.

The facts in ``data/krackhardt.csv`` are those of Krackhardt (1987), *Cognitive social structures*, Social Networks 9:109-134,
as printed in Wasserman & Faust (1994), *Social Network Analysis*, appendix B. A row says with 0 and 1 whom a
manager named. Each figure is worked out here from the 21 × 21 table, or by networkx, and never by the code under test.
"""

import csv
from itertools import permutations
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from kms.sna.brokerage import ROLES
from kms.sna.records import DEFINITIONS, ENGINES, Interaction, Person, Terms
from kms.sna.report import analyse

ROWS = list(csv.DictReader((Path(__file__).parent / "data" / "krackhardt.csv").open(encoding="utf-8")))
NAMES = [row["id"] for row in ROWS]


def table(relation):
    return np.array([[int(mark) for mark in row[relation]] for row in ROWS])


def report(relation, group, **terms):
    people = [Person(row["id"], row[group]) for row in ROWS]
    ties = [Interaction(NAMES[i], NAMES[j]) for i, j in np.argwhere(table(relation))]
    return analyse(people, ties, Terms(floor=1, permutations=2_000, **terms))


def groups_of(group):
    order = sorted({row[group] for row in ROWS})
    return order, np.array([order.index(row[group]) for row in ROWS])


@pytest.fixture(scope="module", params=ENGINES)
def advice(request):
    return report("advice", "dept", engine=request.param)


def test_the_table_is_the_published_one():
    assert (table("advice").sum(), table("friendship").sum()) == (190, 102)
    assert [row["dept"] for row in ROWS].count("2") == 8 and ROWS[6]["level"] == "1"
    assert sum(row["reports_to"] == "14" for row in ROWS) == 7


def test_ties_between_departments_are_counted_by_hand(advice):
    order, group = groups_of("dept")
    member = np.eye(len(order), dtype=int)[group]
    assert advice["tie_matrix"]["order"] == order
    assert advice["tie_matrix"]["observed"] == (member.T @ table("advice") @ member).tolist()
    seen = member.T @ table("advice") @ member
    expected = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / 190
    assert np.allclose(advice["tie_matrix"]["expected_degree"], expected, rtol=1e-9)


def test_ties_across_and_inside_are_counted_by_hand(advice):
    _, group = groups_of("dept")
    either = table("advice") | table("advice").T
    same = group[:, None] == group[None, :]
    external, internal = int((either * ~same).sum()) // 2, int((either * same).sum()) // 2
    sizes = np.bincount(group)
    assert (external, internal) == (110, 35)
    assert advice["ei"]["undirected"] == {"external": 110, "internal": 35, "ei": pytest.approx(75 / 145)}
    assert advice["ei"]["expected"] == pytest.approx(1 - 2 * (sizes * (sizes - 1)).sum() / (21 * 20))
    one_person = float((either * ~same)[0].sum() - (either * same)[0].sum()) / either[0].sum()
    assert advice["person"]["01"]["ei"] == pytest.approx(one_person)


def test_answered_arcs_are_counted_by_hand(advice):
    arcs = table("advice")
    assert (
        advice["reciprocity"] == pytest.approx((arcs & arcs.T).sum() / arcs.sum()) == pytest.approx(90 / 190)
    )


def test_figures_of_single_managers_are_those_of_networkx(advice):
    graph = nx.Graph(np.argwhere(table("advice") | table("advice").T).tolist())
    oracles = {
        "constraint": nx.constraint(graph),
        "effective_size": nx.effective_size(graph),
        "betweenness": nx.betweenness_centrality(graph),
        "kcore": nx.core_number(graph),
    }
    for figure, oracle in oracles.items():
        found = [advice["person"][name][figure] for name in NAMES]
        assert found == pytest.approx([oracle[i] for i in range(21)], abs=1e-9), figure


def test_brokers_are_counted_by_hand(advice):
    """Every ordered three a→b→c without a→c, by the departments of the three (Gould & Fernandez 1989)."""
    arcs, (_, group) = table("advice"), groups_of("dept")
    counted = dict.fromkeys(ROLES, 0)
    for a, b, c in permutations(range(21), 3):
        if arcs[a, b] and arcs[b, c] and not arcs[a, c]:
            first, middle, last = group[[a, b, c]].tolist()
            if first == last:
                counted["coordinator" if first == middle else "itinerant"] += 1
            elif middle == last:
                counted["gatekeeper"] += 1
            elif first == middle:
                counted["representative"] += 1
            else:
                counted["liaison"] += 1
    assert {role: advice["brokerage"][role] for role in ROLES} == counted


def test_units_and_whole_network_agree_with_networkx(advice):
    order, group = groups_of("dept")
    graph = nx.Graph(np.argwhere(table("advice") | table("advice").T).tolist())
    directed = nx.DiGraph(np.argwhere(table("advice")).tolist())
    nx.set_node_attributes(directed, dict(enumerate(group.tolist())), "dept")
    nx.set_node_attributes(graph, dict(enumerate(group.tolist())), "dept")
    parts = [set(np.flatnonzero(group == code).tolist()) for code in range(len(order))]
    assert advice["modularity_units"] == pytest.approx(nx.community.modularity(graph, parts))
    assert advice["assortativity"]["undirected"] == pytest.approx(
        nx.attribute_assortativity_coefficient(graph, "dept")
    )
    assert advice["assortativity"]["directed"] == pytest.approx(
        nx.attribute_assortativity_coefficient(directed, "dept")
    )
    assert advice["articulation_points"] == len(list(nx.articulation_points(graph)))
    assert advice["bridges"]["all"] == len(list(nx.bridges(graph)))
    best = max(
        nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=seed))
        for seed in range(20)
    )
    assert advice["clusters"]["modularity"] == pytest.approx(best, abs=0.02)


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_asking_for_advice_is_not_siloed_by_department(definition):
    told = report("advice", "dept", definition=definition)["findings"]
    assert "silo" not in [one["kind"] for one in told]
    assert "No evidence of a silo." in [one["text_en"] for one in told]
    ei = next(one for one in told if one["kind"] == "ei")
    assert not ei["significant"] and "about as often" in ei["text_en"]


def test_friendship_leans_to_the_own_department_without_a_silo():
    told = {one["kind"]: one for one in report("friendship", "dept")["findings"]}
    assert told["ei"]["significant"] and "less than" in told["ei"]["text_en"]
    assert told["no_silo"]["text_en"].startswith(
        "No evidence of a silo: on the whole people lean to their own group"
    )
