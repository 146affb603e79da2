"""The whole report: what must not change it, what it says, and how sure it is."""

import json
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kms.sna.records import Interaction, Person, SnaError, Terms, Window
from kms.sna.report import analyse
from tests.sna.organisation import organisation

SHOW_ALL = Terms(floor=1, permutations=200, draws=200, cluster_seeds=2)


def timeless(report):
    return report | {"meta": report["meta"] | {"seconds": 0}}


@st.composite
def small_worlds(draw):
    """Up to nine people in up to three groups, and some arcs."""
    count = draw(st.integers(2, 9))
    groups = draw(st.lists(st.sampled_from("xyz"), min_size=count, max_size=count))
    names = st.sampled_from([f"p{i}" for i in range(count)])
    arcs = draw(st.lists(st.tuples(names, names), max_size=30))
    people = [Person(f"p{i}", group) for i, group in enumerate(groups)]
    return people, [Interaction(*arc) for arc in arcs]


@settings(max_examples=12, deadline=None)
@given(small_worlds(), st.randoms(use_true_random=False))
def test_shuffled_rows_give_the_same_report(world, order):
    people, ties = world
    before = analyse(people, ties, SHOW_ALL)
    assert json.dumps(before, allow_nan=False)
    order.shuffle(people)
    order.shuffle(ties)
    assert timeless(analyse(people, ties, SHOW_ALL)) == timeless(before)


@settings(max_examples=12, deadline=None)
@given(small_worlds())
def test_renaming_people_changes_nothing_but_their_names(world):
    people, ties = world
    names = {person.id: f"{1000 - i}" for i, person in enumerate(people)}
    renamed = analyse(
        [replace(person, id=names[person.id]) for person in people],
        [replace(tie, source=names[tie.source], target=names[tie.target]) for tie in ties],
        SHOW_ALL,
    )
    before = analyse(people, ties, SHOW_ALL)
    for field in ("tie_matrix", "coleman", "silo_index", "brokerage", "redundancy", "reach2", "bridges"):
        assert renamed[field] == before[field]
    assert renamed["ei"]["z"] == pytest.approx(before["ei"]["z"])
    for old, new in names.items():
        assert renamed["person"][new]["brokerage"] == before["person"][old]["brokerage"]
        assert renamed["person"][new]["constraint"] == pytest.approx(before["person"][old]["constraint"])


@settings(max_examples=12, deadline=None)
@given(small_worlds())
def test_a_person_without_ties_changes_nobody(world):
    people, ties = world
    before = analyse(people, ties, SHOW_ALL)
    after = analyse([*people, Person("alone", "x")], ties, SHOW_ALL)
    for field in ("ei", "constraint", "effective_size", "brokerage"):
        assert {name: after["person"][name][field] for name in before["person"]} == {
            name: values[field] for name, values in before["person"].items()
        }
    for field in ("observed", "expected_degree", "log2_ratio", "p", "q", "z_degree"):
        if before["tie_matrix"]["order"] == after["tie_matrix"]["order"]:
            assert after["tie_matrix"][field] == before["tie_matrix"][field]
    for name, row in (before["clusters"]["table"] or {"people": {}})["people"].items():
        assert after["clusters"]["table"]["people"][name] == row
    before["clusters"].pop("table"), after["clusters"].pop("table")
    assert after["clusters"] == before["clusters"]


@settings(max_examples=12, deadline=None)
@given(small_worlds())
def test_turning_every_arc_swaps_gatekeepers_and_representatives(world):
    people, ties = world
    before = analyse(people, ties, SHOW_ALL)["brokerage"]
    turned = [replace(tie, source=tie.target, target=tie.source) for tie in ties]
    after = analyse(people, turned, SHOW_ALL)["brokerage"]
    assert (after["gatekeeper"], after["representative"]) == (before["representative"], before["gatekeeper"])
    for role in ("coordinator", "itinerant", "liaison"):
        assert after[role] == before[role]


def test_an_empty_window_is_a_report_that_says_so():
    people, ties = organisation(40, 2, seed=1)
    dated = [replace(tie, at=5.0) for tie in ties]
    report = analyse(people, dated, replace(SHOW_ALL, window=Window(10, 20, "10,20")))
    assert [finding["kind"] for finding in report["findings"]] == ["empty"]
    assert report["ei"]["undirected"] == {"external": 0, "internal": 0, "ei": None}
    assert report["meta"]["rows_left_out"] == {"outside_window": len(ties)}
    assert report["paths"]["inter_group_mean"] is None


def test_a_group_of_one_is_a_group_like_any_other():
    people, ties = organisation(40, 2, seed=1)
    ties = [*ties, Interaction("boss", "p1"), Interaction("p2", "boss")]
    report = analyse([*people, Person("boss", "head")], ties, SHOW_ALL)
    assert report["meta"]["groups"]["head"] == 1
    assert report["ei"]["per_group"]["head"] == {"external": 2, "internal": 0, "ei": 1.0}


def test_rows_left_out_are_counted_by_reason():
    people = [Person("a", "x"), Person("b", "y")]
    rows = [
        Interaction("a", "b", audience_size=5),
        Interaction("b", "a", audience_size=6),
        Interaction("a", "a"),
        Interaction("a", "stranger"),
        Interaction("a", "b", weight=0),
    ]
    meta = analyse(people, rows, SHOW_ALL)["meta"]
    assert (meta["rows"], meta["rows_used"], meta["arcs"]) == (5, 1, 1)
    assert meta["rows_left_out"] == {"broadcast": 1, "no_weight": 1, "self": 1, "unknown_person": 1}


