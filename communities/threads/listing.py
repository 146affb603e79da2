"""Lists of threads: one query for the rows, whatever their number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from communities.questions.models import QuestionState
from intranet.access.readers import Reader, kind_of
from intranet.content.kinds import THREAD_KINDS, PostKind
from intranet.content.models import Post, PostTag, Space, Tag
from intranet.moderation.models import Lock
from intranet.notify.positions import with_news
from intranet.people.models import User
from intranet.runtime.prepared import Prepared
from intranet.ui import paging

SHOWN: dict[str, Callable[[datetime], Q]] = {
    "unanswered": lambda now: Q(question_detail__state=QuestionState.UNANSWERED),
    "overdue": lambda now: Q(question_detail__state=QuestionState.UNANSWERED, question_detail__due__lt=now),
    "answered": lambda now: Q(question_detail__state=QuestionState.ANSWERED),
    "solved": lambda now: Q(question_detail__state=QuestionState.SOLVED),
}
"""Filters of questions by where they stand at a moment."""
LONGEST_FIRST = frozenset({"unanswered", "overdue"})
"""Filters whose questions stand in the order in which they have waited."""


@dataclass
class Row:
    """One thread in a list."""

    post: Post
    tags: list[Tag]
    locked: bool

    @property
    def detail(self):
        return getattr(self.post, "question_detail", None) if self.post.kind == PostKind.QUESTION else None

    @property
    def overdue(self) -> bool:
        return bool(self.detail and self.detail.is_overdue)

    @property
    def claimable(self) -> bool:
        """Nobody is writing an answer, and one is wanted."""
        open_now = (QuestionState.UNANSWERED, QuestionState.ANSWERED, QuestionState.NEEDS_INFO)
        return bool(self.detail and self.detail.state in open_now and not self.detail.claimant())

    @property
    def look(self) -> str:
        """The line at the edge of the row."""
        if self.locked:
            return "policy"
        if not self.detail:
            return ""
        match self.detail.state:
            case QuestionState.UNANSWERED:
                return "overdue" if self.overdue else "waiting"
            case QuestionState.NEEDS_INFO:
                return "waiting"
            case QuestionState.DUPLICATE | QuestionState.OBSOLETE:
                return ""
        return "settled"


def threads_in(space: Space | int, reader: User | Reader) -> QuerySet[Post]:
    """The threads of `space` that `reader` sees."""
    return Post.objects.visible_to(reader).threads().listed().filter(space=space, kind__in=THREAD_KINDS)


def _counted(*kind: bool, me: int, space: int, now: datetime) -> QuerySet[Post, dict[str, int]]:
    kinds = {each: Count("pk", filter=Q(kind=each)) for each in sorted(THREAD_KINDS)}
    states = {name: Count("pk", filter=shown(now)) for name, shown in SHOWN.items()}
    threads = threads_in(space, Reader(me, *kind)).order_by().values("space")
    return threads.annotate(**kinds, **states).values(*kinds, *states)


_counts = Prepared(_counted)


def counts_in(space: Space, reader: User) -> dict[str, int]:
    """How many threads of each kind there are for `reader`, and how many questions in each state. One query."""
    found = _counts.first(*kind_of(reader), me=reader.pk, space=space.pk, now=timezone.now())
    return found or dict.fromkeys((*THREAD_KINDS, *SHOWN), 0)


def _with_facts(posts: QuerySet[Post], me: int, now: datetime) -> QuerySet[Post]:
    """What a row shows the reader beside the post itself."""
    tags = PostTag.objects.filter(post=OuterRef("pk")).order_by("tag__name")
    named = JSONObject(slug="tag__slug", name="tag__name", name_he="tag__name_he")
    return (
        with_news(posts, me)
        .select_related("author__unit", "question_detail__claimed_by")
        .defer("source", "html", "text")
        .annotate(
            topics=ArraySubquery(tags.values(row=named)),
            locked=Exists(Lock.objects.holding(now).filter(post=OuterRef("pk"))),
        )
    )


def _in_order(
    posts: QuerySet[Post], oldest_first: bool, after: tuple[datetime, int] | None
) -> QuerySet[Post]:
    """One page and a row of `posts`: latest activity first, or those that wait longest first."""
    if not oldest_first:
        rows = posts.filter(paging.older("last_activity", *after)) if after else posts
        return paging.newest(rows, "last_activity", paging.PAGE)
    if after:
        moment, pk = after
        posts = posts.filter(Q(created__gt=moment) | Q(created=moment, pk__gt=pk))
    return posts.order_by("created", "pk")[: paging.PAGE + 1]


def _page_of(found: list[Post], oldest_first: bool) -> paging.Page[Row]:
    page = paging.cut(found, "created" if oldest_first else "last_activity", paging.PAGE)
    return paging.Page(
        [Row(post, [Tag(**row) for row in post.topics], post.locked) for post in page], page.next
    )


def list_threads(
    posts: QuerySet[Post], cursor: str = "", *, reader: User, oldest_first: bool = False
) -> paging.Page[Row]:
    """One page of `posts` for `reader`. A cursor that cannot be read gives the first page."""
    facts = _with_facts(posts, reader.pk, timezone.now())
    return _page_of(list(_in_order(facts, oldest_first, paging.decode(cursor))), oldest_first)


def _of_community(
    show: str,
    *reader: bool,
    me: int,
    space: int,
    kind: str,
    now: datetime,
    moment: datetime | None = None,
    pk: int = 0,
) -> QuerySet[Post]:
    threads = threads_in(space, Reader(me, *reader)).filter(kind=kind)
    if show:
        threads = threads.filter(SHOWN[show](now))
    return _in_order(_with_facts(threads, me, now), show in LONGEST_FIRST, (moment, pk) if moment else None)


_threads = Prepared(_of_community)


def list_community(
    space: Space, reader: User, *, kind: str, show: str = "", cursor: str = ""
) -> paging.Page[Row]:
    """One page of the threads of a kind in `space`, with `show` only those that stand so. One query."""
    place = paging.decode(cursor)
    after = {"moment": place[0], "pk": place[1]} if place else {}
    values = {"me": reader.pk, "space": space.pk, "kind": kind, "now": timezone.now(), **after}
    return _page_of(_threads.all(show, *kind_of(reader), **values), show in LONGEST_FIRST)
