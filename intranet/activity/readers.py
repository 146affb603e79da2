"""Readers of the log: each keeps a cursor, reads every event once and can be rebuilt from zero.

Reading order is (txid, id). A reader stops before the oldest transaction of this database that is still
running, because that one may yet commit events with smaller ids; events of the caller's own transaction are
included. So nothing is missed, nothing is read twice, and *rebuilt equals incremental*.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from django.db import connection, models, transaction

from intranet.activity.models import Cursor, Event
from intranet.runtime.tasks import enqueue_once

BATCH = 500

_WATERMARK = """
    SELECT LEAST(
        pg_snapshot_xmax(s)::text::bigint,
        (SELECT min((pg_snapshot_xmax(s)::text::bigint >> 32 << 32) | backend_xid::text::bigint)
           FROM pg_stat_activity
          WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid())
    ), COALESCE(pg_current_xact_id_if_assigned()::text::bigint, 0)
    FROM pg_current_snapshot() AS s
"""


class LogReader(Protocol):
    """Something that derives rows from events, such as notifications or the search index."""

    name: str

    def read(self, events: Sequence[Event]) -> None:
        """Take in events in reading order, inside the transaction that moves the cursor."""

    def forget(self) -> None:
        """Delete everything derived, before a rebuild."""


_readers: dict[str, LogReader] = {}


def register(reader: LogReader) -> LogReader:
    """Add a reader; apps do it when they are ready."""
    _readers[reader.name] = reader
    return reader


def registered() -> tuple[LogReader, ...]:
    return tuple(_readers.values())


def reader_named(name: str) -> LogReader:
    """The reader called `name`; KeyError when there is none."""
    return _readers[name]


def _next_events(cursor: Cursor) -> list[Event]:
    with connection.cursor() as db:
        db.execute(_WATERMARK)
        watermark, own = db.fetchone()
    after = models.Q(txid=cursor.txid, id__gt=cursor.event) | models.Q(txid__gt=cursor.txid)
    settled = models.Q(txid__lt=watermark) | models.Q(txid=own)
    return list(Event.objects.with_targets().filter(after, settled).order_by("txid", "id")[:BATCH])


def _advance(reader: LogReader) -> int:
    """Read one batch and move the cursor in one transaction; how many events were read."""
    with transaction.atomic():
        Cursor.objects.get_or_create(name=reader.name)
        cursor = Cursor.objects.select_for_update().get(name=reader.name)
        events = _next_events(cursor)
        if events:
            reader.read(events)
            cursor.txid, cursor.event = events[-1].txid, events[-1].pk
            cursor.save()
    return len(events)


def catch_up(reader: LogReader) -> int:
    """Read all that is new to `reader`; how many events that was."""
    total = 0
    while read := _advance(reader):
        total += read
    return total


def catch_up_all() -> int:
    """Bring every reader up to date; how many events were read in sum."""
    return sum(catch_up(reader) for reader in registered())


def rebuild(reader: LogReader) -> int:
    """Throw away what `reader` derived and read the whole log again; how many events that was."""
    with transaction.atomic():
        Cursor.objects.get_or_create(name=reader.name)
        Cursor.objects.select_for_update().get(name=reader.name)
        reader.forget()
        Cursor.objects.filter(name=reader.name).update(txid=0, event=0)
        return catch_up(reader)


def poke() -> None:
    """Wake the readers after the current transaction commits. Once a transaction is enough.

    The log itself is the outbox: should the wake-up be lost with its process, the periodic task finds the
    events a minute later.
    """
    marker = "kesher_log_poked"
    if any(getattr(call[1], "__name__", "") == marker for call in connection.run_on_commit):
        return

    def kesher_log_poked() -> None:
        from intranet.activity.tasks import read_log  # the task module imports this one

        enqueue_once(read_log)

    transaction.on_commit(kesher_log_poked, robust=True)


def start_anew_after_restore() -> int:
    """Make a restored log readable on this server; how many events were read.

    The transaction ids in it belong to the server it came from. They become zero, so that ids alone give the
    reading order, and every reader starts again from the beginning.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE intranet_event DISABLE TRIGGER event_is_append_only")
        cursor.execute("UPDATE intranet_event SET txid = 0")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE intranet_event ENABLE TRIGGER event_is_append_only")
    return sum(rebuild(reader) for reader in registered())
