"""A policy reaches its audience and nobody else, by page, list, search, program, home page and hint."""

import re

import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from intranet.access import visibility
from intranet.content.models import Post
from intranet.people.models import ApiToken, User
from intranet.policies.actions import publish_policy
from intranet.policies.audiences import audiences_of, people_of
from intranet.policies.hints import hint_for
from intranet.policies.kinds import Audience
from intranet.policies.models import PolicyPage, PolicyVersion
from intranet.search.indexing import index_posts
from tests.factories.cast import make_cast

pytestmark = pytest.mark.django_db

SEEN = {
    "noa": {"writers", "community", "everyone"},
    "alex": {"writers", "community", "everyone", "managers"},
    "guest": {"community", "everyone", "guests"},
    "moderator": set(Audience.values),
    "admin": set(Audience.values),
    "inactive": set(),
}
"""Who sees policies for which audiences; alex manages hiba."""


@pytest.fixture
def cast():
    cast = make_cast()
    cast.hiba.manager = cast.alex
    cast.hiba.save()
    for audience in Audience.values:
        publish_policy(
            owner=cast.admin,
            slug=f"for-{audience}",
            title=f"Quokka rules for {audience}",
            clauses=[
                {
                    "anchor": "quokka",
                    "title_en": "Quokka",
                    "text_en": f"About the quokka, {audience}.",
                    "hint_words": f"quokka{audience}",
                }
            ],
            audience=audience,
            must_acknowledge=True,
        )
    index_posts(list(Post.objects.values_list("pk", flat=True)))
    return cast


def named(text: str) -> set[str]:
    words = strip_tags(text)
    return {audience for audience in Audience.values if f"Quokka rules for {audience}" in words}


@pytest.mark.parametrize("who", [name for name in SEEN if name != "inactive"])
def test_by_page_search_program_and_hint(cast, client, who):
    person = User.objects.get(username=who)
    client.force_login(person)
    bearer = {"Authorization": f"Bearer {ApiToken.issue(person, 'test')}"}
    hints = {
        audience for audience in Audience.values if hint_for(f"a quokka{audience}", cast.partners, person)
    }
    pages = {a for a in Audience.values if client.get(f"/policies/for-{a}/").status_code == 200}
    reads = {a for a in Audience.values if client.get(f"/policies/for-{a}/read/").status_code == 200}
    listed = client.get("/api/v1/policies", headers=bearer).json()["items"]
    found = client.get("/api/v1/search?q=quokka", headers=bearer).json()
    assert {
        "index": named(client.get("/policies/").content.decode()),
        "pages": pages,
        "reads": reads,
        "search": named(client.get("/search/?q=quokka").content.decode()),
        "found": {item["title"].removeprefix("Quokka rules for ") for item in found["items"]},
        "counted": found["counts"].get("policy", 0),
        "listed": {item["audience"] for item in listed},
        "hints": hints,
    } == dict.fromkeys(["index", "pages", "reads", "search", "found", "listed", "hints"], SEEN[who]) | {
        "counted": len(SEEN[who])
    }


@pytest.mark.parametrize("address", ["", "read/", "readers/", "readers.csv", "?version=1"])
def test_what_is_not_for_me_looks_like_what_does_not_exist(cast, client, address):
    client.force_login(cast.guest)
    hidden = client.get(f"/policies/for-managers/{address}")
    nothing = client.get(f"/policies/for-nobody/{address}")
    assert (hidden.status_code, _bare(hidden)) == (404, _bare(nothing))


def _bare(answer) -> str:
    """A page without what differs on every page: the token of its forms and its own address."""
    text = answer.content.decode().replace("for-managers", "for-nobody")
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", text)


def test_home_asks_each_for_their_own(cast, client):
    waiting = {}
    for who in ("noa", "alex", "guest", "admin"):
        client.force_login(User.objects.get(username=who))
        waiting[who] = named(client.get("/").content.decode())
    assert waiting == {
        "noa": {"writers", "community", "everyone"},
        "alex": {"writers", "community", "everyone", "managers"},
        "guest": {"community", "everyone", "guests"},
        "admin": {"writers", "community", "everyone"},
    }


def test_the_shapes_of_the_rule_agree(cast):
    for person in User.objects.all():
        listed = set(PolicyPage.objects.visible_to(person).values_list("audience", flat=True))
        asked = {audience for audience in Audience.values if visibility.sees_audience(person, audience)}
        posts = {post.policy_page.audience for post in Post.objects.visible_to(person).filter(kind="policy")}
        one_by_one = {
            post.policy_page.audience
            for post in Post.objects.filter(kind="policy").select_related("space", "root")
            if visibility.sees_post(person, post)
        }
        assert listed == asked == posts == one_by_one, person.username
        assert person.username not in SEEN or listed == SEEN[person.username]


def test_who_is_asked_is_the_same_from_both_sides(cast):
    for person in User.objects.active():
        mine = {audience for audience in Audience.values if people_of(audience).filter(pk=person.pk).exists()}
        assert mine == set(audiences_of(person)), person.username


def test_a_policy_that_changes_its_audience_moves_with_all_that_hangs_on_it(cast, client):
    page = PolicyPage.objects.get(slug="for-everyone")
    page.audience = Audience.MANAGERS
    page.save_revision(user=cast.admin).publish(user=cast.admin)
    client.force_login(cast.noa)
    assert client.get("/policies/for-everyone/").status_code == 404
    assert not Post.objects.visible_to(cast.noa).filter(title="Quokka rules for everyone").exists()
    assert PolicyVersion.objects.filter(policy=page).count() == 1


def test_the_index_filters_by_audience_and_aim_together(cast, client):
    PolicyPage.objects.filter(slug="for-writers").update(aim="protect")
    client.force_login(cast.noa)
    assert named(client.get("/policies/?for=writers&aim=protect").content.decode()) == {"writers"}
    assert named(client.get("/policies/?aim=protect").content.decode()) == {"writers"}
    assert named(client.get("/policies/?for=community&aim=protect").content.decode()) == set()
    assert "for=managers" not in client.get(reverse("policies:index")).content.decode()
