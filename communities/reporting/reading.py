"""How a community does: four figures, each with its base, the period before, and the list behind it.

What people read is not kept, so nobody is named for reading: active is who wrote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from communities.questions.models import QuestionDetail
from intranet.activity.models import Event
from intranet.activity.verbs import names_where
from intranet.content.kinds import THREAD_KINDS, PostKind
from intranet.content.models import Membership, Post, Space
from intranet.people.models import User
from intranet.settings.product import HEALTH_DAYS, NEWCOMER_DAYS

PERIOD = timedelta(days=HEALTH_DAYS)


@dataclass(frozen=True)
class Figure:
    """`part` of `whole` now, and in the period before; a whole of 0 says nothing."""

    part: int
    whole: int
    part_before: int
    whole_before: int

    @property
    def percent(self) -> int | None:
        return round(100 * self.part / self.whole) if self.whole else None

    @property
    def percent_before(self) -> int | None:
        return round(100 * self.part_before / self.whole_before) if self.whole_before else None


@dataclass(frozen=True)
class Report:
    """The figures of one community over the last 30 days."""

    active: Figure
    in_time: Figure
    newcomers: Figure
    crossing: Figure


def report_of(space: Space, now: datetime | None = None) -> Report:
    """The report of `space`; a constant number of queries."""
    moment = now or timezone.now()
    before = moment - PERIOD
    return Report(
        active=_active(space, moment),
        in_time=_both(lambda at: _kept(ripe_questions(space, at, moment)), moment, before),
        newcomers=_both(lambda at: _kept(ripe_questions(space, at, moment, newcomers=True)), moment, before),
        crossing=_both(lambda at: _crossed(space, at), moment, before),
    )


def _both(count, now: datetime, before: datetime) -> Figure:
    return Figure(*count(now), *count(before))


def written(space: Space, until: datetime) -> QuerySet[Post]:
    """What was published in `space` in the 30 days up to `until`."""
    return Post.objects.published().filter(space=space, created__gt=until - PERIOD, created__lte=until)


def _active(space: Space, now: datetime) -> Figure:
    members = Membership.objects.filter(space=space, person__is_active=True)
    earlier = members.filter(joined__lte=now - PERIOD).count()
    count = lambda at: active_people(space, at).count()  # noqa: E731  the same question twice
    return Figure(count(now), members.count(), count(now - PERIOD), earlier)


def active_people(space: Space, until: datetime) -> QuerySet[User]:
    """Members who wrote something in the 30 days up to `until`, by name."""
    wrote = written(space, until).filter(author=OuterRef("pk"))
    mine = Membership.objects.filter(space=space, person=OuterRef("pk"))
    return User.objects.active().filter(Exists(wrote), Exists(mine)).order_by("name_key", "pk")


def ripe_questions(
    space: Space, until: datetime, now: datetime, *, newcomers: bool = False
) -> QuerySet[QuestionDetail]:
    """Questions of the period that were answered or whose time has passed, each with `kept`; of newcomers alone.

    A newcomer joined at most 90 days before asking.
    """
    asked = QuestionDetail.objects.filter(post__in=written(space, until).filter(kind=PostKind.QUESTION))
    ripe = asked.filter(Q(first_answer__isnull=False) | Q(due__lte=now))
    if newcomers:
        joined = Membership.objects.filter(space=space, person=OuterRef("post__author")).values("joined")[:1]
        ripe = ripe.annotate(joined=Subquery(joined)).filter(
            joined__gt=F("post__created") - timedelta(days=NEWCOMER_DAYS)
        )
    return ripe


def _kept(questions: QuerySet[QuestionDetail]) -> tuple[int, int]:
    return questions.filter(first_answer__lte=F("due")).count(), questions.count()


def ties_in(space: Space, until: datetime) -> QuerySet[Event]:
    """Deeds of the period that tie two people of known units: an answer, a reply, an acceptance."""
    return Event.objects.filter(
        space=space,
        verb__in=names_where(tie=True),
        at__gt=until - PERIOD,
        at__lte=until,
        actor__unit__isnull=False,
        about__unit__isnull=False,
        post__isnull=False,
    ).exclude(actor=F("about"))


def crossing_ties(space: Space, until: datetime) -> QuerySet[Event]:
    """Those of `ties_in` whose two people belong to different units."""
    return ties_in(space, until).exclude(actor__unit=F("about__unit"))


def _crossed(space: Space, until: datetime) -> tuple[int, int]:
    return crossing_ties(space, until).count(), ties_in(space, until).count()


def threads_behind(space: Space, reader: User, figure: str, now: datetime) -> QuerySet[Post]:
    """The threads behind `figure` that `reader` sees: the misses of a promise, or where units met."""
    threads = Post.objects.visible_to(reader).threads().filter(space=space, kind__in=THREAD_KINDS)
    if figure == "crossing":
        met = crossing_ties(space, now).values("post__root", "post")
        roots = {row["post__root"] or row["post"] for row in met}
        return threads.filter(pk__in=roots).order_by("-last_activity", "-pk")
    missed = ripe_questions(space, now, now, newcomers=figure == "newcomers").exclude(
        first_answer__lte=F("due")
    )
    return threads.filter(question_detail__in=missed).order_by("created", "pk")
