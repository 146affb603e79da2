"""What people do on the pages of communities, programs do through the same actions."""

from __future__ import annotations

from communities.charters.models import Charter
from intranet.activity.readers import catch_up_all
from intranet.content.models import Post, Reaction, Space
from tests.factories import threads as make

CHARTER = {
    "slug": "cold-rooms",
    "name": "Cold rooms",
    "purpose": "What freezes, and why.",
    "audience": "Whoever works below zero.",
    "goal": "Fewer returns in winter.",
    "success_signs": "Answered within the day.",
    "review_date": "2999-06-30",
}


def test_a_community_is_opened_read_changed_and_renewed(cast, program):
    alex, hiba = program(cast.alex), program(cast.hiba)
    made = alex.post("/communities", CHARTER | {"visibility": "request", "joining": "request"})
    assert (made.status_code, made.json()["role"], made.json()["owner"]["username"]) == (201, "owner", "alex")
    assert alex.post("/communities", CHARTER).status_code == 422
    assert alex.post("/communities", CHARTER | {"slug": "x y"}).status_code == 422
    assert program(cast.guest).post("/communities", CHARTER | {"slug": "mine"}).status_code == 403
    read = hiba.get("/communities/cold-rooms").json()
    assert (read["goal"], read["role"], read["hours_a_week"]) == ("Fewer returns in winter.", None, 2)
    changed = CHARTER | {"goal": "None at all.", "visibility": "secret", "joining": "invite"}
    assert hiba.put("/communities/cold-rooms/charter", changed).status_code == 404
    assert alex.put("/communities/cold-rooms/charter", changed).json()["goal"] == "None at all."
    assert hiba.get("/communities/cold-rooms").status_code == 404
    assert hiba.get("/communities/cold-rooms").content == hiba.get("/communities/no-such-place").content
    renewed = alex.put("/communities/cold-rooms/review", {"until": "2998-01-01"})
    assert (renewed.status_code, renewed.json()["review_date"]) == (200, "2998-01-01")
    assert Charter.objects.get(space__slug="cold-rooms").owner == cast.alex


def test_a_part_does_not_name_a_secret_parent(cast, program):
    Charter.objects.filter(space=cast.open).update(parent=cast.secret)
    assert program(cast.alex).get("/communities/open-talk").json()["parent"] == "merger"
    assert program(cast.hiba).get("/communities/open-talk").json()["parent"] is None


def test_experts_offer_themselves_and_are_named(cast, program):
    noa, owner = program(cast.noa), program(cast.owner)
    offer = noa.post("/communities/open-talk/experts", {"topic": "grease", "sentence": "I mix it."})
    assert (offer.status_code, offer.json()["outcome"]) == (201, "waiting")
    address = f"/communities/open-talk/experts/{offer.json()['id']}"
    assert noa.put(address, {"accept": True}).status_code == 403
    assert owner.put(address, {"accept": True}).json()["outcome"] == "accepted"
    listed = noa.get("/communities/open-talk/experts").json()["items"]
    assert [(row["person"]["username"], row["topic"]) for row in listed] == [("noa", "grease")]
    assert (
        program(cast.outsider)
        .post("/communities/open-talk/experts", {"topic": "a", "sentence": "b"})
        .status_code
        == 403
    )
    assert noa.send("DELETE", address).status_code == 204
    assert noa.get("/communities/open-talk/experts").json()["items"] == []
    assert program(cast.guest).get("/communities/open-talk/experts").status_code == 404


def test_members_come_by_unit(cast, program):
    owner = program(cast.owner)
    made = owner.put("/communities/by-request/units", {"unit": "Service/Field"})
    assert (made.status_code, made.json()["unit"]) == (200, "Service/Field")
    assert program(cast.hiba).get("/communities/by-request/units").status_code == 403
    assert program(cast.outsider).get("/communities/by-request").json()["role"] == "member"
    assert owner.put("/communities/by-request/units", {"unit": "No/Such"}).status_code == 404
    assert owner.send("DELETE", f"/communities/by-request/units/{made.json()['id']}").status_code == 204
    assert owner.get("/communities/by-request/units").json()["items"] == []


def test_a_draft_is_compared_and_set_and_is_mine_alone(cast, program):
    alex, key = program(cast.alex), "/drafts/ask:open-talk"
    assert alex.get(key).status_code == 404
    first = alex.put(key, {"version": 0, "body": {"title": "Grease", "source": "Red\u0000?"}})
    assert (first.status_code, first.json()["body"]["source"]) == (200, "Red?")
    version = first.json()["version"]
    second = alex.put(key, {"version": version, "body": {"title": "Grease", "source": "Red, or blue?"}})
    late = alex.put(key, {"version": version, "body": {"title": "Grease", "source": "Mine."}})
    assert (second.status_code, late.status_code) == (200, 409)
    assert late.json()["body"]["source"] == alex.get(key).json()["body"]["source"] == "Red, or blue?"
    assert program(cast.noa).get(key).status_code == 404
    assert alex.get("/drafts/no key").status_code == 404
    assert alex.send("DELETE", key).status_code == 204
    assert alex.get(key).status_code == 404


def test_the_inbox_tells_a_line_a_thread_and_is_marked_as_seen(cast, program):
    asked = make.question(cast.alex, cast.open, "Which limit applies?")
    for person in (cast.noa, cast.hiba):
        make.answer(person, asked)
    hidden = make.question(cast.alex, cast.secret, "Which price?")
    make.answer(cast.noa, hidden)
    catch_up_all()
    alex = program(cast.alex)
    told = alex.get("/inbox").json()
    line = next(row for row in told["items"] if row["community"] == "open-talk")
    assert (line["unseen"], line["verb"], "Which limit" in line["words"]) == (2, "answered", True)
    assert told["unseen"] == 3
    assert program(cast.noa).put(f"/inbox/{line['id']}/seen", {}).status_code == 404
    assert alex.put(f"/inbox/{line['id']}/seen", {}).json() == {"unseen": 1}
    Space.objects.get(slug="merger").memberships.filter(person=cast.alex).delete()
    assert [row["community"] for row in alex.get("/inbox").json()["items"]] == ["open-talk"]
    assert alex.put("/inbox/seen", {}).json() == {"unseen": 0}


def test_thanks_and_taking_a_post_out_of_sight(cast, program):
    asked = make.question(cast.noa, cast.open)
    answered = make.answer(cast.alex, asked)
    noa, alex = program(cast.noa), program(cast.alex)
    for _again in range(2):
        assert noa.put(f"/posts/{answered.public_id}/thanks", {"thanked": True}).json()["thanked"] is True
    assert Reaction.objects.filter(kind="thanks").count() == 1
    assert alex.put(f"/posts/{answered.public_id}/thanks", {"thanked": True}).status_code == 403
    assert program(cast.hiba).send("DELETE", f"/posts/{answered.public_id}").status_code == 403
    assert alex.send("DELETE", f"/posts/{answered.public_id}").status_code == 204
    assert Post.objects.get(pk=answered.pk).state == "deleted"
    assert noa.get(f"/threads/{asked.public_id}").json()["replies"]["items"] == []


def test_similar_questions_come_with_their_state_and_none_that_is_hidden(cast, program):
    make.question(cast.noa, cast.open, "Torque drift on rig B after the burn-in")
    make.question(cast.noa, cast.secret, "Torque drift on rig B in the merger")
    catch_up_all()
    found = program(cast.hiba).get("/similar?title=Torque+drift+on+rig+B&community=open-talk").json()["items"]
    assert [(row["title"], row["state"]) for row in found] == [
        ("Torque drift on rig B after the burn-in", "unanswered")
    ]
