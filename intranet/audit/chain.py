"""Sealing: entries become batches, and each batch's digest covers the digest of the one before.

A digest for every entry would make writers wait for each other; a batch is sealed by a task that takes the exclusive
side of the lock whose shared side every entry is written under. So a batch never misses an entry with a smaller id
that commits later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from django.db import OperationalError, connection, transaction
from django.utils import timezone

from intranet.audit.models import AuditBatch, AuditEntry
from intranet.settings.product import AUDIT_BATCH

GENESIS = "0" * 64
LOCK = (7303, 1)
"""The advisory lock between writing entries (shared) and sealing them; the trigger `audit_entry_stamp` takes it too."""


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def leaf(entry: AuditEntry) -> str:
    """The SHA-256 of everything an entry says, in hexadecimal digits."""
    said = [
        entry.pk,
        _moment(entry.at),
        entry.deed,
        entry.actor,
        entry.about,
        entry.space,
        entry.post,
        entry.event,
        entry.facts,
        _moment(entry.written),
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def digest(number: int, previous: str, sealed_at: datetime, ids: Sequence[int], leaves: Sequence[str]) -> str:
    """The SHA-256 of a batch."""
    head = f"{number}|{previous}|{_moment(sealed_at)}"
    lines = [f"{pk}:{its_leaf}" for pk, its_leaf in zip(ids, leaves, strict=True)]
    return hashlib.sha256("\n".join([head, *lines]).encode()).hexdigest()


def seal() -> int:
    """Seal what was written since the last batch; how many entries. 0 also when writers are busy: the next run seals."""
    total = 0
    try:
        while sealed := _seal_batch():
            total += sealed
    except OperationalError:  # the lock was not to be had in time
        return total
    return total


@transaction.atomic
def _seal_batch() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '500ms'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", LOCK)
    last = AuditBatch.objects.order_by("-number").first()
    after = last.ids[-1] if last else 0
    entries = list(AuditEntry.objects.filter(pk__gt=after).order_by("pk")[:AUDIT_BATCH])
    if not entries:
        return 0
    number, previous = (last.number + 1, last.digest) if last else (1, GENESIS)
    ids, leaves, now = [entry.pk for entry in entries], [leaf(entry) for entry in entries], timezone.now()
    AuditBatch.objects.create(
        number=number,
        ids=ids,
        leaves=leaves,
        previous=previous,
        sealed_at=now,
        digest=digest(number, previous, now, ids, leaves),
    )
    return len(entries)
