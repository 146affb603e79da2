"""How a question fares: by when an answer is due, how much of the promise is used, what happened so far."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from communities.questions.models import QuestionDetail
from communities.questions.promises import promise_of
from communities.threads.rows import detail_of
from intranet.content.models import Post


@dataclass(frozen=True)
class Trail:
    """The promise to one question and what became of it."""

    detail: QuestionDetail
    promised: int
    used: timedelta
    kept: bool | None

    @property
    def hours(self) -> int:
        """Whole hours used, at most those promised: the length of the bar."""
        return min(self.promised, int(self.used.total_seconds() // 3600))

    @property
    def due(self) -> datetime:
        return self.detail.due


def trail_of(question: Post, now: datetime | None = None) -> Trail | None:
    """The trail of `question`, read with its space's charter; None for what is no question. No queries."""
    detail = detail_of(question)
    if detail is None:
        return None
    moment = now or timezone.now()
    promise = promise_of(question.space)
    answered = detail.first_answer
    kept = answered <= detail.due if answered else (None if detail.stands or moment <= detail.due else False)
    return Trail(
        detail=detail,
        promised=promise.hours,
        used=promise.used(question.created, answered or moment, detail.pauses(moment)),
        kept=kept,
    )
