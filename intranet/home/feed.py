"""The feed: what happened in what is mine, newest first, each item with the reason why it is here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from communities.questions.models import QuestionDetail, QuestionState
from intranet.content.kinds import DOCUMENT_KINDS, PostKind
from intranet.content.models import Post
from intranet.home.choosing import answered_by, chosen
from intranet.home.interests import interests_of
from intranet.home.lines import Line, line_of
from intranet.home.reasons import Reason, reason_for
from intranet.people.models import User
from intranet.policies.disclosures.showing import shown_words
from intranet.ui.paging import Page

QUIET = (QuestionState.ANSWERED, QuestionState.DUPLICATE, QuestionState.OBSOLETE)
"""States of a question in which nobody waits and nothing is settled either."""


@dataclass(frozen=True)
class Item:
    """One row: the thread, why it is here, where it stands (an edge of `ui/item.html`) and its accepted answer."""

    post: Post
    reason: Reason
    state: str
    detail: QuestionDetail | None
    locked: bool
    disclosures: list[str]

    @property
    def line(self) -> Line:
        """The row as its template reads it."""
        return line_of(self.post, self.reason, self.state, self.detail, tuple(self.disclosures))


def state_of(post: Post, detail: QuestionDetail | None) -> str:
    """The edge that a thread carries in a list."""
    if post.kind in DOCUMENT_KINDS:
        return "doc"
    if detail is None or detail.state in QUIET:
        return ""
    if detail.state == QuestionState.SOLVED:
        return "settled"
    return "overdue" if detail.is_overdue else "waiting"


def detail_of(post: Post) -> QuestionDetail | None:
    """The question's part of a thread that was read with it."""
    return getattr(post, "question_detail", None) if post.kind == PostKind.QUESTION else None


def _item(post: Post, reason: Reason) -> Item:
    detail = detail_of(post)
    state = "policy" if post.is_locked else state_of(post, detail)
    return Item(post, reason, state, detail, post.is_locked, [shown_words(row) for row in post.disclosed])


def feed(reader: User, cursor: str = "", *, without: Collection[int] = ()) -> Page[Item]:
    """One page of the feed of `reader`, leaving out the threads `without`, which are on the page already.

    A constant number of queries; only what they may read.
    """
    interests = interests_of(reader)
    found = chosen(reader, interests, cursor, without)
    answered = answered_by(found.items, reader)
    reasons = ((post, reason_for(post, reader, interests, answered.get(post.pk))) for post in found)
    return Page([_item(post, reason) for post, reason in reasons if reason], found.next)
