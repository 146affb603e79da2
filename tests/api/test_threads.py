"""The JSON API: threads, replies, votes, acceptance, edits, locks and flags as the contract has them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intranet.content.models import Post
from intranet.moderation.models import Flag
from tests.factories import threads as make


def error(response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


def test_me_says_who_i_am(cast, program):
    assert program(cast.noa).get("/me").json() == {
        "username": "noa",
        "name": "נועה תלתן",
        "language": "he",
        "unit": "R&D/Lab",
        "roles": ["employee"],
        "communities": [
            {"slug": "open-talk", "name": "מפעילים", "role": "member"},
            {"slug": "by-request", "name": "Line 3", "role": "member"},
            {"slug": "merger", "name": "Merger", "role": "member"},
            {"slug": "partners", "name": "Partners", "role": "member"},
        ],
    }


@pytest.mark.parametrize("who", ["nobody", "inactive"])
def test_without_a_token_of_an_active_person_there_is_nothing(cast, program, who):
    response = program(None if who == "nobody" else cast.inactive).get("/me")
    assert error(response) == (401, "signed_out")


def test_a_question_is_asked_once(cast, program):
    mine = program(cast.alex)
    body = {
        "kind": "question",
        "title": "Which limit applies?",
        "source": "0.05 or 0.08?",
        "tags": ["AX-40", "torque"],
        "client_token": "abc-1",
        "disclosures": ["ai_assisted"],
    }
    first = mine.post("/communities/open-talk/threads", body)
    again = mine.post("/communities/open-talk/threads", body)
    other = mine.post("/communities/open-talk/threads", body | {"source": "Another text"})
    assert first.status_code == 201
    assert first.json() == {"id": first.json()["id"], "url": f"/t/{first.json()['id']}/"}
    assert (again.status_code, again.json()) == (200, first.json())
    assert error(other) == (409, "token_reused")
    assert Post.objects.count() == 1


def test_a_thread_is_read_with_its_replies(cast, program):
    asked = make.question(cast.alex, cast.open, "Which limit?", "0.05 or 0.08?", tags=["AX-40"])
    answered = make.answer(cast.hiba, asked, "0.08")
    noted = make.comment(cast.alex, answered, "Thanks")
    read = program(cast.hiba).get(f"/threads/{asked.public_id}").json()
    created, last = read.pop("created"), read.pop("last_activity")
    assert created.endswith("Z") and last.endswith("Z")
    replies = read.pop("replies")
    assert read == {
        "id": asked.public_id,
        "kind": "question",
        "community": "open-talk",
        "title": "Which limit?",
        "source": "0.05 or 0.08?",
        "html": '<p dir="auto">0.05 or 0.08?</p>',
        "author": {"username": "alex", "name": "Alex Dromi"},
        "tags": ["AX-40"],
        "revision": 1,
        "score": 0,
        "reply_count": 2,
        "accepted": None,
        "disclosures": [],
        "locked": None,
    }
    assert replies["next"] is None
    assert [(r["id"], r["number"], r["kind"], r["parent"], r["source"]) for r in replies["items"]] == [
        (answered.public_id, 1, "answer", asked.public_id, "0.08"),
        (noted.public_id, 2, "comment", answered.public_id, "Thanks"),
    ]


def test_replies_answer_comment_and_reply(cast, program):
    mine = program(cast.hiba)
    asked = make.question(cast.alex, cast.open)
    talk = make.discussion(cast.alex, cast.open)
    answered = mine.post(f"/threads/{asked.public_id}/replies", {"source": "Warm it", "client_token": "t1"})
    body = {"source": "Which rig?", "parent": answered.json()["id"], "client_token": "t2"}
    noted = mine.post(f"/threads/{asked.public_id}/replies", body)
    replied = mine.post(f"/threads/{talk.public_id}/replies", {"source": "Fine", "client_token": "t3"})
    again = mine.post(f"/threads/{talk.public_id}/replies", {"source": "Fine", "client_token": "t3"})
    kinds = [Post.objects.get(public_id=made.json()["id"]).kind for made in (answered, noted, replied)]
    assert kinds == ["answer", "comment", "reply"]
    assert [made.status_code for made in (answered, noted, replied, again)] == [201, 201, 201, 200]
    assert again.json() == replied.json()


def test_a_parent_from_another_thread_is_not_there(cast, program):
    asked, other = make.question(cast.alex, cast.open), make.question(cast.alex, cast.open)
    body = {"source": "x", "parent": other.public_id}
    assert error(program(cast.hiba).post(f"/threads/{asked.public_id}/replies", body)) == (404, "not_found")


def test_a_locked_thread_answers_423_with_the_clause(cast, program):
    asked = make.question(cast.alex, cast.open)
    make.clause()
    wanted = {
        "locked": True,
        "scope": "replies",
        "clause": "working-with-suppliers#prices",
        "note": "",
        "until": None,
    }
    moderator = program(cast.moderator)
    locked = moderator.put(f"/posts/{asked.public_id}/lock", wanted)
    facts = {
        "reason": "Prices stay in the Purchasing space.",
        "policy": "working-with-suppliers",
        "clause": "working-with-suppliers#prices",
        "version": 1,
        "scope": "replies",
        "until": None,
    }
    assert (locked.status_code, locked.json()) == (200, {"id": asked.public_id, "locked": facts})
    assert moderator.put(f"/posts/{asked.public_id}/lock", wanted).json() == locked.json()
    refused = program(cast.hiba).post(f"/threads/{asked.public_id}/replies", {"source": "But"})
    assert error(refused) == (423, "locked")
    assert {name: refused.json()[name] for name in facts} == facts
    assert program(cast.hiba).get(f"/threads/{asked.public_id}").json()["locked"] == facts
    assert moderator.put(f"/posts/{asked.public_id}/lock", {"locked": False}).json()["locked"] is None
    assert (
        program(cast.hiba).post(f"/threads/{asked.public_id}/replies", {"source": "Now"}).status_code == 201
    )


def test_what_was_accepted_before_the_lock_is_answered_the_same_after_it(cast, program):
    asked = make.question(cast.alex, cast.open)
    mine, body = program(cast.hiba), {"source": "Warm it", "client_token": "t1"}
    first = mine.post(f"/threads/{asked.public_id}/replies", body)
    make.lock(cast.moderator, asked)
    again = mine.post(f"/threads/{asked.public_id}/replies", body)
    assert (again.status_code, again.json()) == (200, first.json())


def test_only_those_who_moderate_lock(cast, program):
    asked = make.question(cast.alex, cast.open)
    make.clause()
    wanted = {"locked": True, "clause": "working-with-suppliers#prices"}
    assert error(program(cast.hiba).put(f"/posts/{asked.public_id}/lock", wanted)) == (403, "not_moderator")


def test_a_clause_that_does_not_exist_locks_nothing(cast, program):
    asked = make.question(cast.alex, cast.open)
    for clause in ("", "nothing#here", "working-with-suppliers#none"):
        wanted = {"locked": True, "clause": clause}
        assert error(program(cast.moderator).put(f"/posts/{asked.public_id}/lock", wanted)) == (
            422,
            "bad_clause",
        )
    assert program(cast.hiba).get(f"/threads/{asked.public_id}").json()["locked"] is None


def test_a_vote_is_a_state(cast, program):
    asked = make.question(cast.alex, cast.open)
    mine = program(cast.hiba)
    scores = [
        mine.put(f"/posts/{asked.public_id}/vote", {"value": v}).json()["score"] for v in (1, 1, -1, 0, 0)
    ]
    assert scores == [1, 1, -1, 0, 0]
    assert error(program(cast.alex).put(f"/posts/{asked.public_id}/vote", {"value": 1})) == (403, "own_post")
    assert error(mine.put(f"/posts/{asked.public_id}/vote", {"value": 2})) == (422, "bad_request")


def test_acceptance_is_a_state(cast, program):
    asked = make.question(cast.alex, cast.open)
    first, second = make.answer(cast.hiba, asked), make.answer(cast.noa, asked)
    mine = program(cast.alex)
    for wanted in (first.public_id, first.public_id, second.public_id, None):
        said = mine.put(f"/threads/{asked.public_id}/accepted", {"answer": wanted})
        assert said.json() == {"id": asked.public_id, "accepted": wanted}
    refused = program(cast.hiba).put(f"/threads/{asked.public_id}/accepted", {"answer": second.public_id})
    assert error(refused) == (403, "not_asker")
    other = make.question(cast.alex, cast.open)
    fault = mine.put(f"/threads/{other.public_id}/accepted", {"answer": first.public_id})
    assert error(fault) == (422, "not_an_answer")


def test_an_edit_on_an_old_revision_is_stale(cast, program):
    asked = make.question(cast.alex, cast.open, source="One")
    mine = program(cast.alex)
    edited = mine.patch(f"/posts/{asked.public_id}", {"source": "Two", "base_revision": 1})
    assert (edited.json()["source"], edited.json()["revision"]) == ("Two", 2)
    stale = mine.patch(f"/posts/{asked.public_id}", {"source": "Three", "base_revision": 1})
    assert error(stale) == (409, "stale")
    assert (stale.json()["revision"], stale.json()["source"]) == (2, "Two")
    assert mine.patch(f"/posts/{asked.public_id}", {"source": "Two", "base_revision": 1}).status_code == 200


def test_a_second_flag_replaces_the_first(cast, program):
    asked = make.question(cast.alex, cast.open)
    make.clause()
    for note in ("first", "second"):
        body = {"clause": "working-with-suppliers#prices", "note": note}
        sent = program(cast.hiba).post(f"/posts/{asked.public_id}/flags", body)
        assert sent.json() == {"id": asked.public_id, "flagged": True}
    assert list(Flag.objects.values_list("reporter__username", "note")) == [("hiba", "second")]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"title": "T", "source": "x" * 20_001}, "too_long"),
        ({"title": "T", "source": "a\x00b"}, "bad_text"),
        ({"title": "  ", "source": "x"}, "no_title"),
        ({"title": "T" * 201, "source": "x"}, "title_too_long"),
        ({"title": "T", "source": "x", "disclosures": ["horoscope"]}, "bad_disclosure"),
        ({"title": "T", "source": "x", "kind": "article"}, "bad_request"),
        ({"source": "x"}, "bad_request"),
        ({"title": "T", "tags": ["a", "b", "c", "d", "e", "f"]}, "bad_request"),
        ({"title": "T", "client_token": "x" * 65}, "bad_request"),
    ],
)
def test_what_cannot_be_stored_changes_nothing(cast, program, body, code):
    assert error(program(cast.alex).post("/communities/open-talk/threads", body)) == (422, code)
    assert Post.objects.count() == 0


def test_errors_are_in_the_language_of_the_reader(cast, program):
    asked = make.question(cast.alex, cast.open)
    make.lock(cast.moderator, asked)
    path = f"/threads/{asked.public_id}/replies"
    english = program(cast.hiba).post(path, {"source": "x"}).json()["error"]["message"]
    assert english == "This is locked under Working with suppliers, 2, version 1. Your text is kept."


def test_too_much_at_once_is_turned_away(cast, program):
    mine = program(cast.alex)
    assert error(mine.post("/communities/open-talk/threads", {"title": "T", "source": "x" * 400_001})) == (
        413,
        "too_long",
    )
    for n in range(30):
        assert mine.post("/communities/open-talk/threads", {"title": f"T{n}"}).status_code == 201
    assert error(mine.post("/communities/open-talk/threads", {"title": "T30"})) == (429, "too_fast")


def test_what_is_no_json_is_a_bad_request(cast, program):
    mine = program(cast.alex)
    response = mine.client.generic(
        "POST",
        "/api/v1/communities/open-talk/threads",
        "{",
        content_type="application/json",
        headers=mine.headers,
    )
    assert error(response) == (400, "bad_request")


def test_the_description_is_open_and_needs_no_other_host(client, db):
    described = client.get("/api/v1/openapi.json")
    assert described.status_code == 200
    assert "/api/v1/threads/{public_id}/replies" in described.json()["paths"]
    page = client.get("/api/v1/docs").content.decode()
    assert "http://" not in page and "https://" not in page


def test_lists_cost_the_same_for_one_and_three(cast, program):
    mine = program(cast.alex)
    make.question(cast.noa, cast.open, tags=["AX-40"])

    def cost() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert mine.get("/communities/open-talk/threads").status_code == 200
        return len(caught)

    one = cost()
    for _n in range(2):
        make.answer(cast.hiba, make.question(cast.noa, cast.open, tags=["torque"]))
    assert cost() == one
