"""Nothing small gets out: groups are rolled up, cells hidden, and hidden cells withstand an attack."""

import json

import numpy as np
import pytest
from scipy.optimize import linprog

from kms.sna import attack, swaps
from kms.sna.matrix import observed
from kms.sna.mixing import undirected_ends
from kms.sna.records import Interaction, Person, SnaError, Terms
from kms.sna.report import analyse
from kms.sna.rollup import roll_up
from kms.sna.suppress import CELL_FIELDS, hidden_pairs, thin_pairs
from kms.sna.weave import weave
from tests.sna.organisation import organisation

TERMS = Terms(permutations=100, draws=100, cluster_seeds=1)


def company(**units):
    """People of named units; `__` in a name stands for the path separator."""
    return [
        Person(f"{unit}-{i}", unit.replace("__", "/")) for unit, size in units.items() for i in range(size)
    ]


def ring(people, steps=(1, 2, 3)):
    return [
        Interaction(one.id, people[(i + step) % len(people)].id)
        for i, one in enumerate(people)
        for step in steps
    ]


def test_units_of_1_4_5_9_are_never_named_and_10_is():
    people = company(one=1, four=4, five=5, nine=9, ten=10, big=30)
    report = analyse(people, ring(people), TERMS)
    assert report["meta"]["groups"] == {"big": 30, "other": 19, "ten": 10}
    text = json.dumps(report["tie_matrix"] | report["ei"]) + json.dumps(report["findings"])
    for name in ("one", "four", "five", "nine"):
        assert f'"{name}"' not in text and f"\u2068{name}\u2069" not in text
    assert "person" not in report


def test_small_parts_go_to_their_parent_and_a_small_rest_takes_in_a_part():
    people = company(works__a=12, works__b=4, works__c=7, works__d=30, office=20)
    names, moved = roll_up(people, 10)
    assert sorted(set(names)) == ["office", "works", "works/a", "works/d"]
    assert moved == {"works/b": "works", "works/c": "works"}
    assert roll_up(company(works__a=12, works__b=4, office=20), 10)[1] == {
        "works/a": "works",
        "works/b": "works",
    }
    assert roll_up(company(office=20, lab=12, press=3), 10)[1] == {"lab": "other", "press": "other"}


def test_fewer_people_than_the_floor_are_not_reported():
    with pytest.raises(SnaError, match="fewer than the floor of 10"):
        analyse(company(lab=9), [], TERMS)


def bounds(report, network, hidden):
    """Widest values of each hidden directed cell that agree with all that is printed; written apart from the core."""
    seen, ends = observed(network).astype(float), undirected_ends(network)
    size = len(seen)
    directed = size * size
    place = {pair: directed + k for k, pair in enumerate((g, h) for g in range(size) for h in range(g, size))}
    total = directed + len(place)
    rows, values, upper = [], [], []

    def known(places, value):
        row = np.zeros(total)
        row[places] += 1
        rows.append(row)
        values.append(value)

    for g in range(size):
        known([g * size + h for h in range(size)], seen[g].sum())
        known([h * size + g for h in range(size)], seen[:, g].sum())
        per_group = report["ei"]["per_group"][report["tie_matrix"]["order"][g]]
        if per_group:
            known([place[min(g, h), max(g, h)] for h in range(size) if h != g], per_group["external"])
            known([place[g, g]], per_group["internal"])
    # The ties expected between two groups are the product of their tie ends over all ends but one.
    for pair, whole in ((pair.split("|"), 2 * report["meta"]["ties"] - 1) for pair in report["between"]):
        for name, other in (pair, pair[::-1]):
            g, h = (report["tie_matrix"]["order"].index(one) for one in (name, other))
            strength = report["between"]["|".join(pair)]["expected"] * whole / ends[h].sum()
            known([place[min(g, k), max(g, k)] for k in range(size) if k != g], strength)
            rows[-1][place[g, g]] += 2
    known([place[g, h] for g, h in place if g != h], report["ei"]["undirected"]["external"])
    known([place[g, g] for g in range(size)], report["ei"]["undirected"]["internal"])
    for (g, h), at in place.items():
        if not hidden[g, h]:
            known([g * size + h], report["tie_matrix"]["observed"][g][h])
            known([h * size + g], report["tie_matrix"]["observed"][h][g])
            if g != h:
                known([at], ends[g, h])
        arcs = np.zeros(total)
        arcs[g * size + h] = arcs[h * size + g] = 1
        tie = np.zeros(total)
        tie[at] = 1
        upper += [tie - arcs, arcs - 2 * tie]
    for g, h in np.argwhere(hidden):
        aim = np.zeros(total)
        aim[g * size + h] = 1
        ends_of = [
            linprog(sign * aim, np.array(upper), np.zeros(len(upper)), np.array(rows), values).fun
            for sign in (1, -1)
        ]
        yield seen[g, h], ends_of[0], -ends_of[1]


