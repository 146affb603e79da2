"""Deeds around the inbox."""

from __future__ import annotations

from django.utils import timezone

from intranet.notify.models import Notification
from intranet.people.models import User


def see(*, person: User, notification: Notification | None = None) -> None:
    """Mark one notification of `person`, or all of them, as seen."""
    mine = Notification.objects.filter(recipient=person).unseen()
    if notification:
        mine = mine.filter(pk=notification.pk)
    mine.update(seen_at=timezone.now())
