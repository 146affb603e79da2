"""What people do on the pages of communities, programs do through the same actions."""

from __future__ import annotations

from communities.charters.models import Charter
from communities.questions.models import QuestionDetail
from intranet.activity.readers import catch_up_all
from intranet.content.models import Membership, Post, Reaction, Space
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
    assert noa.delete(address).status_code == 204
    assert noa.get("/communities/open-talk/experts").json()["items"] == []
    assert program(cast.guest).get("/communities/open-talk/experts").status_code == 404


def test_members_come_by_unit(cast, program):
    owner = program(cast.owner)
    made = owner.put("/communities/by-request/units", {"unit": "Service/Field"})
    assert (made.status_code, made.json()["unit"]) == (200, "Service/Field")
    assert program(cast.hiba).get("/communities/by-request/units").status_code == 403
    assert program(cast.outsider).get("/communities/by-request").json()["role"] == "member"
    assert owner.put("/communities/by-request/units", {"unit": "No/Such"}).status_code == 404
    assert owner.delete(f"/communities/by-request/units/{made.json()['id']}").status_code == 204
    assert owner.get("/communities/by-request/units").json()["items"] == []


def test_people_come_by_a_list_that_is_reported_first(cast, program):
    rows = "email,role\noutsider@example.org,expert\nnobody.here,\nalex@example.org,"
    owner = program(cast.owner)
    told = owner.post("/communities/open-talk/people", {"rows": rows}).json()
    assert (told["added"], [(row["number"], row["fate"]) for row in told["items"]]) == (
        False,
        [(2, "add"), (3, "unknown"), (4, "member")],
    )
    assert not Membership.objects.filter(space=cast.open, person=cast.outsider).exists()
    assert owner.post("/communities/open-talk/people", {"rows": rows, "add": True}).json()["added"] is True
    assert Membership.objects.get(space=cast.open, person=cast.outsider).role == "expert"
    assert owner.post("/communities/open-talk/people", {"rows": " "}).status_code == 422
    assert program(cast.alex).post("/communities/open-talk/people", {"rows": rows}).status_code == 403
    assert program(cast.alex).post("/communities/no-such-place/people", {"rows": rows}).status_code == 404


def test_links_are_listed_and_ended_and_invitations_taken_back(cast, program):
    owner, alex = program(cast.owner), program(cast.alex)
    made = owner.post("/communities/by-request/links", {"days": 1, "most_uses": 3}).json()
    (listed,) = owner.get("/communities/by-request/links").json()["items"]
    assert (listed, listed["open"], listed["uses"]) == (made, True, 0)
    assert alex.get("/communities/by-request/links").status_code == 403
    address = f"/communities/by-request/links/{made['id']}"
    assert alex.delete(address).status_code == 403
    assert owner.delete(address.replace("by-request", "open-talk")).status_code == 404
    assert (owner.delete(address).status_code, owner.delete(address).status_code) == (204, 204)
    assert owner.get("/communities/by-request/links").json()["items"][0]["open"] is False
    invited = owner.post("/communities/by-request/invitations", {"username": "outsider"}).json()
    address = f"/communities/by-request/invitations/{invited['id']}"
    assert alex.delete(address).status_code == 403
    assert owner.delete(address).status_code == 204
    assert program(cast.outsider).get("/invitations").json()["items"] == []


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
    assert alex.delete(key).status_code == 204
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
    assert program(cast.hiba).delete(f"/posts/{answered.public_id}").status_code == 403
    assert alex.delete(f"/posts/{answered.public_id}").status_code == 204
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


