"""Asking, sealed names, ready answers and articles, by programs."""

from __future__ import annotations

from communities.questions import actions as questions
from tests.factories import threads as make


def test_asking_by_name_and_in_a_hurry(cast, program):
    noa, place = program(cast.noa), f"/communities/{cast.open.slug}"
    card = noa.get(f"{place}/asked?to=@hiba").json()
    assert ([line["person"]["username"] for line in card["items"]], card["urgent_left"]) == (["hiba"], 2)
    said = {"title": "Why does it drift?", "to": "@hiba", "urgent": "The line stands", "client_token": "a-1"}
    made = noa.post(f"{place}/threads", said)
    assert made.status_code == 201
    assert noa.post(f"{place}/threads", said).json()["id"] == made.json()["id"]
    assert noa.get(f"{place}/asked").json()["urgent_left"] == 1
    refused = noa.post(f"{place}/threads", said | {"to": "@nobody", "client_token": "a-2"})
    assert (refused.status_code, refused.json()["error"]["code"]) == (422, "bad_addressee")


def test_a_sealed_name_by_programs(cast, program):
    place = f"/communities/{cast.open.slug}/threads"
    noa, one, two = program(cast.noa), program(cast.moderator), program(cast.moderator2)
    said = {"title": "May I say no?", "anonymous": True, "client_token": "b-1"}
    assert noa.post(place, said).json()["error"]["code"] == "not_anonymous"
    cast.open.charter.anonymous_allowed = True
    cast.open.charter.save()
    made = noa.post(place, said).json()["id"]
    assert noa.get(f"/threads/{made}").json()["author"]["username"] == "anonymous-colleague"
    assert [row["id"] for row in noa.get("/me/anonymous").json()["items"]] == [made]
    assert program(cast.alex).get("/me/anonymous").json()["items"] == []
    assert program(cast.alex).post(f"/threads/{made}/openings", {"reason": "x"}).status_code == 404
    asked = one.post(f"/threads/{made}/openings", {"reason": "A threat"}).json()["id"]
    assert one.put(f"/openings/{asked}", {"agree": True}).json()["error"]["code"] == "takes_two"
    assert two.put(f"/openings/{asked}", {"agree": True}).json()["asker"] is None
    assert two.post(f"/openings/{asked}/look", {}).json()["asker"]["username"] == "noa"
    assert program(cast.admin).post(f"/openings/{asked}/look", {}).json()["asker"] is None


def test_ready_answers_by_programs(cast, program):
    address = f"/communities/{cast.open.slug}/ready-answers"
    owner = program(cast.owner)
    assert owner.put(address, {"name": "Zero", "body": "Zero it warm."}).status_code == 200
    assert [row["body"] for row in owner.get(address).json()["items"]] == ["Zero it warm."]
    assert program(cast.noa).get(address).status_code == 403
    number = owner.get(address).json()["items"][0]["id"]
    assert owner.delete(f"{address}/{number}").status_code == 204
    assert owner.get(address).json()["items"] == []


def test_an_article_by_programs(cast, program):
    asked = make.question(cast.noa, cast.open, "Why does it drift?")
    answer = make.answer(cast.alex, asked)
    noa = program(cast.noa)
    assert noa.post(f"/posts/{answer.public_id}/article", {}).json()["error"]["code"] == "not_accepted"
    questions.accept(actor=cast.noa, question=asked, answer=answer)
    draft = noa.post(f"/posts/{answer.public_id}/article", {}).json()
    assert (draft["state"], draft["owner"]["username"], draft["answer"]) == ("draft", "noa", answer.public_id)
    address = f"/articles/{draft['id']}"
    assert program(cast.hiba).get(address).status_code == 404
    wanted = {"title": "Drift", "source": "Warm.", "owner": "alex", "base": draft["base"]}
    assert noa.put(address, wanted).json()["owner"]["username"] == "alex"
    assert noa.put(address, wanted).status_code == 409
    assert noa.post(f"{address}/publish", {}).json()["state"] == "verified"
    assert [row["title"] for row in program(cast.hiba).get("/articles").json()["items"]] == ["Drift"]
    assert program(cast.hiba).post(f"{address}/verify", {}).status_code == 403
