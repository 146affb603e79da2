"""Suggestions: only eligible pairs, never too many for one person, with reasons; and they foresee real ties."""

from collections import Counter

import networkx as nx
import numpy as np
import pytest

from bench.sna import foresight
from kms.sna import matrix
from kms.sna.candidates import resource_allocation
from kms.sna.distances import Distances, efficiency_gains, inter_group_efficiency
from kms.sna.graph import network_of
from kms.sna.records import Interaction, Person, Terms
from kms.sna.suggest import Eligibility, SuggestionTerms, suggest
from kms.sna.topics import Supply, Topics
from kms.sna.weave import weave
from tests.sna.organisation import organisation

SHOW_ALL = Terms(floor=1)


def world(seed=1, people=150, units=5):
    listed, ties = organisation(people, units, degree=3, seed=seed)
    return weave(sorted(listed, key=lambda one: one.id), ties, SHOW_ALL, None)[0]


def themes(network):
    """Every third person asks about gears, another third knows them."""
    return Topics(
        wants={name: {"gears": 1.0, "seals": 1.0} for name in network.ids[::3]},
        offers={name: {"gears": float(i + 1)} for i, name in enumerate(network.ids[1::3])},
    )


def test_every_pair_is_eligible_and_nobody_gets_more_than_three():
    network = world()
    yes = frozenset(network.ids[::2]) | frozenset(network.ids[1::3])
    busy = network.ids[0]
    first = suggest(network, Eligibility(yes), themes(network))
    settled = frozenset({frozenset(first.likely[0].pair), frozenset(first.bridging[0].pair)})
    found = suggest(network, Eligibility(yes, settled, {busy: 3, network.ids[2]: 2}), themes(network))
    unit = {name: network.groups[network.group[i]] for i, name in enumerate(network.ids)}
    tied = {
        frozenset((network.ids[a], network.ids[b]))
        for a, b in zip(network.source, network.target, strict=True)
    }
    seen = matrix.observed(network)
    expected = matrix.expected_by_degree(seen)
    place = {name: g for g, name in enumerate(network.groups)}
    assert found.likely and found.bridging
    for one in (*found.likely, *found.bridging):
        left, right = one.pair
        g, h = place[unit[left]], place[unit[right]]
        assert set(one.pair) <= yes and busy not in one.pair
        assert g != h and seen[g, h] + seen[h, g] < expected[g, h] + expected[h, g]
        assert frozenset(one.pair) not in tied | settled
    times = Counter(name for one in (*found.likely, *found.bridging) for name in one.pair)
    assert max(times.values()) == 3 and times[network.ids[2]] <= 1
    pairs = [one.pair for one in (*found.likely, *found.bridging)]
    assert len(set(pairs)) == len(pairs)


def test_the_hundredth_letter_says_less_and_an_answer_more():
    """Three letters one way weigh log2(4) = 2, one letter each way 1 + 1: a and b pass on alike through z.

    z has strength 2 + 2 + 1 (c wrote once) and is held back by 5 to the power 1.25: the pair (a, b) scores 2 · 2 over it, (a, c)
    and (b, c) 2 · 1.
    """
    people = [Person(name, unit) for name, unit in zip("abcz", "xyuv", strict=True)]
    letters = [("a", "z")] * 3 + [("b", "z"), ("z", "b"), ("c", "z")]
    network = weave(
        people, [Interaction(*one) for one in letters], Terms(floor=1, definition="weighted"), None
    )[0]
    ties, shared = resource_allocation(network)
    assert (ties @ shared).toarray()[[0, 0, 1], [1, 2, 2]] == pytest.approx(np.array([4, 2, 2]) / 5**1.25)


def test_likely_pairs_are_scored_as_networkx_does():
    network = world()
    graph = nx.Graph(zip(network.source.tolist(), network.target.tolist(), strict=True))
    place = {name: i for i, name in enumerate(network.ids)}
    found = suggest(network, Eligibility(frozenset(network.ids)))
    for one in found.likely:
        a, b = (place[name] for name in one.pair)
        ((_, _, score),) = nx.resource_allocation_index(graph, [(a, b)])
        assert one.score == pytest.approx(score)
        assert one.reasons[0].numbers == {"count": len(list(nx.common_neighbors(graph, a, b)))}
    assert found.bridging == ()


