"""Writing to the audit trail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from intranet.audit.kinds import ENTRIES
from intranet.audit.models import AuditEntry
from intranet.content.models import Post, Space
from intranet.people.models import User

ACTOR = "kesher.actor"
"""The setting of a transaction from which the database's own entries take who did it."""


def write(
    deed: str,
    actor: User | None = None,
    *,
    about: User | None = None,
    space: Space | None = None,
    post: Post | None = None,
    **facts: Any,
) -> AuditEntry:
    """Write one entry, in the caller's transaction when one is open. KeyError when `deed` is not one of `kinds.ENTRIES`."""
    ENTRIES[deed]
    place = space or (post.space if post else None)
    return AuditEntry.objects.create(
        deed=deed,
        actor=actor.pk if actor else None,
        about=about.pk if about else None,
        space=place.pk if place else None,
        post=post.pk if post else None,
        facts=facts,
    )


@contextmanager
def acting(person: User) -> Iterator[None]:
    """Let entries that the database writes by itself inside the block, of changed rights, name `person`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [ACTOR, str(person.pk)])
        yield
        cursor.execute("SELECT set_config(%s, '', true)", [ACTOR])
