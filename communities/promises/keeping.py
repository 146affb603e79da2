"""How a community kept its promise: the rate, what it counts, and every miss with what is known about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from communities.questions.agenda import Step
from communities.questions.models import Mark, QuestionDetail
from communities.questions.promises import Promise, promise_of
from communities.reminding.models import Nudge
from intranet.activity.models import Event
from intranet.content.kinds import PostState
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.routing.clock import used
from intranet.routing.verbs import ASKED_OF
from intranet.settings.product import HIT_RATE_DAYS

MOST = 2000
"""Questions that are looked at: more in the period is a place that needs another kind of report."""
CLOSED = (Mark.DUPLICATE, Mark.OBSOLETE)


@dataclass(frozen=True)
class Miss:
    """A question whose promise was missed. `late` is working time; `told` are people by the step they were told at."""

    detail: QuestionDetail
    late: timedelta
    stood: timedelta
    asked: list[User] = field(default_factory=list)
    told: dict[str, list[User]] = field(default_factory=dict)

    @property
    def post(self) -> Post:
        return self.detail.post

    @property
    def reminded(self) -> list[User]:
        """Who was told that it is due."""
        return self.told.get(Step.DUE, [])

    @property
    def escalated(self) -> list[User]:
        """Whom it went to in the end."""
        return self.told.get(Step.OWNER, [])


@dataclass(frozen=True)
class Keeping:
    """`kept` of `due` questions of the period were answered in time; `waiting` are not due yet, `left_out` were
    closed in time as duplicates or no longer current."""

    since: datetime
    until: datetime
    kept: int
    waiting: int
    left_out: int
    missed: list[QuestionDetail]

    @property
    def due(self) -> int:
        return self.kept + len(self.missed)

    @property
    def percent(self) -> int | None:
        return round(100 * self.kept / self.due) if self.due else None


def outcome(detail: QuestionDetail, now: datetime) -> str:
    """What became of the promise: `kept`, `missed`, `waiting`, or `left_out` when it was closed in time.

    A clock that stopped before the time was over keeps what it had; closing a question late does not undo a miss.
    """
    if detail.first_answer:
        return "kept" if detail.first_answer <= detail.due else "missed"
    if detail.stands and detail.stops[-1] <= detail.due:
        return "left_out" if detail.mark in CLOSED else "waiting"
    return "waiting" if now <= detail.due else "missed"


def keeping_of(space: Space, *, days: int = HIT_RATE_DAYS, now: datetime | None = None) -> Keeping:
    """How `space` kept its promise to the questions of the last `days`; one query."""
    moment = now or timezone.now()
    since = moment - timedelta(days=days)
    sorted_out: dict[str, list[QuestionDetail]] = defaultdict(list)
    for detail in _questions(space, since):
        sorted_out[outcome(detail, moment)].append(detail)
    return Keeping(
        since=since,
        until=moment,
        kept=len(sorted_out["kept"]),
        waiting=len(sorted_out["waiting"]),
        left_out=len(sorted_out["left_out"]),
        missed=sorted_out["missed"],
    )


def _questions(space: Space, since: datetime) -> QuerySet[QuestionDetail]:
    published = QuestionDetail.objects.filter(
        post__space=space, post__state=PostState.PUBLISHED, post__created__gte=since
    )
    ordered = published.select_related("post__author").order_by("-post__created", "-post__pk")
    return ordered.defer("post__source", "post__html", "post__text")[:MOST]


def explained(missed: Sequence[QuestionDetail], space: Space, reader: User, now: datetime) -> list[Miss]:
    """`missed` with all that `reader` may know about each; at most three queries, whatever their number.

    A guest is told of people in their communities alone.
    """
    posts = [detail.post_id for detail in missed]
    asked: dict[int, list[User]] = defaultdict(list)
    for event in Event.objects.filter(verb=ASKED_OF.name, post__in=posts).select_related("about"):
        asked[event.post_id].append(event.about)
    told: dict[int, dict[str, list[User]]] = defaultdict(lambda: defaultdict(list))
    for nudge in Nudge.objects.filter(post__in=posts).select_related("person").order_by("at", "pk"):
        told[nudge.post_id][nudge.step].append(nudge.person)
    promise = promise_of(space)
    if reader.is_guest:
        known = set(User.objects.visible_to(reader).values_list("pk", flat=True))
        for people in (*asked.values(), *(group for steps in told.values() for group in steps.values())):
            people[:] = [person for person in people if person.pk in known]
    return [_miss(detail, promise, asked[detail.post_id], told[detail.post_id], now) for detail in missed]


def _miss(
    detail: QuestionDetail,
    promise: Promise,
    asked: list[User],
    told: dict[str, list[User]],
    now: datetime,
) -> Miss:
    until = detail.first_answer or now
    stood = sum((used(began, ended, promise.calendar) for began, ended in detail.pauses(until)), timedelta())
    late = used(detail.due, until, promise.calendar, detail.pauses(until))
    return Miss(detail, late=late, stood=stood, asked=asked, told=dict(told))
