"""The reader of the log that copies what is audited. Each event is copied once, however often the log is read."""

from __future__ import annotations

from collections.abc import Sequence

from intranet.activity.models import Event
from intranet.activity.readers import register
from intranet.audit.kinds import FROM_LOG
from intranet.audit.models import AuditEntry


class AuditReader:
    """Events of audited verbs become entries."""

    name = "audit"

    def read(self, events: Sequence[Event]) -> None:
        entries = [self._entry(event) for event in events if event.verb in FROM_LOG]
        AuditEntry.objects.bulk_create(entries, ignore_conflicts=True)

    def forget(self) -> None:
        """Nothing: the trail is not derived data. Reading the log again adds what is missing."""

    @staticmethod
    def _entry(event: Event) -> AuditEntry:
        return AuditEntry(
            at=event.at,
            deed=event.verb,
            actor=event.actor_id,
            about=event.about_id,
            space=event.place_id,
            post=event.post_id,
            event=event.pk,
            facts=event.data,
        )


register(AuditReader())
