"""Versions: two languages in step, two versions compared, citations marked and queued, hints, the starter set."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.moderation import actions as moderation
from intranet.moderation import locks
from intranet.policies.actions import publish_policy, still_right
from intranet.policies.citing.models import StaleCitation
from intranet.policies.hints import hint_for
from intranet.policies.models import ClauseVersion, PolicyPage
from intranet.policies.starter.reading import read_starter
from intranet.policies.texts import FORBIDS_WRITING
from intranet.settings.product import CLAUSE_WORDS_MAX
from tests.factories.cast import join, make_cast
from tests.factories.knowledge import ask

pytestmark = pytest.mark.django_db

PRICES = {
    "anchor": "prices",
    "title_en": "Prices",
    "text_en": "Open prices stay in Purchasing.",
    "title_he": "מחירים",
    "text_he": "מחירים פתוחים נשארים ברכש.",
    "hint_words": "price, offer, מחיר, הצעה",
}
NAMES = {
    "anchor": "names",
    "title_en": "Names",
    "text_en": "Customers are named in closed places.",
    "title_he": "שמות",
    "text_he": "שמות של לקוחות במקומות סגורים.",
    "hint_words": "customer, לקוח, guests",
}


@pytest.fixture
def cast():
    return make_cast()


def publish(cast, *clauses, **more):
    more = {"audience": "everyone", "title": "Working with suppliers"} | more
    return publish_policy(
        owner=cast.admin, slug="suppliers", clauses=list(clauses or (PRICES, NAMES)), **more
    )


def lags(cast, prices, **more) -> str:
    return publish(cast, PRICES | prices, NAMES, **more).clauses.get(anchor="prices").lags


def test_a_side_falls_behind_when_the_other_changes_what_it_says_and_catches_up(cast):
    assert lags(cast, {}) == ""
    longer = {"text_en": "Open prices and quantities stay in Purchasing."}
    assert lags(cast, longer, significant=True) == "he"
    assert lags(cast, longer | {"text_en": longer["text_en"] + " Please."}, significant=False) == "he"
    followed = longer | {"text_he": "מחירים וכמויות פתוחים נשארים ברכש."}
    assert lags(cast, followed, significant=False) == ""


@pytest.mark.parametrize(
    ("change", "significant"),
    [
        ({"text_en": "Open prices stay with Purchasing colleagues."}, False),
        ({"text_en": "Open prices, stay in Purchasing!"}, True),
    ],
    ids=["a correction of wording", "a comma"],
)
def test_an_edit_without_weight_leaves_both_in_step(cast, change, significant):
    publish(cast)
    assert lags(cast, change, significant=significant) == ""


def test_a_missing_side_is_behind(cast):
    assert lags(cast, {"text_he": ""}) == "he"
    assert lags(cast, {"text_en": ""}) == "en"


def test_both_sides_stand_beside_each_other_with_the_mark(cast, client):
    publish(cast)
    publish(cast, PRICES | {"text_en": "Open prices and quantities stay in Purchasing."}, NAMES)
    client.force_login(cast.alex)
    text = client.get("/policies/suppliers/?view=sides").content.decode()
    assert ("מחירים פתוחים נשארים ברכש." in text, "Open prices and quantities" in text) == (True, True)
    assert text.count("Behind the English") == 1
    assert "Behind the Hebrew" not in text


def test_any_two_versions_are_compared_in_both_languages(cast, client):
    publish(cast)
    publish(cast, PRICES | {"text_en": "Open prices stay in Sales."}, NAMES)
    publish(
        cast, PRICES | {"text_en": "Open prices stay in Sales.", "text_he": "מחירים פתוחים נשארים במכירות."}
    )
    client.force_login(cast.alex)
    text = client.get("/policies/suppliers/?view=changes&against=1&version=3").content.decode()
    assert "Open prices stay in <del>Purchasing.</del> <ins>Sales.</ins>" in text
    assert '<p lang="he" dir="rtl">מחירים פתוחים נשארים <del>ברכש.</del> <ins>במכירות.</ins></p>' in text
    assert text.count("Taken out") == 1
    back = client.get("/policies/suppliers/?view=changes&against=3&version=1").content.decode()
    assert "<del>Sales.</del> <ins>Purchasing.</ins>" in back
    assert client.get("/policies/suppliers/?view=changes&against=9").status_code == 404


def test_citations_of_a_changed_clause_are_marked_and_queued(cast, client):
    first = publish(cast)
    prices, names = first.clauses.order_by("place")
    seen, hidden = (
        ask(cast.noa, cast.open, "What does it cost?"),
        ask(cast.noa, cast.secret, "Whom do we buy?"),
    )
    released = ask(cast.noa, cast.open, "And in spring?")
    for post in (seen, released):
        locks.lock(actor=cast.moderator, post=post, clause=prices)
    locks.unlock(actor=cast.moderator, post=released)
    locks.lock(actor=cast.owner, post=hidden, clause=prices)
    moderation.flag(reporter=cast.alex, post=seen, clause=names)
    moderation.flag(reporter=cast.hiba, post=seen, clause=prices)
    second = publish(cast, PRICES | {"text_en": "Open prices stay in Sales."}, NAMES)
    prices.refresh_from_db()
    names.refresh_from_db()
    assert (prices.changed_in, names.changed_in) == (2, None)
    assert (prices.get_absolute_url(), names.get_absolute_url()) == (
        "/policies/suppliers/?version=1#prices",
        "/policies/suppliers/#names",
    )
    assert sorted(str(row.kind.label) for row in StaleCitation.objects.filter(changed_in=second)) == [
        "A flag",
        "A lock",
        "A lock",
    ]
    client.force_login(cast.admin)
    text = client.get(reverse("policies:citations")).content.decode()
    assert ("What does it cost?" in text, "Whom do we buy?" in text) == (True, False)
    assert text.count("In a place or a case that you do not see") == 1
    assert "<del>Purchasing.</del> <ins>Sales.</ins>" in text
    client.force_login(cast.alex)
    assert client.get(reverse("policies:citations")).status_code == 403


def test_a_flag_is_named_only_to_owners_who_moderate_its_place(cast, client):
    prices = publish(cast).clauses.get(anchor="prices")
    moderation.flag(reporter=cast.hiba, post=ask(cast.noa, cast.open, "What does it cost?"), clause=prices)
    publish(cast, PRICES | {"text_en": "Open prices stay in Sales."}, NAMES)
    cast.outsider.roles.append("policy_owner")
    cast.outsider.save()
    client.force_login(cast.outsider)
    text = client.get(reverse("policies:citations")).content.decode()
    assert ("In a place or a case that you do not see" in text, "What does it cost?" in text) == (True, False)


def test_an_owner_settles_a_citation_or_asks_to_look_again(cast, client):
    prices = publish(cast).clauses.get(anchor="prices")
    for title in ("One?", "Two?"):
        locks.lock(actor=cast.moderator, post=ask(cast.noa, cast.open, title), clause=prices)
    publish(cast, PRICES | {"text_en": "Open prices stay in Sales."}, NAMES)
    one, two = StaleCitation.objects.order_by("lock")
    client.force_login(cast.admin)
    for row, outcome in ((one, "stands"), (two, "reconsider"), (two, "reconsider")):
        assert client.post(reverse("policies:settle", args=[row.pk]), {"outcome": outcome}).status_code == 302
    assert list(StaleCitation.objects.order_by("lock").values_list("outcome", flat=True)) == [
        "stands",
        "reconsider",
    ]
    told = Event.objects.filter(verb="citation_changed").values_list("about__username", "post__title")
    assert list(told) == [("moderator", "Two?")]
    assert locks.locks_of_thread(one.lock.post)
    assert client.get(reverse("policies:citations")).content.decode().count("Ask to look again") == 0


def test_a_review_waits_for_the_owner_until_it_is_said_to_be_right(cast, client):
    today = timezone.localdate()
    publish(cast, review_date=today + timedelta(days=3))
    client.force_login(cast.admin)
    assert "Is it still right?" in client.get("/").content.decode()
    assert "Review due" in client.get(reverse("policies:care")).content.decode()
    address = reverse("policies:reviewed", args=["suppliers"])
    assert client.post(address, {"until": today.isoformat()}).status_code == 403
    assert client.post(address, {"until": (today + timedelta(days=300)).isoformat()}).status_code == 302
    assert PolicyPage.objects.get().review_date == today + timedelta(days=300)
    assert "Is it still right?" not in client.get("/").content.decode()
    with pytest.raises(Refused, match="policy owners"):
        still_right(owner=cast.alex, policy=PolicyPage.objects.get(), until=today + timedelta(days=9))


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("They sent us two offers with prices.", "prices"),
        ("כמה עולים המחירים של ההצעה?", "prices"),
        ("ללקוחות יש שאלה", "names"),
        ("Which grease for deep cold?", None),
    ],
)
def test_the_clause_that_fits_is_found_with_prefixes_and_endings(cast, text, anchor):
    publish(cast)
    hint = hint_for(text, cast.open, cast.alex)
    assert (hint.clause.anchor if hint else None) == anchor


def test_where_guests_read_along_a_clause_can_say_so(cast):
    publish(cast)
    assert hint_for("Which grease?", cast.partners, cast.alex).clause.anchor == "names"


def test_the_line_beside_a_text_leads_to_its_clause(cast, client):
    publish(cast)
    client.force_login(cast.alex)
    said = {"source": "The price?", "title": "", "community": cast.secret.slug}
    text = client.post(reverse("policies:hint"), said).content.decode()
    assert ("Open prices stay in Purchasing." in text, "/policies/suppliers/#prices" in text) == (True, True)
    assert client.post(reverse("policies:hint"), {"source": "grease"}).content.decode().strip() == ""


@pytest.mark.parametrize("text", ["Do not write about prices.", "אל תכתבו על מחירים."])
def test_a_policy_never_says_do_not_write(cast, text):
    with pytest.raises(Refused, match="forbids writing"):
        publish(cast, PRICES | {"text_en": text})
    assert ClauseVersion.objects.count() == 0


def test_a_clause_fits_under_a_screen(cast):
    with pytest.raises(Refused, match="too long"):
        publish(cast, PRICES | {"text_en": "word " * (CLAUSE_WORDS_MAX + 1)})


def test_the_starter_set_comes_by_command_once_and_leaves_what_is_there(cast, capsys):
    publish_policy(owner=cast.admin, slug="disclosures", title="Ours", clauses=[PRICES])
    call_command("load_policies", owner="admin")
    call_command("load_policies")
    assert capsys.readouterr().out.splitlines() == [
        "7 policies published in the name of admin.",
        "0 policies published in the name of admin.",
    ]
    assert PolicyPage.objects.get(slug="disclosures").title == "Ours"
    assert not ClauseVersion.objects.exclude(lags="").exists()
    assert {page.audience for page in PolicyPage.objects.all()} == {
        "writers",
        "community",
        "managers",
        "guests",
        "everyone",
    }
    with pytest.raises(CommandError, match="Nobody here"):
        call_command("load_policies", owner="nobody")


def test_whoever_owns_no_policies_loads_none(cast):
    with pytest.raises(CommandError, match="policy owners"):
        call_command("load_policies", owner="noa")
    assert PolicyPage.objects.count() == 0


def test_the_starter_set_comes_by_a_button_for_owners(cast, client):
    client.force_login(cast.alex)
    assert "Publish the starter set" not in client.get("/policies/").content.decode()
    assert client.post(reverse("policies:starter")).status_code == 403
    client.force_login(cast.admin)
    assert "Publish the starter set" in client.get("/policies/").content.decode()
    client.post(reverse("policies:starter"))
    assert PolicyPage.objects.live().count() == len(read_starter()) == 8


def test_the_starter_set_is_short_and_says_why_in_both_languages():
    for policy in read_starter().values():
        for clause in policy.clauses:
            words = {side: clause[f"text_{side}"] for side in ("en", "he")}
            assert ("*Why:*" in words["en"], "*למה:*" in words["he"]) == (True, True), clause["anchor"]
            assert max(len(text.split()) for text in words.values()) <= CLAUSE_WORDS_MAX, clause["anchor"]
            assert not any(FORBIDS_WRITING.search(text) for text in words.values()), clause["anchor"]
        for question in policy.questions:
            sides = {len(question[f"answers_{side}"].splitlines()) for side in ("en", "he")}
            assert (len(sides), question["right"] <= min(sides)) == (1, True), policy.slug


def test_a_policy_page_is_two_clicks_from_anywhere(cast, client):
    publish(cast)
    join(cast.open, cast.km)
    client.force_login(cast.alex)
    for address in ("/", "/c/", f"/c/{cast.open.slug}/", "/search/", "/experts/"):
        assert '<a href="/policies/"' in client.get(address).content.decode(), address
    assert '<a href="/policies/suppliers/"' in client.get("/policies/").content.decode()
