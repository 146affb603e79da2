"""Where a question stands, as one reader gets it on its page: what is said of it, who is writing, what they may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from communities.questions.models import QuestionDetail, QuestionState
from communities.standing.rights import claimable, may_ask_back, may_close, may_unmark
from intranet.access import visibility
from intranet.content import voices
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.people.models import User

READ_WITH = (
    "question_detail__accepted_by",
    "question_detail__mark_by",
    "question_detail__claimed_by",
    "question_detail__original__space",
    "question_detail__article",
)
"""What has to be read with a question so that nothing here asks again."""


@dataclass(frozen=True)
class Standing:
    """`original` is None for a reader who may not see it; `claim` is who is writing an answer right now."""

    detail: QuestionDetail
    original: Post | None
    claim: User | None
    mine: bool
    may_claim: bool
    may_release: bool
    may_change: bool
    may_reopen: bool


def standing_of(
    question: Post, reader: User, *, writable: bool, now: datetime | None = None
) -> Standing | None:
    """The standing of `question` for `reader`; None for what is no question. No queries.

    `writable` says whether anything can be written in the thread at all.
    """
    detail = getattr(question, "question_detail", None)
    if detail is None:
        return None
    detail.post = question
    claim = detail.claimant(now or timezone.now())
    mine = voices.wrote(reader, question)
    original = detail.original
    sees = original and original.state == PostState.PUBLISHED and visibility.sees_post(reader, original)
    asks_back = detail.state in (QuestionState.UNANSWERED, QuestionState.ANSWERED)
    return Standing(
        detail=detail,
        original=original if sees else None,
        claim=claim,
        mine=mine,
        may_claim=writable and not claim and not mine and claimable(detail),
        may_release=writable
        and claim is not None
        and (claim == reader or visibility.moderates_space(reader, question.space)),
        may_change=writable
        and bool(may_close(reader, question) or (asks_back and may_ask_back(reader, question))),
        may_reopen=writable and bool(detail.mark and may_unmark(reader, detail)),
    )
