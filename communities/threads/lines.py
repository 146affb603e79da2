"""A thread in a list as a plain value: all that its template reads, so that equal rows are put together once."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from communities.questions.models import QuestionState
from communities.threads.listing import Row
from communities.threads.shown import Topic
from intranet.ui import times


class Asked(NamedTuple):
    """Where a question stands; `due` is when its answer is, or was, `late`, promised."""

    badge: str
    claimed: bool
    due: datetime | None
    due_age: int | date | None
    late: bool


class Line(NamedTuple):
    """One row; the ages are what the words for the times depend on."""

    url: str
    lang: str
    title: str
    edge: str
    fresh: int
    locked: bool
    asked: Asked | None
    author: str
    created: datetime
    created_age: int | date
    replies: int
    score: int
    topics: tuple[Topic, ...]


def line_of(row: Row) -> Line:
    """The plain value of `row`. No queries."""
    post = row.post
    return Line(
        url=post.get_absolute_url(),
        lang=post.lang,
        title=post.title,
        edge=row.look,
        fresh=post.fresh,
        locked=row.locked,
        asked=_asked(row),
        author=post.author.display_name,
        created=post.created,
        created_age=times.age(post.created),
        replies=post.reply_count,
        score=post.total_score,
        topics=tuple(Topic(tag.slug, tag.label) for tag in row.tags),
    )


def _asked(row: Row) -> Asked | None:
    detail = row.detail
    if detail is None:
        return None
    due = detail.due if detail.state == QuestionState.UNANSWERED else None
    return Asked(detail.badge, bool(detail.claimant()), due, times.age(due) if due else None, row.overdue)
