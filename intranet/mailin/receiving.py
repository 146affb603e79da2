"""Taking one message in: who sent it and to what, once, through the same action and the same gate as a form."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, Verdict, refuse
from intranet.content.models import Post
from intranet.mailin.addresses import Claim, claim_in, digest_of
from intranet.mailin.answering import answer
from intranet.mailin.cutting import written_in
from intranet.mailin.letters import Letter, read
from intranet.mailin.models import ReceivedMail
from intranet.mailin.repliers import Replier, replier_for
from intranet.moderation.checks import NOT_FOUND, NOTHING_HERE
from intranet.people.models import User
from intranet.posting.drafts import keep_draft
from intranet.posting.reach import must_be_confirmed

POSTED, MACHINE, AGAIN, STRANGER = "posted", "machine", "again", "stranger"


class NotForUs(Exception):
    """The message cannot be taken: off, too large, or to no address of ours. The mail server says so to its sender."""


@dataclass(frozen=True)
class Received:
    """What became of a message: an outcome of `ReceivedMail`, and the post where there is one."""

    outcome: str
    post: Post | None = None


def receive(raw: bytes, recipient: str = "") -> Received:
    """Take the message `raw` in; a refusal is answered by mail in the language of the person, their text kept.

    Safe to repeat: the same Message-ID does nothing more. Raises `NotForUs`.
    """
    if not settings.REPLY_DOMAIN:
        raise NotForUs("Replies by mail are off: KESHER_REPLY_DOMAIN is not set.")
    letter = read(raw, recipient)
    claim = claim_in(letter.recipients)
    if claim is None:
        raise NotForUs("No address in this message is one of ours.")
    if letter.by_machine:
        return Received(MACHINE)
    if not letter.message_id:
        raise NotForUs("The message has no Message-ID.")
    with transaction.atomic():
        row, made = ReceivedMail.objects.get_or_create(
            digest=digest_of(letter.message_id), defaults={"outcome": STRANGER}
        )
        return _take(letter, claim, row) if made else Received(AGAIN)


def _take(letter: Letter, claim: Claim, row: ReceivedMail) -> Received:
    person = User.objects.active().filter(pk=claim.person).exclude(email="").first()
    if person is None:
        return Received(STRANGER)
    with translation.override(person.language):
        received = _judge(letter, claim, person)
    row.person, row.post, row.outcome = person, received.post, received.outcome
    row.save(update_fields=["person", "post", "outcome"])
    return received


def _judge(letter: Letter, claim: Claim, person: User) -> Received:
    """Post what was written, or say why not."""
    if letter.sender != person.email.casefold():
        words = _(
            "A reply came from another address than yours, so it was not posted. Send it from %(address)s."
        )
        return _told(person, refuse("other_address", words % {"address": person.email}))
    source = written_in(letter.text)
    posts = Post.objects.visible_to(person).select_related("space", "root__space", "parent", "author")
    post = posts.filter(pk=claim.post).first()
    replier = replier_for(post) if post else None
    if post is None or replier is None:
        return _told(person, refuse(NOT_FOUND, NOTHING_HERE), text=source)
    if claim.expired:
        words = _("The address you replied to is too old. Your text is kept: send it on the page.")
        return _refused(person, post, replier, source, refuse("expired", words))
    try:
        return Received(POSTED, _post(person, post, replier, source, letter))
    except Refused as refusal:
        return _refused(person, post, replier, source or letter.text.strip(), refusal.verdict)


def _post(person: User, post: Post, replier: Replier, source: str, letter: Letter) -> Post:
    with transaction.atomic():
        if not source:
            raise Refused(refuse("empty", _("There was nothing above the quotation.")))
        must_be_confirmed(author=person, space=post.space, source=source, confirmed=0)
        token = f"mail-{digest_of(letter.message_id)[:32]}"
        return replier.write(person, post, source, token).post


def _refused(person: User, post: Post, replier: Replier, source: str, verdict: Verdict) -> Received:
    """The text becomes the draft of the form on which it can be sent again."""
    if source:
        keep_draft(person=person, key=replier.draft_key(post), body={"source": source})
    return _told(person, verdict, post=post, text=source, page=replier.page(post))


def _told(
    person: User, verdict: Verdict, *, post: Post | None = None, text: str = "", page: str = ""
) -> Received:
    answer(person, verdict, post=post, text=text, page=page)
    return Received(verdict.code, post)
