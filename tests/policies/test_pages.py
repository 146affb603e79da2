"""The pages of policies: what is current, what changed, who has read it, and who sees what."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from intranet.activity import readers
from intranet.activity.models import Event
from intranet.content.kinds import PostKind
from intranet.moderation import actions, locks
from intranet.people.models import User
from intranet.policies.acknowledging.tasks import remind
from intranet.policies.actions import publish_policy
from intranet.policies.models import Acknowledgement, PolicyPage
from tests.factories.cast import Cast, make_cast
from tests.factories.knowledge import ask

pytestmark = pytest.mark.django_db

FIRST = {
    "anchor": "prices",
    "title_en": "Prices",
    "text_en": "Prices that are confidential stay in Purchasing.\n\n*Why:* a negotiation is easily spoiled.",
    "title_he": "מחירים",
    "text_he": "מחירים חסויים נשארים ברכש.",
}
SECOND = {"anchor": "names", "title_en": "Names", "text_en": "Customers are named in closed places."}
CHANGED = FIRST | {"text_en": "Prices that are still open stay in Purchasing."}


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def publish(cast, *clauses, slug="suppliers", **more):
    more = {"title": "Working with suppliers", "title_he": "עבודה עם ספקים"} | more
    return publish_policy(owner=cast.admin, slug=slug, clauses=list(clauses or (FIRST, SECOND)), **more)


def page(client, person, address):
    client.force_login(person)
    return client.get(address)


def test_clauses_are_numbered_anchored_and_rendered(cast, client):
    publish(cast)
    text = page(client, cast.alex, "/policies/suppliers/").content.decode()
    assert '<section class="clause" id="prices"' in text
    assert '<a class="clause__n" href="#names">2</a>' in text
    assert "<em>Why:</em> a negotiation is easily spoiled." in text


def test_a_reader_of_hebrew_reads_hebrew(cast, client):
    publish(cast)
    text = page(client, cast.noa, "/policies/suppliers/").content.decode()
    assert "עבודה עם ספקים" in text
    assert "מחירים חסויים נשארים ברכש." in text
    assert "Prices that are confidential" not in text


def test_an_old_version_is_shown_as_it_was_and_says_so(cast, client):
    publish(cast)
    publish(cast, CHANGED, SECOND, what_changed="“Confidential” was unclear.")
    now = page(client, cast.alex, "/policies/suppliers/").content.decode()
    before = page(client, cast.alex, "/policies/suppliers/?version=1").content.decode()
    assert ("still open" in now, "confidential" in now, "Changed in version 2." in now) == (True, False, True)
    assert ("still open" in before, "confidential" in before) == (False, True)
    assert "no longer in force" in before


def test_what_changed_shows_words_taken_out_and_put_in(cast, client):
    publish(cast)
    publish(cast, CHANGED, SECOND)
    text = page(client, cast.alex, "/policies/suppliers/?view=changes").content.decode()
    assert "<del>confidential</del> <ins>still open</ins>" in text
    assert "Customers are named" not in text


@pytest.mark.parametrize("version", ["9", "x", "-1", "1e3", "٣", "99999999999"])
def test_a_version_that_is_none_is_not_found(cast, client, version):
    publish(cast)
    assert page(client, cast.alex, f"/policies/suppliers/?version={version}").status_code == 404


def test_acknowledging_is_noted_once_and_shown(cast, client):
    publish(cast, must_acknowledge=True)
    assert "Waits for you" in page(client, cast.alex, "/policies/").content.decode()
    for _again in range(2):
        answer = client.post(reverse("policies:acknowledge", args=["suppliers"]), {"version": "1"})
        assert answer.status_code == 302
    assert Acknowledgement.objects.count() == Event.objects.filter(verb="acknowledged").count() == 1
    text = client.get("/policies/").content.decode()
    assert ("Acknowledged" in text, "Waits for you" in text) == (True, False)


def test_a_version_that_was_replaced_while_reading_is_not_acknowledged(cast, client):
    publish(cast)
    publish(cast, CHANGED, SECOND)
    client.force_login(cast.alex)
    answer = client.post(reverse("policies:acknowledge", args=["suppliers"]), {"version": "1"})
    assert (answer.status_code, "A newer version came out" in answer.content.decode()) == (409, True)
    assert Acknowledgement.objects.count() == 0


def test_a_guest_sees_the_policies_written_for_guests_and_no_other(cast, client):
    publish(cast, audience="managers", title="For managers only", slug="managers")
    publish(cast, audience="everyone")
    text = page(client, cast.guest, "/policies/").content.decode()
    assert ("Working with suppliers" in text, "For managers only" in text) == (True, False)
    hidden = page(client, cast.guest, "/policies/managers/")
    assert hidden.status_code == page(client, cast.guest, "/policies/nothing/").status_code == 404
    client.force_login(cast.guest)
    assert client.post("/policies/managers/acknowledge/", {"version": "1"}).status_code == 404


def test_a_draft_policy_is_seen_by_nobody(cast, client):
    publish(cast)
    PolicyPage.objects.get().unpublish(user=cast.admin)
    assert page(client, cast.alex, "/policies/suppliers/").status_code == 404


def test_locks_in_places_one_does_not_see_are_not_counted(cast, client):
    clause = publish(cast).clauses.get(anchor="prices")
    for place in (cast.open, cast.secret):
        locks.lock(actor=cast.owner, post=ask(cast.noa, place, "What does it cost?"), clause=clause)
    assert "2 locks rest on this clause." in page(client, cast.alex, "/policies/suppliers/").content.decode()
    assert (
        "1 lock rests on this clause." in page(client, cast.outsider, "/policies/suppliers/").content.decode()
    )


def test_a_clause_lists_where_it_is_cited_as_far_as_one_sees_it(cast, client, settings):
    settings.KESHER_RATE_LIMITS = False
    clause = publish(cast).clauses.get(anchor="prices")
    locked = ask(cast.noa, cast.open, "What does it cost?")
    secret = ask(cast.noa, cast.secret, "What does the secret cost?")
    for post in (locked, secret):
        locks.lock(actor=cast.owner, post=post, clause=clause)
    warned = ask(cast.alex, cast.open, "Who sells it?")
    case = actions.flag(reporter=cast.hiba, post=warned, clause=clause).case
    actions.decide(actor=cast.moderator, case=case, outcome="warn", clause=clause)
    seen = {
        who: {
            link.get_text()
            for link in BeautifulSoup(
                page(client, getattr(cast, who), "/policies/suppliers/?view=cited").content, "html.parser"
            ).select("#c-prices .item__title a")
        }
        for who in ("outsider", "alex", "moderator")
    }
    assert seen == {
        "outsider": {"What does it cost?"},
        "alex": {"What does it cost?", "What does the secret cost?"},
        "moderator": {"What does it cost?", "Who sells it?"},
    }
    with CaptureQueriesContext(connection) as before:
        page(client, cast.moderator, "/policies/suppliers/?view=cited")
    for number in range(2):
        locks.lock(actor=cast.owner, post=ask(cast.noa, cast.open, f"Price {number}?"), clause=clause)
    with CaptureQueriesContext(connection) as after:
        page(client, cast.moderator, "/policies/suppliers/?view=cited")
    assert len(after) == len(before)


def test_the_post_of_a_policy_leads_to_the_policy(cast, client):
    publish(cast)
    post = PolicyPage.objects.get().post
    assert post.kind == PostKind.POLICY
    answer = page(client, cast.alex, post.get_absolute_url())
    assert (answer.status_code, answer.url) == (302, "/policies/suppliers/")


@pytest.mark.parametrize("address", ["/policies/", "/policies/policy-0/"])
def test_queries_do_not_grow_with_policies(cast, client, address):

    client.force_login(cast.alex)
    counts = []
    for number in (0, 1, 2):
        publish(cast, slug=f"policy-{number}", title=f"Policy {number}")
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        counts.append(len(caught))
    assert counts[0] == counts[2] <= 16


def test_only_policy_owners_come_to_the_desk(cast, client):
    assert page(client, cast.alex, "/policies/desk/").status_code == 403
    answer = page(client, cast.admin, "/policies/desk/")
    assert (answer.status_code, answer.url.startswith("/cms/pages/")) == (302, True)
    assert cast.admin.groups.filter(name="Policy owners").exists()


def test_a_policy_goes_by_the_name_in_the_language_of_who_finds_it_is_told_or_looks_up_what_was_done(
    cast, client
):
    old = timezone.now() - timedelta(days=9)
    User.objects.update(created=old, language="he")
    for slug in ("suppliers", "partners"):
        publish(cast, slug=slug, must_acknowledge=True, at=old)
    remind.func()
    readers.catch_up_all()
    people = {name: User.objects.get(pk=getattr(cast, name).pk) for name in ("hiba", "admin")}
    for person, address in (
        ("hiba", "/search/?q=ספקים"),
        ("hiba", "/inbox/"),
        ("admin", "/moderation/audit/"),
    ):
        text = BeautifulSoup(page(client, people[person], address).content, "html.parser").get_text()
        assert ("עבודה עם ספקים" in text, "Working with suppliers" in text) == (True, False), address
    found = page(client, people["hiba"], "/search/?q=ספקים").content.decode()
    assert 'id="where"' not in found, "the room of an audience is no place"
