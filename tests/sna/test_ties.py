"""What makes a tie: kinds, broadcasts, age; and sums that grow are those of a rebuild."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kms.sna.decay import DAY, FadingTies, fading
from kms.sna.deeds import deeds_of
from kms.sna.records import Interaction, Person, SnaError, Terms, Window
from kms.sna.report import analyse
from kms.sna.weave import weave
from tests.sna.organisation import organisation

PEOPLE = [Person("a", "x"), Person("b", "x"), Person("c", "y")]
WEIGHED = Terms(definition="weighted", floor=1)


def weights(rows, terms, window=None):
    network, coverage = weave(PEOPLE, rows, terms, window)
    ids = network.ids
    arcs = zip(network.source.tolist(), network.target.tolist(), network.weight.tolist(), strict=True)
    return {
        f"{ids[s]}{(t and ids[t]) or ids[0]}": pytest.approx(w, rel=1e-12) for s, t, w in arcs
    }, coverage.left_out


def test_kinds_have_weights_and_others_are_left_out():
    rows = [Interaction("a", "b", "mail"), Interaction("a", "b", "react"), Interaction("a", "c", "chat")]
    found, left_out = weights(rows, replace(WEIGHED, kinds={"mail": 2.0, "react": 0.1}))
    assert found == {"ab": 2.1}
    assert left_out == {"kind": 1}


def test_broadcasts_are_left_out_or_shared():
    rows = [Interaction("a", "b", audience_size=5)] + [Interaction("a", "c", audience_size=8)] * 4
    assert weights(rows, WEIGHED) == ({"ab": 1.0}, {"broadcast": 4})
    assert weights(rows, replace(WEIGHED, broadcast="shared")) == ({"ab": 1.0, "ac": 0.5}, {})


def test_shares_of_broadcasts_make_a_tie_when_they_are_a_whole_deed():
    shared = Terms(floor=1, broadcast="shared")
    rows = [Interaction("a", "c", audience_size=8)] * 7
    assert weights(rows, shared)[0] == {}
    assert weights([*rows, rows[0]], shared)[0] == {"ac": 1.0}
    assert weights([*rows, Interaction("a", "c")], shared)[0] == {"ac": 1.0}


@pytest.mark.parametrize("half_life", [7, 30, 90])
def test_age_halves_a_deed_every_half_life_before_the_end_of_the_window(half_life):
    window = Window(0, 400 * DAY)
    rows = [
        Interaction("a", "b", at=window.end - half_life * DAY),
        Interaction("a", "c", at=window.end - 3 * half_life * DAY, weight=4),
        Interaction("b", "c"),
    ]
    terms = replace(WEIGHED, half_life=half_life)
    assert weights(rows, terms, window) == ({"ab": 0.5, "ac": 0.5}, {"outside_window": 1})
    assert weights(rows, terms)[1] == {"no_time": 1}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.lists(
            st.tuples(st.integers(0, 9), st.floats(0, 4000), st.floats(0.1, 10)), min_size=1, max_size=20
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([7, 30, 90]),
)
def test_increments_equal_a_rebuild(batches, half_life):
    """Deeds of eleven years in any order, added in batches; the landmark moves on the way."""
    growing = FadingTies(half_life)
    now = 4000 * DAY
    for batch in batches:
        pair, day, weight = (np.array(column) for column in zip(*batch, strict=True))
        growing.add(pair, day * DAY, weight)
    everything = [row for batch in batches for row in batch]
    pair, day, weight = (np.array(column) for column in zip(*everything, strict=True))
    rebuilt = np.bincount(pair, weight * fading(day * DAY, now, half_life), 10)
    pairs, found = growing.at(now)
    assert pairs.tolist() == sorted(set(pair.tolist()))
    assert found == pytest.approx(rebuilt[pairs], rel=1e-9, abs=1e-300)


def test_the_definition_is_printed_on_the_report():
    people, ties = organisation(30, 2, seed=1)
    terms = Terms(
        definition="weighted",
        floor=1,
        draws=10,
        cluster_seeds=1,
        permutations=10,
        half_life=30,
        broadcast="shared",
        kinds={"mail": 0.5},
    )
    meta = analyse(people, [replace(tie, at=5.0) for tie in ties], terms)["meta"]
    assert (meta["half_life_days"], meta["broadcast"], meta["kinds"]) == (30, "shared", {"mail": 0.5})


def test_rows_and_arrays_give_the_same_report():
    people, ties = organisation(30, 2, seed=1)
    people = people[::-1]
    terms = Terms(floor=1, draws=10, cluster_seeds=1, permutations=10)
    one, two = analyse(people, ties, terms), analyse(people, deeds_of(people, ties), terms)
    for report in (one, two):
        del report["meta"]["seconds"]
    assert one == two


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"half_life": 8, "definition": "weighted"}, "7, 30, 90 days or none"),
        ({"half_life": 7}, "needs ties that are weighed"),
        ({"broadcast": "half"}, "out, shared"),
        ({"kinds": {"mail": -1.0}}, "from 0 up"),
    ],
)
def test_terms_of_ties_that_make_no_sense_are_refused(wrong, sentence):
    with pytest.raises(SnaError, match=sentence):
        Terms(floor=1, **wrong)