def test_bridging_pairs_are_far_and_have_a_theme():
    network = world()
    graph = nx.Graph(zip(network.source.tolist(), network.target.tolist(), strict=True))
    graph.add_nodes_from(range(network.size))
    place = {name: i for i, name in enumerate(network.ids)}
    for one in suggest(network, Eligibility(frozenset(network.ids)), themes(network)).bridging:
        a, b = (place[name] for name in one.pair)
        steps = nx.shortest_path_length(graph, a, b) if nx.has_path(graph, a, b) else 0
        assert one.reasons[0].numbers == {"steps": steps} and (steps == 0 or steps >= 3)
        assert {reason.code for reason in one.reasons} & {"asks_offers", "offers_asks"}
        assert all(reason.topics == ("gears",) for reason in one.reasons if reason.topics)


def test_what_the_own_group_offers_is_not_sought_outside():
    """a asks; its colleague b knows as much as c outside does: nothing to gain. d's group knows half as much."""
    people = [Person("a", "x"), Person("b", "x"), Person("c", "y"), Person("d", "z"), Person("e", "z")]
    network = network_of(people, np.array([0]), np.array([1]))
    supply = Supply.of(
        network,
        Topics(
            wants={"a": {"gears": 2}, "d": {"gears": 1, "oil": 1}},
            offers={"b": {"gears": 4}, "c": {"gears": 4}, "e": {"gears": 2}, "d": {"gears": 4}},
        ),
    )
    unmet = supply.unmet(network)
    assert supply.match(unmet, 0, 2).weight == 0
    assert supply.match(unmet, 3, 2).weight == 0.25
    assert supply.match(unmet, 3, 2).topics == ("gears",)


def test_distances_with_one_more_tie_are_those_of_a_new_walk():
    network = world(people=60)
    distances = Distances.of(network, np.array([], dtype=np.int64))
    before = inter_group_efficiency(network, distances)
    (gain,) = efficiency_gains(network, distances, [(3, 40)])
    distances.tie(3, 40)
    bigger = network_of(
        [Person(name, network.groups[g]) for name, g in zip(network.ids, network.group, strict=True)],
        np.append(network.source, 3),
        np.append(network.target, 40),
    )
    anew = Distances.of(bigger, np.array([], dtype=np.int64))
    assert (distances.table == anew.table).all()
    assert before + gain == pytest.approx(inter_group_efficiency(bigger, anew))


def test_few_are_given_when_few_are_asked_for():
    network = world()
    found = suggest(
        network, Eligibility(frozenset(network.ids)), themes(network), SuggestionTerms(likely=2, bridging=1)
    )
    assert (len(found.likely), len(found.bridging)) == (2, 1)


def test_nobody_is_suggested_without_a_yes_or_in_an_empty_network():
    network = world()
    assert suggest(network, Eligibility(frozenset()), themes(network)).likely == ()
    empty = network_of([Person("a", "x"), Person("b", "y")], np.array([], int), np.array([], int))
    found = suggest(empty, Eligibility(frozenset("ab")), Topics({"a": {"t": 1}}, {"b": {"t": 1}}))
    assert (found.likely, found.bridging) == ((), ())


def test_rows_in_another_order_give_the_same_suggestions():
    people, ties = organisation(80, 4, degree=3, seed=2)
    one = weave(sorted(people, key=lambda p: p.id), ties, SHOW_ALL, None)[0]
    two = weave(
        sorted(people, key=lambda p: p.id),
        [Interaction(*t) for t in [(t.source, t.target) for t in reversed(ties)]],
        SHOW_ALL,
        None,
    )[0]
    yes = Eligibility(frozenset(one.ids))
    assert suggest(one, yes, themes(one)) == suggest(two, yes, themes(two))


def test_likely_pairs_foresee_simulated_meetings_half_as_often_again_as_adamic_adar():
    """Four splits of a simulated organisation, where speaking of a contact takes time; see bench/sna/foresight.py."""
    ours = adamic = 0
    for seed in range(4):
        before, later = foresight.split(300, seed)
        score = foresight.scores(before)
        ours += len(foresight.hits(before, score["resource allocation, weighed and faded"], later))
        adamic += len(foresight.hits(before, score["Adamic-Adar"], later))
    assert ours >= 1.5 * adamic > 0
