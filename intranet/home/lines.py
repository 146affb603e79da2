"""A row of the feed as a plain value: all that its template reads, so that equal rows are put together once."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from django.utils.html import conditional_escape

from communities.questions.models import QuestionDetail, QuestionState
from intranet.content.models import Post
from intranet.home.reasons import Reason
from intranet.ui import times

BEGINNING = 280
"""Characters of the accepted answer, or of the thread, that are read first."""


class Answered(NamedTuple):
    """Who accepted an answer; `asker`: the one who asked."""

    by: str
    asker: bool


class Line(NamedTuple):
    """One row. `why` is HTML, `edge` one of `ui/item.html`; the ages are what the words for the times depend on."""

    url: str
    lang: str
    title: str
    text: str
    edge: str
    icon: str
    why: str
    fresh: int
    locked: bool
    badge: str
    solved: Answered | None
    due: datetime | None
    due_age: int | date | None
    author: str
    unit: str
    replies: int
    last: datetime
    last_age: int | date
    disclosures: tuple[str, ...]


def line_of(
    post: Post, reason: Reason, edge: str, detail: QuestionDetail | None, disclosures: tuple[str, ...]
) -> Line:
    """The row of `post`, which was read with all that a row shows. No queries."""
    due = detail.due if detail and detail.state == QuestionState.UNANSWERED else None
    page = getattr(post, "article_page", None)
    return Line(
        url=post.get_absolute_url(),
        lang=post.lang,
        title=post.title,
        text=((detail and detail.accepted) or post).text[:BEGINNING],
        edge=edge,
        icon=reason.icon,
        why=str(conditional_escape(reason.text)),
        fresh=post.fresh,
        locked=post.is_locked,
        badge=page.badge if page else "",
        solved=_solved(post, detail),
        due=due,
        due_age=times.age(due) if due else None,
        author=post.author.display_name,
        unit=post.author.unit.label if post.author.unit else "",
        replies=post.reply_count,
        last=post.last_activity,
        last_age=times.age(post.last_activity),
        disclosures=disclosures,
    )


def _solved(post: Post, detail: QuestionDetail | None) -> Answered | None:
    if not detail or detail.state != QuestionState.SOLVED:
        return None
    by = detail.accepted_by.display_name if detail.accepted_by else ""
    return Answered(by, detail.accepted_by_id == post.author_id)