@pytest.mark.parametrize("seed", range(4))
def test_hidden_cells_withstand_linear_programming(seed):
    people, ties = organisation(110, 6, degree=2.5, lean=20, seed=seed)
    report = analyse(people, ties, TERMS)
    names = report["tie_matrix"]["order"]
    group = {person.id: person.group for person in people}
    listed = [Person(name, group[name] if group[name] in names else "other") for name in sorted(group)]
    network, _ = weave(listed, ties, TERMS, None)
    hidden = np.array([[cell is None for cell in row] for row in report["tie_matrix"]["observed"]])
    few = thin_pairs(network, 5)
    assert few.any() and hidden[few].all()
    assert report["meta"]["hidden_cells"] == hidden.sum()
    for value, low, high in bounds(report, network, hidden):
        assert low <= max(0, value - 5) + 1e-6 and high >= value + 5 - 1e-6


def test_exchanges_are_counted_as_one_by_one():
    """The sums of products against a walk over all m→k, on random tables."""
    dice = np.random.default_rng(5)
    for _ in range(10):
        hidden = dice.random((6, 6)) < 0.6
        hidden = (hidden | hidden.T) & ~np.eye(6, dtype=bool)
        one_way = np.where(hidden, dice.integers(0, 4, (6, 6)), 0).astype(float)
        found = swaps._to_exchange_with(one_way, hidden)
        for g, h in np.argwhere(hidden):
            fit = [
                one_way[m, k]
                for m, k in np.argwhere(hidden)
                if m != g and k != h and hidden[g, k] and hidden[m, h]
            ]
            assert found[g, h] == sum(fit)


def test_sparse_units_are_hidden_alike_with_and_without_exchanges(monkeypatch):
    """Nothing more is shown because exchanges cleared it: linear programs alone hide the same cells."""
    people, ties = organisation(200, 14, degree=5, lean=4, seed=3)
    network, _ = weave(people, ties, Terms(floor=1), None)
    hidden = hidden_pairs(network, 5)
    nothing = np.zeros(hidden.shape, dtype=bool)
    monkeypatch.setattr(attack, "left_open", lambda table: swaps.Open(nothing, nothing, nothing, nothing))
    assert 0 < hidden.sum() < hidden.size
    assert hidden_pairs(network, 5).tolist() == hidden.tolist()


def test_a_tie_that_two_units_must_share_is_hidden_among_others():
    """Only lab and shop have a tie that goes both ways; hiding more one-way ties beside it would not help.

    Each pair of four large units has ties; those of lab and shop are thin. The companions are pairs with ties both ways.
    """
    units = ("lab", "shop", "mill", "yard")
    people = company(**dict.fromkeys(units, 30))
    place = {name: people[30 * i : 30 * i + 30] for i, name in enumerate(units)}
    ties = ring(people[:30]) + ring(people[30:60]) + ring(people[60:90]) + ring(people[90:])
    for one, other in (
        ("lab", "mill"),
        ("lab", "yard"),
        ("shop", "mill"),
        ("shop", "yard"),
        ("mill", "yard"),
    ):
        for i in range(24):
            ties.append(Interaction(place[one][i].id, place[other][i].id))
            if i % 2:
                ties.append(Interaction(place[other][i].id, place[one][i].id))
    ties += [Interaction("lab-0", "shop-0"), Interaction("shop-0", "lab-0"), Interaction("lab-1", "shop-1")]
    report = analyse(people, ties, TERMS)
    order = report["tie_matrix"]["order"]
    assert order == sorted(units)
    network, _ = weave(sorted(people, key=lambda one: one.id), ties, TERMS, None)
    hidden = np.array([[cell is None for cell in row] for row in report["tie_matrix"]["observed"]])
    assert hidden[order.index("lab"), order.index("shop")] and not hidden.all()
    for value, low, high in bounds(report, network, hidden):
        assert low <= max(0, value - 5) + 1e-6 and high >= value + 5 - 1e-6


