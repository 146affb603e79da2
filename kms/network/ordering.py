"""Ordering a report: the deed, and the background task that it sets going."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from intranet.people.models import User
from kms.network.actions import check_reader
from kms.network.models import Snapshot
from kms.network.tasks import compute_snapshot


def ask_for_report(
    *,
    asked_by: User,
    definition: str,
    level: str,
    purpose: str,
    start: datetime,
    end: datetime,
    against: tuple[datetime, datetime] | None = None,
) -> Snapshot:
    """Order a report; the worker computes it. Raises Refused."""
    check_reader(asked_by)
    with transaction.atomic():
        snapshot = Snapshot.objects.create(
            asked_by=asked_by,
            definition=definition,
            level=level,
            purpose=purpose,
            start=start,
            end=end,
            against_start=against[0] if against else None,
            against_end=against[1] if against else None,
        )
        compute_snapshot.enqueue(snapshot.pk)
    return snapshot
