"""A guest goes to every address there is, and meets nothing but their own community.

The words planted here stand in everything that a guest must not learn of; the search is asked for one of them and
the other must not come back, so that an echo of the question is not taken for a leak.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.test import Client

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
from intranet.activity.readers import catch_up_all
from intranet.content.models import Post, Space
from intranet.content.public_ids import new_public_id
from intranet.content.tagging import tags_named
from intranet.management.surfaces import all_surfaces
from intranet.moderation import locks
from intranet.people.models import ApiToken, OrgUnit, User
from intranet.policies.actions import publish_policy
from kms.articles import actions as articles
from kms.articles.models import ArticlePage
from tests.factories import threads as make
from tests.factories.cast import Cast, join, make_cast, person

ASKED, PLANTED = "zirconide", "quillwort"
BOTH = f"{ASKED} {PLANTED}"
CLAUSE = {"anchor": "prices", "title_en": BOTH, "text_en": BOTH}
PLACE = re.compile(r"<(?:(\w+):)?(\w+)>|\{(?:(\w+):)?(\w+)\}|\(\?P<(\w+)>(?:[^()]|\([^()]*\))*\)")
ASKABLE = (
    "/search",
    "/experts",
    "/ask/",
    "/queues",
    "/c/partners/",
    "/api/v1/search",
    "/api/v1/experts",
)
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


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast with a stranger, and the words wherever a guest of `partners` may not look."""
    cast = make_cast()
    hidden_unit = OrgUnit.objects.create(path=BOTH, name=BOTH)
    stranger = person("quillwort-person", "employee", unit=hidden_unit, name=f"Ada {BOTH}", title=BOTH)
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


def _values() -> dict[str, list[str]]:
    """What can stand in an address, by the name of the place for it."""
    slugs = [*Space.objects.values_list("slug", flat=True), "hidden", "suppliers"]
    one_each = Post.objects.order_by("space_id", "kind", "pk").distinct("space_id", "kind")
    posts = list(one_each.values_list("public_id", flat=True))
    return {
        "slug": slugs,
        "public_id": posts,
        "username": list(
            User.objects.filter(username__in=["quillwort-person", "guest", "noa", "km"]).values_list(
                "username", flat=True
            )
        ),
        "queue": ["unanswered", "overdue", "new"],
        "pk": ["1", "2", "3"],
        "number": ["1", "2", "3"],
        "key": ["reply:x", *ArticlePage.objects.values_list("key", flat=True)],
        "token": ["1.x"],
    }


def _addresses(kinds: set[str]) -> Iterator[str]:
    """Every address of these kinds with everything that fits into it."""
    values = _values()
    for each in all_surfaces():
        where = each.where.removeprefix("GET ")
        library = where.startswith(("/cms", "/admin", "/accounts", "/media"))
        if each.kind not in kinds or library or (each.kind == "API route" and where == each.where):
            continue
        places = [next(name for name in match[1:][1::2] + match[5:] if name) for match in _places(where)]
        plain = PLACE.sub("{}", where).rstrip("$").replace("[\\s\\S]*", "x")
        for chosen in product(*(values.get(name, ["x"]) for name in places)):
            yield plain.format(*chosen)


def _places(where: str) -> list[tuple[str, ...]]:
    return [("", *match.groups(default="")) for match in PLACE.finditer(where)]


def _leaks(client: Client, addresses: Iterator[str], headers: dict[str, str]) -> list[str]:
    found = []
    for address in addresses:
        queries = QUERIES if address.startswith(ASKABLE) else ("",)
        for query in queries:
            answer = client.get(address + query, headers=headers)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            # A page that is not there says which address was asked for: the asker knew that one.
            said = body.decode(errors="replace").replace(address, "")
            if PLANTED in said.replace("quillwort-person", PLANTED):
                found.append(f"{address}{query} ({answer.status_code})")
    return found


def test_no_page_tells_a_guest_of_anything_else(cast, settings):
    settings.KESHER_RATE_LIMITS = False
    guest = Client(raise_request_exception=False)
    guest.force_login(cast.guest)
    assert "Which bolts for the pilot?" in guest.get("/c/partners/").content.decode()
    assert _leaks(guest, _addresses({"page", "feed", "export"}), {}) == []


def test_no_route_tells_a_guest_of_anything_else(cast, settings):
    settings.KESHER_RATE_LIMITS = False
    headers = {"Authorization": f"Bearer {ApiToken.issue(cast.guest, 'tests')}"}
    client = Client()
    seen = client.get("/api/v1/communities/partners/threads", headers=headers).content.decode()
    assert "Which bolts for the pilot?" in seen
    addresses = (f"/api/v1{where}" for where in _addresses({"API route"}))
    assert _leaks(client, addresses, headers) == []


def test_the_words_are_there_for_an_employee(cast):
    """The walk would find nothing in a world in which nothing was planted."""
    alex = Client()
    alex.force_login(cast.alex)
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
