"""A mail for each notice: what was said, what readers should know, and where to reply."""

import pytest
from django.core import mail

from intranet.activity import readers
from intranet.content import guard
from intranet.content.models import Post
from intranet.mailin.addresses import claim_in
from intranet.moderation import locks
from intranet.notify.digests import choose
from intranet.notify.letters import send_letters
from intranet.policies.disclosing import set_disclosures
from intranet.runtime.tasks import drain
from tests.factories import threads as make
from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(db: None, settings) -> Cast:
    settings.REPLY_DOMAIN = "mail.kesher.example"
    cast = make_cast()
    cast.noa.email = "noa@kesher.example"
    cast.noa.language = "en"
    cast.noa.save(update_fields=["email", "language"])
    choose(person=cast.noa, rhythm="direct")
    return cast


def test_an_answer_comes_as_a_mail_to_which_one_can_reply(cast) -> None:
    asked = make.question(cast.noa, cast.open)
    answered = make.answer(cast.alex, asked)
    set_disclosures(answered, ["outside=DIN 3990"])
    readers.catch_up_all()
    drain()
    (told,) = mail.outbox
    assert (told.to, told.subject) == (["noa@kesher.example"], asked.title)
    for words in (answered.source, "DIN 3990", "above this line"):
        assert words in told.body
    claim = claim_in(told.reply_to[0])
    assert (claim.person, claim.post) == (cast.noa.pk, answered.pk)
    assert told.extra_headers["In-Reply-To"] == f"<thread-{asked.public_id}@mail.kesher.example>"
    assert send_letters() == 0


def test_others_get_none_and_without_a_domain_there_is_no_address(cast, settings) -> None:
    settings.REPLY_DOMAIN = ""
    asked = make.question(cast.noa, cast.open)
    make.answer(cast.alex, asked)
    make.answer(cast.owner, make.question(cast.alex, cast.open))
    readers.catch_up_all()
    drain()
    assert [(each.to, each.reply_to) for each in mail.outbox] == [(["noa@kesher.example"], [])]
    assert "above this line" not in mail.outbox[0].body


def test_a_decision_is_told_without_an_address_to_reply(cast) -> None:
    asked = make.question(cast.noa, cast.open)
    locks.lock(actor=cast.moderator, post=asked, clause=make.clause())
    readers.catch_up_all()
    assert send_letters() == 1
    assert (mail.outbox[0].reply_to, asked.source in mail.outbox[0].body) == ([], False)


def test_what_may_no_longer_be_seen_is_not_sent(cast) -> None:
    asked = make.question(cast.noa, cast.open)
    answered = make.answer(cast.alex, asked)
    readers.catch_up_all()
    with guard.opened():
        Post.objects.filter(pk=answered.pk).update(state="hidden")
    assert (send_letters(), mail.outbox) == (0, [])
