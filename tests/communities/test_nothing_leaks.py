"""What a reader may not see is answered exactly as what does not exist, on every page and by the API."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from communities.joining import actions as joining
from communities.questions import actions as questions
from intranet.content import guard
from intranet.content.models import Post
from intranet.people.models import ApiToken
from tests.factories import threads as make

STRANGERS = ["outsider", "former", "guest", "moderator", "admin", "km"]
TELLING = ("merger", "Merger", "Takeover", "target-price", "Target price", "Confidential numbers")


@pytest.fixture
def secret(cast):
    """A thread in the secret community, and what hangs on it; `former` was a member once."""
    joining.add(actor=cast.owner, space=cast.secret, person=cast.former)
    asked = make.question(cast.noa, cast.secret, "Takeover", "Confidential numbers", tags=["Target price"])
    answered = make.answer(cast.alex, asked, "Confidential numbers too")
    questions.accept(actor=cast.noa, question=asked, answer=answered)
    joining.remove(actor=cast.owner, space=cast.secret, person=cast.former)
    return asked, answered


def _plain(response) -> tuple[int, str]:
    """Status and page, without what differs on every page: tokens and the address itself."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return response.status_code, re.sub(r'name="next" value="[^"]*"', "", page)


@pytest.mark.parametrize("who", STRANGERS)
def test_pages_of_a_secret_community_look_like_none(cast, secret, who, sign_in):
    asked, answered = secret
    client: Client = sign_in(cast.people[who])
    pairs = [
        (f"/c/merger/{rest}", f"/c/nowhere/{rest}") for rest in ("", "about/", "members/", "ask/", "start/")
    ]
    pairs += [
        (f"/t/{asked.public_id}/", "/t/2222222222222/"),
        (f"/p/{answered.public_id}/", "/p/2222222222222/"),
    ]
    pairs += [
        (f"/p/{answered.public_id}/{rest}/", f"/p/2222222222222/{rest}/")
        for rest in ("reply", "edit", "remove")
    ]
    for hidden, absent in pairs:
        assert _plain(client.get(hidden)) == _plain(client.get(absent)), hidden
        assert client.get(hidden).status_code == 404


@pytest.mark.parametrize("who", STRANGERS)
def test_writing_there_looks_like_writing_nowhere(cast, secret, who, sign_in):
    asked, answered = secret
    client = sign_in(cast.people[who])
    sent = {"title": "T", "source": "x", "client_token": "token-0001", "kind": "idea", "base_revision": "1"}
    paths = [
        "/c/merger/ask/",
        "/c/merger/start/",
        "/c/merger/join/",
        "/c/merger/leave/",
        "/c/merger/members/",
    ]
    paths += [f"/p/{answered.public_id}/{rest}/" for rest in ("reply", "edit", "remove")]
    for path in paths:
        assert client.post(path, sent).status_code == 404, path
    deed = client.post(f"/t/{asked.public_id}/deed/", {"vote": f"{answered.public_id}:1"})
    assert deed.status_code == 404


@pytest.mark.parametrize("who", STRANGERS)
def test_lists_do_not_name_it(cast, secret, who, sign_in):
    client = sign_in(cast.people[who])
    for path in ("/c/", "/ask/"):
        page = client.get(path).content.decode()
        assert [word for word in TELLING if word in page] == [], path


@pytest.mark.parametrize("who", STRANGERS)
def test_the_api_knows_nothing_of_it(cast, secret, who):
    asked, answered = secret
    token = ApiToken.issue(cast.people[who], "tests")
    client = Client(headers={"Authorization": f"Bearer {token}"})
    nothing = client.get("/api/v1/threads/2222222222222").content
    for path in (f"threads/{asked.public_id}", "communities/merger/threads"):
        response = client.get(f"/api/v1/{path}")
        assert (response.status_code, response.content) == (404, nothing)
    for method, path, body in (
        ("POST", "communities/merger/threads", '{"title": "T"}'),
        ("POST", f"threads/{asked.public_id}/replies", '{"source": "x"}'),
        ("PUT", f"threads/{asked.public_id}/accepted", '{"answer": null}'),
        ("PUT", f"posts/{answered.public_id}/vote", '{"value": 1}'),
        ("PUT", f"posts/{answered.public_id}/lock", '{"locked": false}'),
        ("PATCH", f"posts/{answered.public_id}", '{"source": "x", "base_revision": 1}'),
        ("POST", f"posts/{answered.public_id}/flags", '{"clause": "a#b"}'),
    ):
        response = client.generic(method, f"/api/v1/{path}", body, content_type="application/json")
        assert (response.status_code, response.content) == (404, nothing), path
    listed = client.get("/api/v1/communities").content.decode() + client.get("/api/v1/me").content.decode()
    assert [word for word in TELLING if word in listed] == []


def test_a_community_by_request_is_known_by_name_alone(cast, sign_in):
    asked = make.question(cast.noa, cast.request, "Takeover", "Confidential numbers", tags=["Target price"])
    client = sign_in(cast.outsider)
    page = client.get("/c/by-request/").content.decode()
    assert "Line 3" in page
    assert [word for word in (*TELLING, "Noa Tiltan") if word in page] == []
    for path in ("/c/by-request/members/", "/c/by-request/ask/", asked.get_absolute_url()):
        assert client.get(path).status_code == 404


def test_a_guest_sees_their_community_and_no_other(cast, sign_in):
    page = sign_in(cast.guest).get("/c/").content.decode()
    assert "Partners" in page
    assert [name for name in ("Actuators", "Line 3", "Merger") if name in page] == []


def test_a_hidden_reply_is_a_placeholder_and_not_in_the_api(cast, sign_in):
    talk = make.discussion(cast.noa, cast.open)
    hidden = make.reply(cast.alex, talk, "Confidential numbers")
    with guard.opened():
        Post.objects.filter(pk=hidden.pk).update(state="hidden")
    page = sign_in(cast.hiba).get(talk.get_absolute_url()).content.decode()
    assert "A moderator hid this post." in page and "Confidential numbers" not in page
    client = Client(headers={"Authorization": f"Bearer {ApiToken.issue(cast.hiba, 'tests')}"})
    assert client.get(f"/api/v1/threads/{talk.public_id}").json()["replies"]["items"] == []
