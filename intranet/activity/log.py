"""Writing to the log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from intranet.activity.models import Event
from intranet.activity.readers import poke
from intranet.activity.verbs import Verb

if TYPE_CHECKING:
    from intranet.content.models import Post, Space
    from intranet.people.models import User


def record(
    verb: Verb,
    actor: User,
    *,
    about: User | None = None,
    post: Post | None = None,
    space: Space | None = None,
    at: datetime | None = None,
    **data: Any,
) -> Event:
    """Write one event in the caller's transaction, which must be open, and wake the log's readers on commit."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{verb.name} was recorded outside the transaction of its deed")
    event = Event.objects.create(
        verb=verb.name,
        actor=actor,
        about=about,
        post=post,
        space=space or (post.space if post else None),
        at=at or timezone.now(),
        data=data,
    )
    poke()
    return event


def record_all(events: Sequence[Event]) -> None:
    """Write many events at once, as `record` does with one: for deeds that touch thousands of rows."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("events were recorded outside the transaction of their deed")
    Event.objects.bulk_create(events, batch_size=500)
    poke()
