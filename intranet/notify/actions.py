"""Deeds around the inbox."""

from __future__ import annotations

from django.utils import timezone

from intranet.notify.models import Notification
from intranet.notify.reading import same_thread
from intranet.people.models import User


def see(*, person: User, notification: Notification | None = None) -> None:
    """Mark all that one line of the inbox of `person` tells, or everything, as seen."""
    mine = Notification.objects.filter(recipient=person).unseen()
    if notification:
        mine = mine.filter(same_thread(notification))
    mine.update(seen_at=timezone.now())
