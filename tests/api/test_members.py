"""Members, requests, invitations and links through the API."""

from __future__ import annotations

from communities.joining.models import JoinRequest


def test_joining_and_leaving_are_states(cast, program):
    outsider = program(cast.outsider)
    for _twice in range(2):
        answer = outsider.put("/communities/open-talk/membership", {})
        assert (answer.status_code, answer.json()) == (200, {"state": "member", "role": "member"})
    for _twice in range(2):
        answer = outsider.delete("/communities/open-talk/membership")
        assert (answer.status_code, answer.json()) == (200, {"state": "none", "role": None})
    assert outsider.put("/communities/merger/membership", {}).status_code == 404


def test_a_request_is_made_read_and_decided(cast, program):
    outsider, owner = program(cast.outsider), program(cast.owner)
    refused = outsider.put("/communities/by-request/membership", {})
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "by_request")
    asked = outsider.put("/communities/by-request/membership", {"why": "I maintain it."})
    assert asked.json() == {"state": "waiting", "role": None}
    assert program(cast.alex).get("/communities/by-request/requests").status_code == 403
    (waiting,) = owner.get("/communities/by-request/requests").json()["items"]
    assert (waiting["person"]["username"], waiting["why"]) == ("outsider", "I maintain it.")
    path = f"/communities/by-request/requests/{waiting['id']}"
    assert owner.put(path, {"let_in": False}).status_code == 422
    assert owner.put(path, {"let_in": True}).json()["outcome"] == "accepted"
    members = owner.get("/communities/by-request/members").json()["items"]
    came = {row["person"]["username"]: row["came"] for row in members}
    assert came["outsider"] == "Asked, and was let in by Omer Vardan"


def test_an_invitation_is_answered_by_the_invited_alone(cast, program):
    said = {"username": "outsider", "note": "Come."}
    made = program(cast.owner).post("/communities/merger/invitations", said).json()
    assert program(cast.alex).post("/communities/merger/invitations", said).status_code == 403
    assert program(cast.former).put(f"/invitations/{made['id']}", {"accept": True}).status_code == 404
    outsider = program(cast.outsider)
    assert [row["community"] for row in outsider.get("/invitations").json()["items"]] == ["merger"]
    assert outsider.put(f"/invitations/{made['id']}", {"accept": True}).json()["outcome"] == "accepted"
    assert outsider.get("/communities/merger/members").status_code == 200


def test_roles_links_and_the_archive_are_for_those_who_run_it(cast, program):
    owner, alex = program(cast.owner), program(cast.alex)
    path = "/communities/open-talk/members/hiba"
    assert alex.put(path, {"role": "manager"}).status_code == 403
    assert owner.put(path, {"role": "manager"}).json() == {"state": "member", "role": "manager"}
    assert alex.post("/communities/open-talk/links", {}).status_code == 403
    link = owner.post("/communities/open-talk/links", {"days": 7, "most_uses": 5})
    assert (link.status_code, "/join/" in link.json()["url"]) == (201, True)
    assert alex.put("/communities/open-talk/archived", {"archived": True}).status_code == 403
    for wanted in (True, True, False):
        answer = owner.put("/communities/open-talk/archived", {"archived": wanted})
        assert answer.json() == {"slug": "open-talk", "archived": wanted}


def test_health_and_suggestions_keep_to_what_one_may_see(cast, program):
    outsider = program(cast.outsider)
    health = outsider.get("/communities/open-talk/health").json()
    assert health["active"] == {"part": 0, "whole": 6, "part_before": 0, "whole_before": 0}
    assert outsider.get("/communities/by-request/health").status_code == 404
    assert outsider.get("/suggestions").json() == {"items": [], "next": None}
    assert not JoinRequest.objects.exists()
