"""Programs say where a question stands and read queues and promises; each call sets a state."""

from __future__ import annotations

import pytest

from communities.promises import actions as promises
from communities.standing import actions as standing
from intranet.activity.models import Event
from tests.factories import threads as make


def test_states_are_set_and_safe_to_repeat(cast, program):
    original, asked = make.question(cast.alex, cast.open), make.question(cast.noa, cast.open)
    alex, noa = program(cast.alex), program(cast.noa)
    thread = f"/threads/{asked.public_id}"
    calls = [
        (alex, "needs_info", {"wanted": True, "note": "Which rig?"}, "needs_info"),
        (noa, "needs_info", {"wanted": False}, "unanswered"),
        (noa, "duplicate", {"original": original.public_id}, "duplicate"),
        (noa, "duplicate", {"original": None}, "unanswered"),
        (noa, "obsolete", {"wanted": True, "note": "Out of use."}, "obsolete"),
        (noa, "needs_info", {"wanted": False}, "obsolete"),
        (noa, "obsolete", {"wanted": False}, "unanswered"),
        (alex, "claim", {"claimed": True}, "unanswered"),
    ]
    for who, name, body, state in calls:
        for _n in range(2):
            answer = who.put(f"{thread}/{name}", body)
            assert (answer.status_code, answer.json()["state"]) == (200, state), name
    verbs = (
        Event.objects.filter(post=asked).exclude(verb="asked").order_by("pk").values_list("verb", flat=True)
    )
    assert list(verbs) == [
        "asked_back",
        "reopened",
        "duplicated",
        "reopened",
        "retired",
        "reopened",
        "claimed",
    ]


def test_a_taken_claim_is_409_and_the_holder_is_named(cast, program):
    asked = make.question(cast.noa, cast.open)
    address = f"/threads/{asked.public_id}/claim"
    program(cast.alex).put(address, {"claimed": True})
    refused = program(cast.hiba).put(address, {"claimed": True})
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "claimed")
    stands = program(cast.hiba).get(f"/threads/{asked.public_id}/standing").json()
    assert stands["claimed_by"] == {"username": "alex", "name": "Alex Dromi"}


def test_what_may_not_be_seen_is_not_found(cast, program):
    asked = make.question(cast.noa, cast.secret)
    hiba = program(cast.hiba)
    bodies = {
        "needs_info": {"wanted": True, "note": "Which?"},
        "obsolete": {"wanted": True, "note": "Old."},
        "duplicate": {"original": None},
        "claim": {"claimed": True},
    }
    for name, body in bodies.items():
        assert hiba.put(f"/threads/{asked.public_id}/{name}", body).status_code == 404
    for path in (f"/threads/{asked.public_id}/standing", "/communities/merger/promise"):
        assert hiba.get(path).status_code == 404
    assert hiba.get("/communities/merger/queues/new").status_code == 404


def test_an_original_that_one_may_not_see_is_null(cast, program):
    original, asked = make.question(cast.alex, cast.secret), make.question(cast.noa, cast.open)
    standing.repeat(actor=cast.noa, question=asked, original=original)
    address = f"/threads/{asked.public_id}/standing"
    assert program(cast.hiba).get(address).json()["original"] is None
    assert program(cast.alex).get(address).json()["original"] == original.public_id


def test_a_locked_question_takes_no_state(cast, program):
    asked = make.question(cast.noa, cast.open)
    make.lock(cast.moderator, asked)
    noa, hiba = program(cast.noa), program(cast.hiba)
    assert (
        noa.put(f"/threads/{asked.public_id}/obsolete", {"wanted": True, "note": "Old."}).status_code == 423
    )
    assert hiba.put(f"/threads/{asked.public_id}/claim", {"claimed": True}).status_code == 423


@pytest.mark.parametrize("path", ["/communities/open-talk/queues/unanswered", "/queues/unanswered"])
def test_queues_have_numbers_and_rows(cast, program, path):
    asked = make.question(cast.noa, cast.open)
    make.question(cast.noa, cast.secret)
    answer = program(cast.hiba).get(path).json()
    assert [row["id"] for row in answer["items"]] == [asked.public_id]
    assert answer["counts"]["unanswered"] == 1
    assert answer["items"][0]["community"] == "open-talk"


def test_the_promise_tells_hours_duty_and_rate(cast, program):
    promises.set_turns(actor=cast.owner, space=cast.open, people=[cast.alex])
    make.question(cast.noa, cast.open)
    answer = program(cast.hiba).get("/communities/open-talk/promise").json()
    assert (answer["hours"], answer["counting"], answer["week"]) == (24, "days", "sun_thu")
    assert answer["on_duty"]["person"]["username"] == "alex"
    assert (answer["kept"], answer["due"], answer["percent"], answer["waiting"]) == (0, 0, None, 1)
    assert answer["misses"] == []


def test_good_and_helped_are_states(cast, program):
    asked = make.question(cast.noa, cast.open)
    answered = make.answer(cast.alex, asked)
    for _n in range(2):
        assert program(cast.noa).put(f"/posts/{answered.public_id}/good", {"good": True}).status_code == 200
        assert (
            program(cast.hiba).put(f"/posts/{answered.public_id}/helped", {"helped": True}).status_code == 200
        )
    assert Event.objects.filter(verb__in=("praised", "helped")).count() == 2
