"""Questions by where they stand, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from communities.finding import find_community
from communities.queues.kinds import QUEUES
from communities.queues.reading import counts, questions_for
from communities.threads.listing import Row, list_threads
from intranet.content.models import Space
from intranet.people.models import User
from intranet.posting.api import READING
from intranet.posting.shapes import PersonShape, person_shape
from intranet.runtime.surfaces import surface

router = Router(tags=["questions"])
QueueName = Literal[
    "new", "unanswered", "overdue", "needs_info", "answered", "solved", "duplicate", "obsolete"
]


class WaitingShape(Schema):
    """A question in a queue."""

    id: str
    title: str
    community: str
    url: str
    author: PersonShape
    asked: datetime
    state: str
    due: datetime
    overdue: bool
    claimed_by: PersonShape | None
    claimed_until: datetime | None


class QueueShape(Schema):
    """One queue, and how many questions are in each."""

    queue: str
    counts: dict[str, int]
    items: list[WaitingShape]
    next: str | None


@router.get(
    "/communities/{slug:slug}/queues/{queue}",
    response={200: QueueShape, **READING},
    summary="Questions of a community by where they stand",
)
@surface("questions of a community the reader sees into")
def of_community(request: HttpRequest, slug: str, queue: QueueName, cursor: str = "") -> dict[str, Any]:
    """One queue of one community."""
    return _queue(request.user, find_community(request.user, slug, inside=True), queue, cursor)


@router.get(
    "/queues/{queue}", response={200: QueueShape, **READING}, summary="Questions of all my communities"
)
@surface("questions the reader may see, in communities they are a member of")
def mine(request: HttpRequest, queue: QueueName, cursor: str = "") -> dict[str, Any]:
    """One queue over all communities I am a member of."""
    return _queue(request.user, None, queue, cursor)


def _queue(reader: User, space: Space | None, name: str, cursor: str) -> dict[str, Any]:
    now, chosen = timezone.now(), QUEUES[name]
    questions = questions_for(reader, space)
    found = list_threads(
        questions.filter(chosen.where(now)).select_related("space"),
        cursor,
        reader=reader,
        oldest_first=chosen.oldest_first,
    )
    return {
        "queue": name,
        "counts": counts(questions, now),
        "items": [_waiting(row) for row in found],
        "next": found.next or None,
    }


def _waiting(row: Row) -> dict[str, Any]:
    holder = row.detail.claimant()
    return {
        "id": row.post.public_id,
        "title": row.post.title,
        "community": row.post.space.slug,
        "url": row.post.get_absolute_url(),
        "author": person_shape(row.post.author),
        "asked": row.post.created,
        "state": row.detail.state,
        "due": row.detail.due,
        "overdue": row.overdue,
        "claimed_by": person_shape(holder) if holder else None,
        "claimed_until": row.detail.claimed_until if holder else None,
    }
