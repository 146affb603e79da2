"""A word planted in a secret community is met nowhere by anybody who is outside of it, at any surface there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from intranet.content.models import Post
from tests.access.hidden import Hidden
from tests.access.walking import found_in, steps, take, text_of, this_week
from tests.access.words import ASKED, PLANTED

pytestmark = pytest.mark.django_db

OUTSIDERS = ["outsider", "guest", "former", "elsewhere", "moderator", "km", "admin", ""]
BODY: Mapping[str, object] = {
    "source": "x", "title": "x", "kind": "discussion", "client_token": "walk-0001", "value": 1, "note": "x", "why": "x",
    "locked": True, "clause": "suppliers#prices", "scope": "all", "base_revision": 1, "answer": None, "good": True,
    "needs_info": True, "claimed": True, "role": "member", "outcome": "lock", "text": "x", "username": "hiba",
    "person": "hiba", "wanted": True, "archived": True, "helped": True, "vote": 1, "level": "watching",
    "hours": 8, "people": ["hiba"], "name": "x", "body": "x",
}  # fmt: skip


def values_of(hidden: Hidden) -> dict[str, Sequence[str]]:
    """What stands in addresses: the hidden things, and one of those that lie open."""
    common = Post.objects.filter(space__slug="open-talk", root=None).values_list("public_id", flat=True)
    return {
        "word": [ASKED],
        "space": [hidden.space.slug, "open-talk"],
        "post": [*(post.public_id for post in hidden.shown()), *common[:1]],
        "person": ["noa", "former"],
        "queue": ["unanswered", "new"],
        "number": ["1"],
        "week": [this_week()],
        "draft": [f"reply:{hidden.posts[0].public_id}"],
        "token": ["1:x"],
        "topic": ["torque"],
        "followed kind": ["thread", "community", "person"],
        "followed": [hidden.space.slug, hidden.posts[0].public_id, "noa"],
        "blog": ["noa"],
        "policy": ["suppliers"],
        "policy post": ["2222222222222"],
        "unit": ["rd-lab"],
        **hidden.things,
    }


def leaks(reader, hidden: Hidden, who: str) -> list[str]:
    """Addresses whose answers hold what `who` must not meet."""
    person, telling, found = reader(who), hidden.telling(who), []
    for step in steps(values_of(hidden), libraries=who in ("", "outsider", "admin")):
        text = text_of(take(person.through(step.address), step, BODY))
        found += [f"{step.method} {step.address}: {word}" for word in found_in(text, step, telling)]
    return found


@pytest.mark.parametrize("who", OUTSIDERS, ids=lambda who: who or "nobody")
def test_no_address_tells_an_outsider(hidden, reader, who):
    assert leaks(reader, hidden, who) == []


def test_a_member_meets_the_word(hidden, reader):
    """The walk would find nothing in a world in which nothing was planted."""
    alex = reader("alex")
    addresses = ["/c/", f"/c/{hidden.space.slug}/", f"/search/?q={ASKED}", "/inbox/", "/api/v1/communities"]
    addresses += [f"/t/{hidden.shown()[n].public_id}/" for n in (0, 2)]
    addresses += ["/articles/", f"/api/v1/communities/{hidden.space.slug}/ready-answers"]
    assert [each for each in addresses if PLANTED not in text_of(alex.through(each).get(each))] == []
    assert PLANTED in text_of(reader("noa").get("/bookmarks/"))
    assert PLANTED in text_of(reader("moderator2").get("/sealed/requests/"))
    assert PLANTED in text_of(reader("owner").get("/moderation/rules/"))
