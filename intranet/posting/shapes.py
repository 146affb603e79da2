"""Posts as programs get them: the fields that stand in the contract of the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema

from intranet.content.models import Post
from intranet.moderation.models import Lock
from intranet.people.models import User
from intranet.policies.disclosures.showing import shape


class PersonShape(Schema):
    """Who wrote something."""

    username: str
    name: str


class LockShape(Schema):
    """Why something is locked: the words of the clause, where it stands, what it stops and until when."""

    reason: str
    policy: str
    clause: str
    version: int
    scope: str
    until: datetime | None


class DisclosureShape(Schema):
    """What readers should know: `denied` says that there is nothing of the kind; unit by path, leader by username."""

    kind: str
    text: str
    denied: bool
    unit: str | None
    leader: str | None


class ReplyShape(Schema):
    """A post in a thread. `parent` is the id of the post below which it hangs, the thread's own for an answer."""

    id: str
    number: int
    kind: str
    parent: str | None
    source: str
    html: str
    author: PersonShape
    created: datetime
    revision: int
    score: int
    disclosures: list[DisclosureShape]
    locked: LockShape | None


class ReplyList(Schema):
    """Replies in their order, and the cursor of the next ones."""

    items: list[ReplyShape]
    next: str | None


class ThanksShape(Schema):
    """Whether I thanked for a post."""

    id: str
    thanked: bool


class VoteShape(Schema):
    """The score of a post and my own vote."""

    id: str
    score: int
    value: int


class LockedShape(Schema):
    """Whether a post is locked, and why."""

    id: str
    locked: LockShape | None


class FlaggedShape(Schema):
    """A post that I reported."""

    id: str
    flagged: bool


class Made(Schema):
    """What was written and where it is read."""

    id: str
    url: str


class ErrorShape(Schema):
    """What went wrong: a code for programs, a sentence for the reader."""

    code: str
    message: str


class Problem(Schema):
    """Every error has this shape."""

    error: ErrorShape


class LockedProblem(Problem):
    """A lock stands in the way."""

    reason: str
    policy: str
    clause: str
    version: int
    scope: str
    until: datetime | None


class StaleProblem(Problem):
    """The post was edited meanwhile: what it says now."""

    revision: int
    source: str


def person_shape(person: User) -> dict[str, str]:
    return {"username": person.username, "name": person.display_name}


def reply_shape(post: Post, lock: Lock | None) -> dict[str, Any]:
    """One reply; its author and parent were read with it."""
    return {
        "id": post.public_id,
        "number": post.number,
        "kind": post.kind,
        "parent": post.parent.public_id if post.parent else None,
        "source": post.source,
        "html": post.html,
        "author": person_shape(post.author),
        "created": post.created,
        "revision": post.revision,
        "score": post.total_score,
        "disclosures": [shape(each) for each in post.disclosures.all()],
        "locked": lock.facts() if lock else None,
    }
