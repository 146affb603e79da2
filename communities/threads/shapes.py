"""Threads as programs send and get them."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field, StringConstraints

from communities.questions.models import QuestionDetail
from intranet.content.models import Post
from intranet.content.tagging import MAX_TAGS
from intranet.moderation.models import Lock
from intranet.policies.disclosures.showing import shape
from intranet.posting.shapes import (
    DisclosureShape,
    LockShape,
    PersonShape,
    ReplyList,
    person_shape,
)

OF_QUESTIONS = ("anonymous", "to", "urgent")
"""What only a question is asked with."""
Token = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
Topic = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")]
Said = Annotated[str, StringConstraints(max_length=240, pattern=r"^[^\x00]*$")]
"""A disclosure in one line: `interest`, `outside=DIN 3990`, `on_behalf=LAB`, `!interest` for none."""
Confirmed = Annotated[int, Field(ge=0, le=1_000_000)]
"""How many people the program has agreed to tell by mentioning groups; more than that is refused (`reach`)."""


class SummaryShape(Schema):
    """A thread in a list."""

    id: str
    kind: str
    community: str
    title: str
    author: PersonShape
    tags: list[str]
    created: datetime
    last_activity: datetime
    revision: int
    score: int
    reply_count: int
    accepted: str | None
    disclosures: list[DisclosureShape]
    locked: LockShape | None


class SummaryList(Schema):
    items: list[SummaryShape]
    next: str | None


class ThreadShape(SummaryShape):
    """A thread with its text and replies; the next ones are at `replies.next`."""

    source: str
    html: str
    replies: ReplyList


class NewThread(Schema):
    """What starts a thread. The same `client_token` twice gives the first one's result.

    Of a question, `to` names whom to ask (`experts`, `@username`, `@u/unit`), `urgent` says why it is, and `anonymous`
    seals who asks where the charter allows it.
    """

    kind: Literal["question", "discussion", "idea", "announcement"] = "question"
    title: str
    source: str = ""
    tags: list[Topic] = Field(default=[], max_length=MAX_TAGS)
    disclosures: list[Said] = Field(default=[], max_length=10)
    client_token: Token | None = None
    confirmed_reach: Confirmed = 0
    anonymous: bool = False
    to: Said = ""
    urgent: Said = ""


class NewReply(Schema):
    """A reply. Without `parent` it answers the question or replies to the thread; with one it is about that post."""

    source: str
    parent: Annotated[str, StringConstraints(max_length=16, pattern=r"^[\w-]*$")] | None = None
    client_token: Token | None = None
    disclosures: list[Said] = Field(default=[], max_length=10)
    confirmed_reach: Confirmed = 0


class Choice(Schema):
    """The answer that is to be the accepted one; null for none."""

    answer: Annotated[str, StringConstraints(max_length=16, pattern=r"^[\w-]*$")] | None


class ChoiceShape(Schema):
    id: str
    accepted: str | None


def summary_of(post: Post, lock: Lock | None) -> dict[str, Any]:
    """What a list says of a thread, with the `lock` on it."""
    detail: QuestionDetail | None = getattr(post, "question_detail", None)
    accepted = detail.accepted if detail else None
    return {
        "id": post.public_id,
        "kind": post.kind,
        "community": post.space.slug,
        "title": post.title,
        "author": person_shape(post.author),
        "tags": [tag.label for tag in post.tags.all()],
        "created": post.created,
        "last_activity": post.last_activity,
        "revision": post.revision,
        "score": post.total_score,
        "reply_count": post.reply_count,
        "accepted": accepted.public_id if accepted else None,
        "disclosures": [shape(each) for each in post.disclosures.all()],
        "locked": lock.facts() if lock else None,
    }
