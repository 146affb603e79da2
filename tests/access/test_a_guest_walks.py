"""A guest goes to every address there is, and meets nothing but their own community.

The words planted here stand in everything that a guest must not learn of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from blogs.actions import EntryText, publish, save_draft
from blogs.roots import open_blog
from communities.charters.models import Charter
from communities.inviting import actions as inviting
from communities.inviting import links, rules
from communities.joining import requests
from communities.openings.actions import save_opening
from communities.pinning.actions import pin
from communities.questions import actions as questions
from communities.roles import actions as roles
from intranet.activity.models import Event
from intranet.activity.readers import catch_up_all
from intranet.content.models import Post, Space
from intranet.content.public_ids import new_public_id
from intranet.content.tagging import tags_named
from intranet.moderation import locks
from intranet.people.models import OrgUnit, User
from intranet.policies.actions import publish_policy
from kms.articles import actions as articles
from kms.articles.models import ArticlePage
from tests.access.conftest import Reader, for_a_while
from tests.access.walking import KINDS, steps, take, text_of, this_week
from tests.access.words import ASKED, BOTH, PLANTED
from tests.factories import threads as make
from tests.factories.cast import Cast, join, make_cast, person

pytestmark = pytest.mark.django_db

CLAUSE = {"anchor": "prices", "title_en": BOTH, "text_en": BOTH}
STRANGER = "quillwort-person"
ASKABLE = ("/search", "/experts", "/ask/", "/queues", "/c/partners/", "/api/v1/search", "/api/v1/experts")
"""Addresses that answer a question; they are asked all of these."""
QUERIES = (
    "",
    f"?q={ASKED}",
    f"?title={ASKED}&community=open-talk",
    "?kind=discussion",
    "?show=overdue",
    "?list=active",
    "?list=crossing",
)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Cast]:
    """The cast with a stranger, and the words wherever a guest of `partners` may not look."""
    with django_db_blocker.unblock(), for_a_while(tmp_path_factory.mktemp("attachments")):
        yield _fill(make_cast())


def _fill(cast: Cast) -> Cast:
    hidden_unit = OrgUnit.objects.create(path=BOTH, name=BOTH)
    stranger = person(STRANGER, "employee", unit=hidden_unit, name=f"Ada {BOTH}", title=BOTH)
    cast.people["stranger"] = stranger
    for place in (cast.open, cast.request, cast.secret):
        Space.objects.filter(pk=place.pk).update(name=BOTH, purpose=BOTH)
        Charter.objects.filter(space=place).update(goal=BOTH, audience=BOTH, welcome=BOTH)
        join(place, stranger)
        _write(cast, Space.objects.get(pk=place.pk), stranger)
    blog = open_blog(owner=stranger)
    text = EntryText(title=BOTH, source=BOTH)
    publish(
        author=stranger,
        page=save_draft(author=stranger, blog=blog, key=new_public_id(), text=text, version=0),
    )
    publish_policy(owner=cast.admin, slug="hidden", title=BOTH, clauses=[CLAUSE], audience="writers")
    requests.ask_to_join(person=cast.outsider, space=cast.request, why=BOTH)
    make.question(cast.noa, cast.partners, "Which bolts for the pilot?")
    catch_up_all()
    for each in cast.people.values():
        each.__dict__.pop("space_roles", None)
    return cast


def _write(cast: Cast, place: Space, stranger: User) -> None:
    asked = make.question(stranger, place, BOTH, f"{BOTH} @guest", tags=[BOTH])
    answered = make.answer(cast.alex, asked, f"{BOTH} @guest")
    questions.accept(actor=stranger, question=asked, answer=answered)
    articles.publish(actor=stranger, page=articles.promote(actor=stranger, answer=answered))
    talk = make.discussion(stranger, place, BOTH, BOTH)
    pin(actor=cast.owner, post=talk)
    (tag,) = tags_named([BOTH])
    offer = roles.offer_expertise(person=stranger, space=place, tag=tag, sentence=BOTH)
    roles.decide_expertise(actor=cast.owner, offer=offer, accept=True)
    save_opening(actor=cast.owner, space=place, kind="question", name=BOTH, body=BOTH)
    rules.add_rule(actor=cast.owner, space=place, unit=stranger.unit)
    inviting.invite(actor=cast.owner, space=place, person=cast.km, note=BOTH)
    links.make_link(actor=cast.owner, space=place)
    if place.visibility != "secret":
        locks.lock(actor=cast.moderator, post=talk, clause=make.clause(f"clause-{place.slug}", BOTH))


def values_of_all() -> dict[str, Sequence[str]]:
    """What can stand in an address: all places, and a post of each kind in each."""
    one_each = Post.objects.order_by("space_id", "kind", "pk").distinct("space_id", "kind")
    posts = list(one_each.values_list("public_id", flat=True))
    slugs = list(Space.objects.values_list("slug", flat=True))
    rows = [str(number) for number in Event.objects.order_by("-pk").values_list("pk", flat=True)[:1]]
    by_kind = dict.fromkeys((kind for *_where, kind in KINDS), rows)
    return by_kind | {
        "word": [ASKED],
        "space": slugs,
        "blog": slugs,
        "post": posts,
        "policy post": posts,
        "policy": ["hidden", "suppliers"],
        "person": [STRANGER, "guest", "noa", "km"],
        "queue": ["unanswered", "overdue", "new"],
        "draft": ["reply:x"],
        "article": list(ArticlePage.objects.values_list("key", flat=True)),
        "topic": [ASKED],
        "followed kind": ["thread", "community", "person"],
        "followed": [STRANGER, *slugs],
        "token": ["1:x"],
        "week": [this_week()],
    }


def _leaks(guest: Reader, kinds: set[str]) -> list[str]:
    """Addresses of surfaces of these kinds whose answers tell a guest of what is not theirs."""
    found = []
    every = steps(values_of_all(), libraries=False, kinds=kinds)
    for step in (each for each in every if each.method == "GET" and "?" not in each.address):
        for query in QUERIES if step.address.startswith(ASKABLE) else ("",):
            asked = replace(step, address=step.address + query)
            # A page that is not there says which address was asked for: the asker knew that one.
            said = text_of(take(guest.through(step.address), asked, {})).replace(step.address, "")
            if PLANTED in said:
                found.append(asked.address)
    return found


def test_no_page_tells_a_guest_of_anything_else(reader):
    guest = reader("guest")
    assert "Which bolts for the pilot?" in text_of(guest.get("/c/partners/"))
    assert _leaks(guest, {"page", "feed", "export"}) == []


def test_no_route_tells_a_guest_of_anything_else(reader):
    guest = reader("guest")
    assert "Which bolts for the pilot?" in text_of(guest.program.get("/api/v1/communities/partners/threads"))
    assert _leaks(guest, {"API route"}) == []


def test_the_words_are_there_for_an_employee(reader):
    """The walk would find nothing in a world in which nothing was planted."""
    alex = reader("alex")
    for address in (
        "/",
        "/c/",
        "/c/merger/",
        "/search/?q=zirconide",
        "/blogs/",
        "/policies/",
        "/experts/?q=zirconide",
    ):
        assert PLANTED in alex.get(address).content.decode(), address
