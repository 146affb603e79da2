"""Lists of threads: one query for the rows, whatever their number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from communities.questions.models import QuestionState
from intranet.content.kinds import THREAD_KINDS, PostKind
from intranet.content.models import Post, PostTag, Space, Tag
from intranet.moderation.models import Lock
from intranet.notify.positions import with_news
from intranet.people.models import User
from intranet.ui import paging

SHOWN: dict[str, Callable[[], Q]] = {
    "unanswered": lambda: Q(question_detail__state=QuestionState.UNANSWERED),
    "overdue": lambda: Q(
        question_detail__state=QuestionState.UNANSWERED, question_detail__due__lt=timezone.now()
    ),
    "answered": lambda: Q(question_detail__state=QuestionState.ANSWERED),
    "solved": lambda: Q(question_detail__state=QuestionState.SOLVED),
}
"""Filters of questions by where they stand."""


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


def threads_in(space: Space, reader: User) -> QuerySet[Post]:
    """The threads of `space` that `reader` sees."""
    return Post.objects.visible_to(reader).threads().listed().filter(space=space, kind__in=THREAD_KINDS)


def counts_in(space: Space, reader: User) -> dict[str, int]:
    """How many threads of each kind there are for `reader`, and how many questions in each state. One query."""
    published = threads_in(space, reader)
    kinds = {kind: Count("pk", filter=Q(kind=kind)) for kind in sorted(THREAD_KINDS)}
    states = {name: Count("pk", filter=shown()) for name, shown in SHOWN.items()}
    return published.aggregate(**kinds, **states)


def _with_facts(posts: QuerySet[Post], reader: User) -> QuerySet[Post]:
    """What a row shows `reader` beside the post itself."""
    tags = PostTag.objects.filter(post=OuterRef("pk")).order_by("tag__name")
    named = JSONObject(slug="tag__slug", name="tag__name", name_he="tag__name_he")
    return (
        with_news(posts, reader.pk)
        .select_related("author__unit", "question_detail__claimed_by")
        .defer("source", "html", "text")
        .annotate(
            topics=ArraySubquery(tags.values(row=named)),
            locked=Exists(Lock.objects.holding().filter(post=OuterRef("pk"))),
        )
    )


def list_threads(
    posts: QuerySet[Post], cursor: str = "", *, reader: User, oldest_first: bool = False
) -> paging.Page[Row]:
    """One page of `posts` for `reader`: latest activity first, or those that wait longest first."""
    facts = _with_facts(posts, reader)
    page = _waiting_longest(facts, cursor) if oldest_first else paging.page(facts, cursor, by="last_activity")
    rows = [Row(post, [Tag(**row) for row in post.topics], post.locked) for post in page.items]
    return paging.Page(rows, page.next)


def _waiting_longest(posts: QuerySet[Post], cursor: str) -> paging.Page[Post]:
    """Oldest first. A cursor that cannot be read gives the first page."""
    place = paging.decode(cursor) if cursor else None
    if place:
        moment, pk = place
        posts = posts.filter(Q(created__gt=moment) | Q(created=moment, pk__gt=pk))
    found = list(posts.order_by("created", "pk")[: paging.PAGE + 1])
    shown = found[: paging.PAGE]
    more = len(found) > paging.PAGE
    return paging.Page(shown, paging.encode(shown[-1].created, shown[-1].pk) if more else "")