def test_the_tie_ends_that_expected_ties_give_away_do_not_give_a_hidden_number_back():
    """Where a group's own number is hidden its ends still follow from what is expected of it and others; here that once told a cell."""
    people, ties = organisation(80, 5, degree=2.7, lean=0.5, seed=85)
    report = analyse(people, ties, TERMS)
    assert report["tie_matrix"]["order"] == sorted({one.group for one in people})
    network, _ = weave(sorted(people, key=lambda one: one.id), ties, TERMS, None)
    hidden = np.array([[cell is None for cell in row] for row in report["tie_matrix"]["observed"]])
    assert np.diag(hidden).any() and report["between"]
    for value, low, high in bounds(report, network, hidden):
        assert low <= max(0, value - 5) + 1e-6 and high >= value + 5 - 1e-6


def test_a_hidden_cell_is_hidden_in_every_field():
    people, ties = organisation(110, 6, degree=2.5, lean=20, seed=0)
    report = analyse(people, ties, TERMS)
    matrix = report["tie_matrix"]
    names = matrix["order"]
    hidden = [
        (g, h) for g in range(len(names)) for h in range(len(names)) if matrix["observed"][g][h] is None
    ]
    assert hidden
    for g, h in hidden:
        assert all(matrix[field][g][h] is None for field in CELL_FIELDS)
        assert g != h or report["sums"][names[g]] is None
        assert f"{names[g]}|{names[h]}" not in report["redundancy"]
        assert [names[g], names[h]] not in [finding["groups"] for finding in report["findings"]]


def test_two_units_that_hardly_meet_are_not_shown_apart():
    """The only crossing ties are one person's; every sum would give them away, so there is one group."""
    people = company(lab=12, shop=12)
    ties = ring(people[:12]) + ring(people[12:]) + [Interaction("lab-0", "shop-0")]
    report = analyse(people, ties, TERMS)
    assert report["meta"]["groups"] == {"everyone": 24}
    assert report["ei"]["undirected"]["external"] == 0


def test_brokers_too_few_are_hidden_with_a_second_unit():
    people, ties = organisation(110, 6, degree=2, lean=20, seed=2)
    shown, whole = analyse(people, ties, TERMS)["brokerage"], analyse(people, ties, Terms(floor=1, draws=2))
    for role in ("itinerant", "gatekeeper", "representative", "liaison", "coordinator"):
        hidden = [name for name, roles in shown["people"].items() if roles[role] is None]
        for name, roles in shown["people"].items():
            assert roles[role] is None or roles[role] == 0 or roles[role] >= 5
            assert (shown["per_group"][name][role] is None) == (roles[role] is None)
        if hidden:
            assert len(hidden) >= 2 or shown[role] is None
        assert shown[role] in (None, whole["brokerage"][role])
    assert any(None in roles.values() for roles in shown["people"].values())


def test_floor_one_shows_everything():
    people = company(one=1, four=4, ten=10)
    report = analyse(people, ring(people), Terms(floor=1, permutations=100, draws=100))
    assert report["meta"]["groups"] == {"four": 4, "one": 1, "ten": 10}
    assert report["meta"]["hidden_cells"] == 0
    assert set(report["person"]) == {person.id for person in people}
