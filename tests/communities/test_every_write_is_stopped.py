"""Every way to write, under every scope of a lock, on the post, on its thread and on the whole space."""

from __future__ import annotations

import pytest
from django.test import Client

from communities.questions import actions as questions
from intranet.content.models import Post, Reaction
from intranet.moderation import locks
from intranet.people.models import ApiToken
from tests.factories import threads as make

STOPPED = {
    "replies": {"reply", "comment"},
    "edits": {"edit", "withdraw"},
    "votes": {"vote"},
    "attachments": set(),
    "all": {"reply", "comment", "edit", "withdraw", "vote", "accept"},
}
FORM = {"source": "Late", "client_token": "token-0001", "title": "Late", "tags": "", "base_revision": "1"}


def by_page(client: Client, asked: Post, answered: Post, way: str) -> bool:
    """Do `way` on a page as its author or reader; whether it was refused."""
    presses = {"vote": {"vote": f"{answered.public_id}:1"}, "accept": {"accept": f"{answered.public_id}:1"}}
    if way in presses:
        response = client.post(f"/t/{asked.public_id}/deed/", presses[way])
    else:
        target, page = {
            "reply": (asked, "reply"),
            "comment": (answered, "reply"),
            "edit": (answered, "edit"),
            "withdraw": (answered, "remove"),
        }[way]
        response = client.post(f"/p/{target.public_id}/{page}/", FORM | {"client_token": f"token-{way}"})
    assert response.status_code in (302, 403)
    return response.status_code == 403


def by_program(client: Client, asked: Post, answered: Post, way: str) -> bool:
    """Do `way` through the API; whether it was refused with 423."""
    method, path, body = {
        "reply": ("POST", f"threads/{asked.public_id}/replies", '{"source": "Late"}'),
        "comment": (
            "POST",
            f"threads/{asked.public_id}/replies",
            f'{{"source": "Late", "parent": "{answered.public_id}"}}',
        ),
        "edit": ("PATCH", f"posts/{answered.public_id}", '{"source": "Late", "base_revision": 1}'),
        "vote": ("PUT", f"posts/{answered.public_id}/vote", '{"value": 1}'),
        "accept": ("PUT", f"threads/{asked.public_id}/accepted", f'{{"answer": "{answered.public_id}"}}'),
    }[way]
    response = client.generic(method, f"/api/v1/{path}", body, content_type="application/json")
    assert response.status_code in (200, 201, 423), response.content
    return response.status_code == 423


def _everything(asked: Post) -> tuple:
    posts = (
        Post.objects.filter(root=asked).order_by("number").values_list("source", "state", "score", "revision")
    )
    detail = questions.QuestionDetail.objects.get(post=asked)
    return list(posts), Reaction.objects.count(), detail.accepted_id


@pytest.mark.parametrize("scope", STOPPED)
@pytest.mark.parametrize("where", ["post", "thread", "space"])
@pytest.mark.parametrize("how", ["page", "program"])
def test_locks_stop_what_they_say_and_nothing_else(cast, scope, where, how):
    asked = make.question(cast.noa, cast.open)
    answered = make.answer(cast.alex, asked)
    target = {"space": cast.open} if where == "space" else {"post": asked if where == "thread" else answered}
    locks.lock(actor=cast.moderator, clause=make.clause(), scope=scope, **target)
    people = {"edit": cast.alex, "withdraw": cast.alex, "accept": cast.noa}
    ways = (
        ("reply", "comment", "edit", "vote", "accept", "withdraw")
        if how == "page"
        else ("reply", "comment", "edit", "vote", "accept")
    )
    for way in ways:
        person = people.get(way, cast.hiba)
        client = Client(headers={"Authorization": f"Bearer {ApiToken.issue(person, way)}"})
        client.force_login(person)
        before = _everything(asked)
        refused = (by_page if how == "page" else by_program)(client, asked, answered, way)
        # An answer to the question is beside a lock that lies on another answer.
        beside = where == "post" and way == "reply"
        assert refused == (way in STOPPED[scope] and not beside), way
        assert (_everything(asked) == before) == refused, way


def test_a_lock_on_an_answer_leaves_the_rest_of_the_thread_open(cast):
    asked = make.question(cast.noa, cast.open)
    held, free = make.answer(cast.alex, asked), make.answer(cast.owner, asked)
    make.lock(cast.moderator, held)
    client = Client()
    client.force_login(cast.hiba)
    assert client.post(f"/p/{held.public_id}/reply/", FORM).status_code == 403
    assert client.post(f"/p/{free.public_id}/reply/", FORM).status_code == 302