def test_who_runs_a_community_says_when_it_works(cast, program):
    owner, promise = program(cast.owner), "/communities/open-talk/promise"
    wanted = {"hours": 8, "counting": "hours", "week": "mon_fri", "zone": "Europe/Warsaw", "opens": "08:00"}
    made = owner.put(promise, wanted | {"holidays": [{"day": "2027-05-03", "name": "Constitution Day"}]})
    assert made.status_code == 200
    told = owner.get(promise).json()
    assert {name: told[name] for name in made.json()} == made.json()
    assert (told["hours"], told["week"], told["opens"], told["zone"]) == (
        8,
        "mon_fri",
        "08:00",
        "Europe/Warsaw",
    )
    assert told["holidays"] == [{"day": "2027-05-03", "name": "Constitution Day"}]
    assert program(cast.hiba).put(promise, wanted).status_code == 403
    assert owner.put(promise, wanted | {"zone": "Moon/Base"}).status_code == 422
    assert program(cast.guest).put(promise, wanted).status_code == 404
    assert owner.get(promise).json()["hours"] == 8


def test_turns_of_duty_are_set_and_given_away(cast, program):
    owner, turns = program(cast.owner), "/communities/open-talk/turns"
    made = owner.put(turns, {"people": ["noa", "alex"]}).json()["items"]
    assert [row["person"]["username"] for row in made[:3]] == ["noa", "alex", "noa"]
    given = owner.put(f"{turns}/{made[0]['week']}", {"person": "hiba"}).json()["items"][0]
    assert (given["person"]["username"], given["swapped"]) == ("hiba", True)
    back = owner.put(f"{turns}/{made[0]['week']}", {"person": None}).json()["items"][0]
    assert (back["person"]["username"], back["swapped"]) == ("noa", False)
    assert owner.put(turns, {"people": ["noa", "outsider"]}).status_code == 422
    assert program(cast.noa).put(turns, {"people": []}).status_code == 403
    assert program(cast.guest).get(turns).status_code == 404
    assert len(program(cast.hiba).get(turns).json()["items"]) == len(made)


def test_why_a_promise_was_missed_is_published(cast, program):
    asked = make.question(cast.noa, cast.open)
    address = f"/posts/{asked.public_id}/miss"
    assert program(cast.owner).put(address, {"why": "Everybody was at the fair."}).json() == {
        "why": "Everybody was at the fair."
    }
    assert program(cast.hiba).put(address, {"why": "Mine"}).status_code == 403
    hidden = make.question(cast.noa, cast.secret)
    assert program(cast.hiba).put(f"/posts/{hidden.public_id}/miss", {"why": "x"}).status_code == 404
    talk = make.discussion(cast.noa, cast.open)
    assert program(cast.owner).put(f"/posts/{talk.public_id}/miss", {"why": "x"}).status_code == 404
    assert QuestionDetail.objects.get(post=asked).miss_note == "Everybody was at the fair."


def test_who_runs_a_community_writes_its_templates(cast, program):
    owner, templates = program(cast.owner), "/communities/open-talk/templates"
    made = owner.put(
        templates, {"kind": "question", "name": "Fault", "title": "Fault of ", "body": "Since when?"}
    )
    assert (made.status_code, made.json()["title"]) == (200, "Fault of")
    again = owner.put(templates, {"kind": "question", "name": "Fault", "body": "Where?"})
    assert again.json()["id"] == made.json()["id"]
    assert [row["body"] for row in program(cast.hiba).get(templates).json()["items"]] == ["Where?"]
    assert program(cast.hiba).put(templates, {"kind": "question", "name": "Mine"}).status_code == 403
    assert owner.put(templates, {"kind": "song", "name": "Mine"}).status_code == 422
    assert owner.delete(f"{templates}/{made.json()['id']}").status_code == 204
    assert owner.get(templates).json()["items"] == []


def test_when_mail_comes_is_my_own_choice(cast, program):
    alex = program(cast.alex)
    assert alex.get("/inbox/mail").json() == {"rhythm": "never"}
    assert alex.put("/inbox/mail", {"rhythm": "weekly"}).json() == {"rhythm": "weekly"}
    assert alex.put("/inbox/mail", {"rhythm": "hourly"}).status_code == 422
    assert alex.get("/inbox/mail").json() == {"rhythm": "weekly"}
    assert program(cast.noa).get("/inbox/mail").json() == {"rhythm": "never"}
