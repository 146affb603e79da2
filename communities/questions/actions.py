"""Deeds around questions: ask, answer, accept."""

from __future__ import annotations

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.asking import addressing, sealing
from communities.questions import states, urgency
from communities.questions.models import GoodAnswer, QuestionDetail
from communities.questions.promises import due_in
from communities.texts import WithReply, WithThread
from communities.verbs import ACCEPTED, ANSWERED, ASKED, UNACCEPTED
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Refused, Verdict, refuse
from intranet.activity.log import record
from intranet.content import voices
from intranet.content.kinds import PostKind, PostState, SpaceRole
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.posting import actions as posting
from intranet.posting.once import Written


def ask(
    *,
    author: User,
    space: Space,
    title: str,
    anonymous: bool = False,
    to: str = "",
    urgent: str = "",
    **text: Unpack[WithThread],
) -> Written:
    """Ask a question; the clock of the community's promise starts.

    `anonymous` seals who asks, `to` names whom to ask (see `addressing.addressee`), `urgent` is the reason why it is.
    Raises `Refused` as `posting.start` does, and where the charter, a quota or the name of an addressee says no.
    """
    text["at"] = moment = text.get("at") or timezone.now()
    with transaction.atomic():
        written = posting.start(
            author=author,
            space=space,
            kind=PostKind.QUESTION,
            title=title,
            verb=ASKED,
            voice=voices.the_voice() if anonymous else None,
            **text,
        )
        if written.created:
            place = written.post.space
            if anonymous:
                sealing.must_be_allowed(author, place, moment)
            hurry = urgency.columns(author, urgent, moment, anonymous=anonymous)
            QuestionDetail.objects.create(post=written.post, due=due_in(place, moment), **hurry)
            addressing.remember(written.post, addressing.addressee(author, place, to))
            states.settle(written.post, moment)
            if written.post.state == PostState.PUBLISHED:
                addressing.send(written.post, topics=text.get("tags", ()), at=moment)
        return written


def answer(
    *,
    author: User,
    question: Post,
    source: str,
    **text: Unpack[WithReply],
) -> Written:
    """Answer a question. Raises `Refused` as `posting.reply` does, and when `question` asks nothing."""
    if question.kind != PostKind.QUESTION:
        raise Refused(refuse("not_a_question", _("Only a question can be answered.")))
    with transaction.atomic():
        written = posting.reply(
            author=author,
            parent=question,
            kind=PostKind.ANSWER,
            source=source,
            verb=ANSWERED,
            **text,
        )
        if written.created:
            detail = states.settle_after(written.post)
            if detail and detail.claimed_by_id == author.pk:
                detail.claimed_by = detail.claimed_until = None
                detail.save(update_fields=["claimed_by", "claimed_until"])
        return written


def may_accept(person: User, question: Post, answer: Post | None) -> Verdict:
    """Whether `person` may say which answer solves `question`: who asked, an expert of the community, those who run it.

    Nobody but the asker accepts an answer of their own.
    """
    if voices.wrote(person, question):
        return ALLOWED
    trusted = person.space_roles.get(question.space_id) == SpaceRole.EXPERT
    if not trusted and not visibility.moderates_space(person, question.space):
        return refuse(
            "not_asker",
            _("Only the person who asked, an expert or a manager of the community accepts an answer."),
        )
    if answer and voices.wrote(person, answer):
        return refuse("own_answer", _("This answer is yours, so somebody else accepts it."))
    return ALLOWED


def accept(*, actor: User, question: Post, answer: Post | None, at: datetime | None = None) -> QuestionDetail:
    """Make `answer` the accepted one of `question`, or none when it is None. Safe to repeat.

    Raises `Refused`: by the gate, for somebody who may not accept, or for what is no published answer to this question.
    """
    with gate.permit(actor, Deed.ACCEPT, post=answer or question) as permit:
        asked = permit.root
        chosen = permit.post if answer else None
        _check_acceptance(permit.actor, asked, chosen, question)
        detail = QuestionDetail.objects.select_for_update(of=("self",)).get(post=asked)
        if detail.accepted_id == (chosen.pk if chosen else None):
            return detail
        speaker = voices.voice_of(permit.actor, asked)
        if detail.accepted_id:
            record(UNACCEPTED, speaker, about=detail.accepted.author, post=detail.accepted, at=at)
        _write_acceptance(detail, chosen, speaker, at or timezone.now())
        return detail


def _check_acceptance(person: User, asked: Post, chosen: Post | None, question: Post) -> None:
    fits = asked.pk == question.pk and asked.kind == PostKind.QUESTION
    if not fits or (chosen and (chosen.kind != PostKind.ANSWER or chosen.state != PostState.PUBLISHED)):
        raise Refused(refuse("not_an_answer", _("That is not an answer to this question.")))
    verdict = may_accept(person, asked, chosen)
    if not verdict:
        raise Refused(verdict)


def _write_acceptance(detail: QuestionDetail, chosen: Post | None, actor: User, moment: datetime) -> None:
    detail.accepted = chosen
    detail.accepted_by = actor if chosen else None
    detail.accepted_at = moment if chosen else None
    detail.save(update_fields=["accepted", "accepted_by", "accepted_at"])
    detail.state = states.settle(detail.post, moment).state
    if chosen:
        GoodAnswer.objects.filter(answer=chosen).delete()
        record(ACCEPTED, actor, about=chosen.author, post=chosen, at=moment)
