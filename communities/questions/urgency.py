"""Urgent questions: a reason, a badge, earlier reminders, and a number a month that keeps the word worth something."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.questions import states
from communities.questions.models import QuestionDetail, QuestionState
from communities.verbs import CALMED, HURRIED
from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Refused, Verdict, refuse
from intranet.activity.log import record
from intranet.content import voices
from intranet.content.models import Post
from intranet.moderation import gate
from intranet.people.models import User
from intranet.settings.product import URGENT_A_MONTH
from intranet.text.lines import clean_line

NOT_ANONYMOUS = refuse(
    "not_anonymous", _("What is urgent is counted by name, so it cannot be anonymous as well.")
)


def urgent_left(person: User, now: datetime | None = None) -> int:
    """How many more questions `person` may mark as urgent this month."""
    month = _month_of(now or timezone.now())
    used = QuestionDetail.objects.filter(post__author=person, urgent_at__gte=month).count()
    return max(0, URGENT_A_MONTH - used)


def _month_of(moment: datetime) -> datetime:
    """When the calendar month of `moment` began."""
    return timezone.localtime(moment).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def columns(asker: User, reason: str, at: datetime, *, anonymous: bool = False) -> dict[str, Any]:
    """The columns of a question that is urgent for `reason`; none without one. Raises `Refused`.

    The row of the asker is locked, so that two questions at the same moment are counted one after the other.
    """
    line = clean_line(reason)[:200]
    if not line:
        return {}
    if anonymous:
        raise Refused(NOT_ANONYMOUS)
    _must_have_one_left(asker, at)
    return {"urgent_note": line, "urgent_at": at}


def _must_have_one_left(asker: User, at: datetime) -> None:
    """Raise `Refused` when `asker` used up the month; holds the asker's row."""
    User.objects.select_for_update(no_key=True).get(pk=asker.pk)
    if not urgent_left(asker, at):
        sentence = _("You marked %(n)s questions as urgent this month, which is the most. Ask without it.")
        raise Refused(refuse("quota", sentence % {"n": URGENT_A_MONTH}))


def may_hurry(person: User, question: Post) -> Verdict:
    """Whether `person` may say how urgent `question` is: who asked it in their own name, while an answer is missing."""
    if not voices.wrote(person, question):
        return refuse("not_asker", _("Only the person who asked says how urgent a question is."))
    if question.author_id != person.pk:
        return NOT_ANONYMOUS
    if question.question_detail.state not in (QuestionState.UNANSWERED, QuestionState.NEEDS_INFO):
        return refuse("answered", _("This question has its answer, so nothing hurries any more."))
    return ALLOWED


def hurry(*, actor: User, question: Post, reason: str, at: datetime | None = None) -> QuestionDetail:
    """Make `question` urgent for `reason`, or give an urgent one another reason. Counted once a month. Raises `Refused`."""
    moment, line = at or timezone.now(), clean_line(reason)[:200]
    if not line:
        raise Refused(refuse("no_reason", _("Say in a few words why it is urgent.")))
    with gate.permit(actor, Deed.EDIT, post=question) as permit:
        detail = _held(permit)
        if detail.is_urgent and detail.urgent_note == line:
            return detail
        if detail.urgent_at is None or detail.urgent_at < _month_of(moment):
            _must_have_one_left(permit.actor, moment)
            detail.urgent_at = moment
        fresh = not detail.is_urgent or detail.urgent_at == moment
        detail.urgent_note, detail.urgent_ended = line, None
        detail.save(update_fields=["urgent_note", "urgent_at", "urgent_ended"])
        if fresh:
            record(HURRIED, permit.actor, post=permit.post, at=moment)
        return states.settle(permit.post, moment)


def calm(*, actor: User, question: Post, at: datetime | None = None) -> QuestionDetail:
    """Take the urgency of `question` back. It stays counted, or the word would cost nothing. Safe to repeat."""
    moment = at or timezone.now()
    with gate.permit(actor, Deed.EDIT, post=question) as permit:
        detail = _held(permit)
        if not detail.is_urgent:
            return detail
        detail.urgent_ended = moment
        detail.save(update_fields=["urgent_ended"])
        record(CALMED, permit.actor, post=permit.post, at=moment)
        return states.settle(permit.post, moment)


def _held(permit: gate.Permit) -> QuestionDetail:
    """The row of the question that was permitted, held until commit; `Refused` for who did not ask it."""
    detail = QuestionDetail.objects.select_for_update(of=("self",)).get(post=permit.post)
    permit.post.question_detail = detail
    if not (verdict := may_hurry(permit.actor, permit.post)):
        raise Refused(verdict)
    return detail