def test_a_closed_unit_is_called_a_silo_and_a_mixed_one_is_not():
    open_people, open_ties = organisation(120, 4, degree=8, lean=1.0, seed=3)
    kinds = [finding["kind"] for finding in analyse(open_people, open_ties, SHOW_ALL)["findings"]]
    assert "no_silo" in kinds and "silo" not in kinds
    people, ties = organisation(120, 4, degree=8, lean=40.0, seed=3)
    told = [finding for finding in analyse(people, ties, SHOW_ALL)["findings"] if finding["kind"] == "silo"]
    assert {finding["groups"][0] for finding in told} == {"unit 0", "unit 1", "unit 2", "unit 3"}
    assert all(finding["significant"] for finding in told)
    assert "is closed" in told[0]["text_en"] and "סגורה" in told[0]["text_he"]


def test_no_silo_is_true_beside_an_organisation_that_leans_inward():
    people, ties = organisation(160, 4, degree=8, lean=2.2, seed=3)
    found = {finding["kind"]: finding for finding in analyse(people, ties, SHOW_ALL)["findings"]}
    assert found["ei"]["significant"] and "less than" in found["ei"]["text_en"]
    assert found["no_silo"]["text_en"] == (
        "No evidence of a silo: on the whole people lean to their own group, "
        "but no single group is surely closed."
    )


def test_small_departments_that_advise_one_another_are_not_siloed():
    """21 managers in departments of 8, 5, 4, 3 and 1 who ask nearly half of all others, a little more at home."""
    random = np.random.default_rng(21)
    people = [Person(f"{i:02}", unit) for i, unit in enumerate("a" * 8 + "b" * 5 + "c" * 4 + "d" * 3 + "e")]
    ties = [
        Interaction(one.id, other.id)
        for one in people
        for other in people
        if one is not other and random.random() < (0.7 if one.group == other.group else 0.4)
    ]
    assert "silo" not in [finding["kind"] for finding in analyse(people, ties, SHOW_ALL)["findings"]]


def test_three_who_keep_to_themselves_are_not_called_a_silo():
    people, ties = organisation(60, 2, degree=8, lean=1.0, seed=3)
    few = [Person(f"q{i}", "few") for i in range(4)]
    ties += [Interaction(a.id, b.id) for a in few for b in few]
    found = [f for f in analyse([*people, *few], ties, SHOW_ALL)["findings"] if f["kind"] == "silo"]
    assert found == []


def test_a_gap_is_told_with_its_expected_ties():
    people = [Person(f"{unit}{i}", unit) for unit in "fgr" for i in range(20)]
    dice = random.Random(7)
    ties = []
    for one in people:
        for _ in range(8):
            other = dice.choice(people)
            if {one.group, other.group} != {"f", "r"}:
                ties.append(Interaction(one.id, other.id))
    found = [f for f in analyse(people, ties, SHOW_ALL)["findings"] if f["kind"] == "gap"]
    assert [finding["groups"] for finding in found] == [["f", "r"]]
    assert "only 0 ties" in found[0]["text_en"] and "רק 0 קשרים" in found[0]["text_he"]


def windows_of(seed, lean_after):
    """The same people in two windows, drawn apart; the second leans inward by `lean_after`."""
    people, before = organisation(80, 4, degree=5, lean=4, seed=seed)
    dice = np.random.default_rng(seed + 1000)
    unit = {person.id: person.group for person in people}
    after = []
    for tie in organisation(80, 4, degree=5, lean=lean_after, seed=seed)[1]:
        if dice.random() < 0.9:
            after.append(replace(tie, at=15.0))
    return people, [replace(tie, at=5.0) for tie in before] + after, unit


def test_change_tells_a_real_turn_from_none():
    terms = replace(SHOW_ALL, window=Window(10, 20), against=Window(0, 10), draws=2000)
    people, ties, _ = windows_of(2, 4)
    still = analyse(people, ties, terms)["change"]["ei"]
    assert still["lo"] < 0 < still["hi"] and not still["significant"] and still["draws"] == 2000
    people, ties, _ = windows_of(2, 60)
    turned = analyse(people, ties, terms)["change"]["ei"]
    assert turned["hi"] < 0 and turned["significant"]
    assert turned["difference"] == pytest.approx(turned["after"] - turned["before"])


def test_change_runs_from_the_earlier_window_to_the_later():
    people, ties, _ = windows_of(2, 60)
    forward = analyse(people, ties, replace(SHOW_ALL, window=Window(10, 20), against=Window(0, 10)))
    back = analyse(people, ties, replace(SHOW_ALL, window=Window(0, 10), against=Window(10, 20)))
    assert forward["change"]["ei"]["before"] == back["change"]["ei"]["before"]


def test_terms_that_make_no_sense_are_refused():
    with pytest.raises(SnaError, match="at least 5"):
        Terms(floor=3)
    with pytest.raises(SnaError, match="any, reciprocated, weighted"):
        Terms(definition="all")
    with pytest.raises(SnaError, match="listed twice"):
        analyse([Person("a"), Person("a")], [], SHOW_ALL)
