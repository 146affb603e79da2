"""Mail of what was not seen: as often as asked, true to rights when it is sent, stopped by one press."""

from datetime import date

import pytest
from django.core import mail
from django.test import Client

from communities.verbs import ANSWERED, ASKED
from intranet.activity import readers
from intranet.content.models import Membership
from intranet.notify.actions import see
from intranet.notify.digests import choose, send_all, token_for
from intranet.notify.models import Digest
from intranet.posting import actions
from tests.factories.cast import Cast, join, make_cast

pytestmark = pytest.mark.django_db

MONDAY, SUNDAY = date(2030, 1, 7), date(2030, 1, 6)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def answered(asker, space, title):
    if asker.pk not in space.memberships.values_list("person", flat=True):
        join(space, asker)
    question = actions.start(
        author=asker, space=space, kind="question", title=title, source="Well?", verb=ASKED
    ).post
    owner = space.memberships.get(role="owner").person
    actions.reply(author=owner, parent=question, kind="answer", source="So.", verb=ANSWERED)
    readers.catch_up_all()


def test_a_mail_tells_what_is_unseen_once(cast):
    choose(person=cast.hiba, rhythm="daily")
    answered(cast.hiba, cast.open, "Which <grease> & oil?")
    assert (send_all(MONDAY), send_all(MONDAY)) == (1, 0)
    assert [message.to for message in mail.outbox] == [["hiba@example.org"]]
    assert "Which <grease> & oil?" in mail.outbox[0].body
    assert mail.outbox[0].extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_weekly_waits_for_sunday_and_what_was_seen_is_not_sent(cast):
    choose(person=cast.hiba, rhythm="weekly")
    choose(person=cast.alex, rhythm="weekly")
    answered(cast.hiba, cast.open, "Which grease?")
    answered(cast.alex, cast.partners, "Which oil?")
    see(person=cast.alex)
    assert (send_all(MONDAY), send_all(SUNDAY)) == (0, 1)
    assert [message.to for message in mail.outbox] == [["hiba@example.org"]]


def test_what_waited_is_not_sent_after_the_right_is_gone(cast):
    choose(person=cast.former, rhythm="daily")
    answered(cast.former, cast.secret, "Merger papers?")
    Membership.objects.filter(person=cast.former, space=cast.secret).delete()
    assert (send_all(MONDAY), mail.outbox) == (0, [])


def test_the_link_of_a_mail_stops_them_without_signing_in(cast):
    choose(person=cast.hiba, rhythm="daily")
    browser = Client(enforce_csrf_checks=True)
    address = f"/inbox/mail/stop/{token_for(cast.hiba)}/"
    assert browser.get(address).status_code == 200
    assert Digest.objects.get().rhythm == "daily"
    assert browser.post(address).status_code == 200
    assert Digest.objects.get().rhythm == "never"
    assert browser.post("/inbox/mail/stop/forged/").status_code == 404
