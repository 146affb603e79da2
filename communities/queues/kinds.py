"""The readable queues: questions by where they stand, each with a sentence that says what is in it.

A question can stand in several: one past its time is also unanswered. So the numbers do not add up, and are not meant to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.questions.models import QuestionState


def _in(state: QuestionState) -> Callable[[datetime], Q]:
    return lambda now: Q(question_detail__state=state)


def _overdue(now: datetime) -> Q:
    return Q(question_detail__state=QuestionState.UNANSWERED, question_detail__due__lt=now)


def _new(now: datetime) -> Q:
    unclaimed = Q(question_detail__claimed_until=None) | Q(question_detail__claimed_until__lte=now)
    return (
        Q(question_detail__state=QuestionState.UNANSWERED, question_detail__due__gte=now, reply_count=0)
        & unclaimed
    )


@dataclass(frozen=True)
class Queue:
    """One queue: which questions are in it at a moment, what that means, and what to say when there are none."""

    name: str
    label: str | Promise
    hint: str | Promise
    empty: str | Promise
    where: Callable[[datetime], Q]
    oldest_first: bool = True


QUEUES = {
    queue.name: queue
    for queue in (
        Queue(
            "new",
            _("New"),
            _("In time, and nobody has written or claimed anything yet."),
            _("Nothing new. Every open question has somebody at it."),
            _new,
        ),
        Queue(
            "unanswered",
            _("Unanswered"),
            _("No answer yet. Those that wait longest come first."),
            _("No loose ends. Every question here has an answer."),
            _in(QuestionState.UNANSWERED),
        ),
        Queue(
            "overdue",
            _("Overdue"),
            _("No answer, and the promised time has passed."),
            _("Nothing is past its time."),
            _overdue,
        ),
        Queue(
            "needs_info",
            _("Needs info"),
            _("Waiting for the asker. The clock stands until they answer."),
            _("Nobody was asked back."),
            _in(QuestionState.NEEDS_INFO),
        ),
        Queue(
            "answered",
            _("Answered, not accepted"),
            _("There is an answer, and nobody has said whether it solves it."),
            _("Every answer was accepted or waits for none."),
            _in(QuestionState.ANSWERED),
        ),
        Queue(
            "solved",
            _("Solved"),
            _("An answer was accepted."),
            _("Nothing is solved yet."),
            _in(QuestionState.SOLVED),
            oldest_first=False,
        ),
        Queue(
            "duplicate",
            _("Duplicates"),
            _("Asked before: each leads to the first one."),
            _("No question was asked twice."),
            _in(QuestionState.DUPLICATE),
            oldest_first=False,
        ),
        Queue(
            "obsolete",
            _("Obsolete"),
            _("No longer current. They stay readable."),
            _("Nothing is out of date."),
            _in(QuestionState.OBSOLETE),
            oldest_first=False,
        ),
    )
}
FIRST = "unanswered"
