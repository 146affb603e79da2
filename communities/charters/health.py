"""How a community keeps its promise, with the base of every figure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.promises.keeping import outcome
from communities.questions.models import QuestionDetail, QuestionState
from communities.questions.promises import Promise, promise_of
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Space

PERIOD = timedelta(days=30)
STEPS = (4, 12, 24)
"""Hours of working days that part the ages of open questions."""
MOST = 500
"""Questions that are looked at: more in a month is another kind of place, and is said so."""


@dataclass(frozen=True)
class Health:
    """The last 30 days of one community. `kept` of `due` questions were answered in time; `ages` of open ones."""

    kept: int
    due: int
    middle: timedelta | None
    ages: list[tuple[str, int, str]]

    @property
    def percent(self) -> int | None:
        return round(100 * self.kept / self.due) if self.due else None

    @property
    def missed(self) -> int:
        return self.due - self.kept

    @property
    def waiting(self) -> int:
        return sum(count for _label, count, _tone in self.ages)


def health_of(space: Space, now: datetime | None = None) -> Health:
    """The health of `space`, in one query."""
    moment = now or timezone.now()
    recent = Q(post__created__gt=moment - PERIOD) | Q(state=QuestionState.UNANSWERED)
    rows = list(
        QuestionDetail.objects.filter(
            recent,
            post__space=space,
            post__kind=PostKind.QUESTION,
            post__root=None,
            post__state=PostState.PUBLISHED,
        )
        .select_related("post")
        .defer("post__source", "post__html", "post__text")
        .order_by("-post__created")[:MOST]
    )
    promise = promise_of(space)
    fresh = [row for row in rows if row.post.created > moment - PERIOD]
    ends = [outcome(row, moment) for row in fresh]
    waits = [
        promise.used(row.post.created, row.first_answer, row.pauses(row.first_answer))
        for row in fresh
        if row.first_answer
    ]
    waiting = [row.post.created for row in rows if row.state == QuestionState.UNANSWERED]
    return Health(
        kept=ends.count("kept"),
        due=ends.count("kept") + ends.count("missed"),
        middle=timedelta(seconds=median(wait.total_seconds() for wait in waits)) if waits else None,
        ages=_ages(waiting, moment, promise),
    )


def _ages(asked: list[datetime], now: datetime, promise: Promise) -> list[tuple[str, int, str]]:
    """Open questions by their age in hours of working days: words, number, tone."""
    old = now - PERIOD
    hours = [
        promise.used(moment, now) / timedelta(hours=1) if moment > old else STEPS[-1] + 1 for moment in asked
    ]
    low, middle, high = STEPS
    return [
        (_("up to 4 h"), sum(1 for age in hours if age <= low), "settled"),
        (_("4 to 12 h"), sum(1 for age in hours if low < age <= middle), "settled"),
        (_("12 to 24 h"), sum(1 for age in hours if middle < age <= high), "waiting"),
        (_("over 24 h"), sum(1 for age in hours if age > high), "overdue"),
    ]
