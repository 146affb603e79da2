"""Bookmarks: kept for oneself, told of once on their day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from communities.verbs import ASKED
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.content.models import Membership
from intranet.notify.bookmarks import bookmark, remind
from intranet.notify.models import Bookmark, Notification
from intranet.posting import actions
from tests.factories.cast import Cast, join, make_cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def question(cast):
    return ask(cast.noa, cast.open)


def ask(author, space, title="Which grease?"):
    return actions.start(
        author=author, space=space, kind="question", title=title, source="It stops.", verb=ASKED
    ).post


def told() -> list[tuple[str, str]]:
    readers.catch_up_all()
    return list(Notification.objects.values_list("recipient__username", "event__verb"))


def test_a_reminder_comes_on_its_day_once_and_again_only_for_another_day(cast, question):
    today = timezone.localdate()
    bookmark(person=cast.hiba, post=question, note="Try it", remind_on=today + timedelta(days=1))
    assert (remind(today), told()) == (0, [])
    tomorrow = today + timedelta(days=1)
    assert (remind(tomorrow), remind(tomorrow)) == (1, 0)
    bookmark(person=cast.hiba, post=question, note="Tried", remind_on=tomorrow)
    assert remind(tomorrow) == 0
    assert told() == [("hiba", "bookmark_due")]


def test_a_day_that_is_over_is_refused_and_keeps_nothing(cast, question):
    with pytest.raises(Refused):
        bookmark(person=cast.hiba, post=question, remind_on=timezone.localdate() - timedelta(days=1))
    assert Bookmark.objects.count() == 0


def test_the_form_keeps_changes_and_lets_go(cast, question, client):
    client.force_login(cast.hiba)
    address = f"/bookmarks/{question.public_id}/"
    client.post(address, {"note": "Read later", "remind_on": ""})
    client.post(address, {"note": "Read on Sunday", "remind_on": ""})
    assert list(Bookmark.objects.values_list("person__username", "note")) == [("hiba", "Read on Sunday")]
    late = client.post(address, {"note": "Too late", "remind_on": "2020-01-01"})
    assert (late.status_code, "Too late" in late.content.decode()) == (422, True)
    client.post(f"{address}drop/")
    assert Bookmark.objects.count() == 0


def test_the_page_shows_mine_that_i_may_read_in_constant_queries(
    cast, question, client, django_assert_max_num_queries
):
    join(cast.secret, cast.former)
    lost = ask(cast.noa, cast.secret, "Merger papers")
    bookmark(person=cast.former, post=lost, remind_on=timezone.localdate())
    Membership.objects.filter(person=cast.former, space=cast.secret).delete()
    bookmark(person=cast.hiba, post=question, note="Of somebody else")
    bookmark(
        person=cast.former, post=question, note="Compare", remind_on=timezone.localdate() + timedelta(days=2)
    )
    client.force_login(cast.former)
    client.get("/bookmarks/")
    with django_assert_max_num_queries(60) as one:
        page = client.get("/bookmarks/").content.decode()
    assert [words in page for words in ("Compare", "Merger papers", "Of somebody else")] == [
        True,
        False,
        False,
    ]
    for title in ("Second?", "Third?"):
        bookmark(person=cast.former, post=ask(cast.noa, cast.open, title))
    with django_assert_max_num_queries(60) as three:
        client.get("/bookmarks/")
    assert len(three) == len(one)
    found = client.get("/bookmarks/", {"show": "noted", "q": "grease"}).content.decode()
    assert [words in found for words in ("Which grease?", "Second?")] == [True, False]
    remind()
    readers.catch_up_all()
    assert list(Notification.objects.visible_to(cast.former)) == []
