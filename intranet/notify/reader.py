"""The reader of the log that tells people: rows in the inbox, and a nudge to the pages that are open."""

from __future__ import annotations

from collections.abc import Sequence

from intranet.activity import readers
from intranet.activity.models import Event
from intranet.content.kinds import PostState
from intranet.notify import channel
from intranet.notify.models import Digest, Notification, Rhythm
from intranet.notify.recipients import recipients
from intranet.notify.tasks import send_letters
from intranet.runtime.tasks import enqueue_once

NEW_POST_VERBS = frozenset({"answered", "replied", "commented"})


class NotificationReader:
    """Derives notifications from events. What a person has seen stays seen through a rebuild."""

    name = "notifications"

    def __init__(self) -> None:
        self._seen: dict[tuple[int, int], object] = {}

    def read(self, events: Sequence[Event]) -> None:
        """Tell the recipients of `events` and the readers of their threads."""
        told = recipients(events)
        by_id = {event.pk: event for event in events}
        Notification.objects.bulk_create(
            (
                Notification(
                    recipient_id=person,
                    event_id=event,
                    reason=reason,
                    created=by_id[event].at,
                    seen_at=self._seen.get((person, event)),
                )
                for event, reasons in told.items()
                for person, reason in reasons.items()
            ),
            ignore_conflicts=True,
        )
        people = {person for reasons in told.values() for person in reasons}
        channel.tell(people)
        for person in Digest.objects.filter(person__in=people, rhythm=Rhythm.DIRECT).values_list(
            "person", flat=True
        ):
            enqueue_once(send_letters, person)
        for event in events:
            if event.verb in NEW_POST_VERBS and event.post.state == PostState.PUBLISHED:
                channel.announce_post(event.post)

    def forget(self) -> None:
        """Delete all notifications, keeping in mind which were seen."""
        rows = Notification.objects.exclude(seen_at=None)
        self._seen = {
            (person, event): seen
            for person, event, seen in rows.values_list("recipient_id", "event_id", "seen_at")
        }
        Notification.objects.all().delete()


readers.register(NotificationReader())
