"""Deeds between people as arrays: packed by PostgreSQL, kept by the day, frozen with a report.

A row is 30 bytes: who, towards whom, the place of the kind in a list of names, when (microseconds), how many it was sent
to (-1: not known), in which space and on which post (0: none). Numbers are big-endian, as PostgreSQL sends them.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

import numpy as np
import psycopg
from django.db import connection
from django.db.models import Count, F
from django.db.models.functions import TruncDate
from django.utils import timezone

from intranet.access.visibility import SECRET
from intranet.activity.models import Event
from intranet.activity.verbs import all_verbs
from intranet.content.models import Post, Space
from kms.forums.reading import ForumDeed
from kms.network.models import Interaction, TiePack

ROW: Final = np.dtype(
    [
        ("source", ">i4"),
        ("target", ">i4"),
        ("kind", ">i2"),
        ("at", ">i8"),
        ("audience", ">i4"),
        ("space", ">i4"),
        ("post", ">i4"),
    ]
)
UNKNOWN: Final = -1
POSTGRES_EPOCH: Final = 946_684_800_000_000
"""Microseconds from 1970 to 2000, from where PostgreSQL counts. It sends its own number, as working out another takes it longer than
all else."""
DAY: Final = timedelta(days=1)
UNPACKED: Final = timedelta(days=2)
"""Days as young as this are read afresh: a transaction may still be writing to them."""

_OWN = """
    SELECT string_agg(int4send(e.actor_id::int4) || int4send(e.about_id::int4)
        || int2send((array_position(%(kinds)s::text[], e.verb::text) - 1)::int2)
        || timestamptz_send(e.at) || int4send(-1)
        || int4send(coalesce(e.space_id, 0)::int4) || int4send(coalesce(e.post_id, 0)::int4), ''::bytea)
      FROM intranet_event e
     WHERE e.at >= %(start)s AND e.at < %(end)s AND e.verb = ANY(%(kinds)s)
       AND e.about_id IS NOT NULL AND e.about_id <> e.actor_id
     GROUP BY e.id >> 12
"""
_IMPORTED = """
    SELECT string_agg(int4send(i.source_id::int4) || int4send(i.target_id::int4)
        || int2send((%(first)s + array_position(%(kinds)s::text[], i.kind::text) - 1)::int2)
        || timestamptz_send(i.at) || int4send(coalesce(i.audience_size, -1))
        || int4send(0) || int4send(0), ''::bytea)
      FROM kms_interaction i
     WHERE i.at >= %(start)s AND i.at < %(end)s
     GROUP BY i.id >> 12
"""


@dataclass(frozen=True)
class Rows:
    """Deeds as a structured array, and the names that their kinds stand for; an own deed has a verb for its kind."""

    kinds: tuple[str, ...]
    array: np.ndarray

    @classmethod
    def unpack(cls, kinds: Sequence[str], packed: bytes | memoryview) -> Rows:
        return cls(tuple(kinds), np.frombuffer(zlib.decompress(bytes(packed)), ROW))

    def pack(self) -> bytes:
        # Joining arrays brings them to the byte order of the machine.
        return zlib.compress(self.array.astype(ROW, copy=False).tobytes(), 6)

    @classmethod
    def together(cls, parts: Sequence[Rows]) -> Rows:
        """All rows under one list of kinds, in the order of the parts."""
        kinds = tuple(dict.fromkeys(name for part in parts for name in part.kinds))
        place = {name: code for code, name in enumerate(kinds)}
        arrays = []
        for part in parts:
            array = part.array.copy()
            array["kind"] = np.array([place[name] for name in part.kinds] or [0], ">i2")[array["kind"]]
            arrays.append(array)
        return cls(kinds, np.concatenate(arrays) if arrays else np.empty(0, ROW))

    def where(self, keep: np.ndarray) -> Rows:
        return Rows(self.kinds, self.array[keep])

    def __len__(self) -> int:
        return len(self.array)


def read(start: datetime, end: datetime) -> Rows:
    """All deeds of ``start <= at < end`` outside secret spaces: packed days where there are, the log for the rest."""
    parts = [
        part if isinstance(part, Rows) else read_afresh(max(part[0], start), min(part[1], end))
        for part in _parts(start, end)
    ]
    rows = Rows.together(parts)
    at = rows.array["at"]
    inside = (at >= _micro(start)) & (at < _micro(end))
    return rows.where(inside & ~_secret(rows.array))


def _parts(start: datetime, end: datetime) -> Iterator[Rows | tuple[datetime, datetime]]:
    """The packed days that lie in a span, and between them the spans that are not packed."""
    at = start
    packs = TiePack.objects.filter(day__gte=start.astimezone(UTC).date(), day__lt=end.astimezone(UTC).date())
    for pack in packs.order_by("day"):
        morning = datetime.combine(pack.day, datetime.min.time(), UTC)
        if morning < at:
            continue
        if at < morning:
            yield at, morning
        yield Rows.unpack(pack.kinds, pack.rows)
        at = morning + DAY
    if at < end:
        yield at, end


def read_afresh(start: datetime, end: datetime) -> Rows:
    """All deeds of a span from the log and the imports, also of secret spaces, which `read` leaves out."""
    verbs = [verb.name for verb in all_verbs() if verb.tie]
    imported = list(
        Interaction.objects.filter(at__gte=start, at__lt=end)
        .order_by("kind")
        .values_list("kind", flat=True)
        .distinct()
    )
    span = {"start": start, "end": end}
    packed = _fetch(_OWN, span | {"kinds": verbs})
    if imported:
        packed += _fetch(_IMPORTED, span | {"kinds": imported, "first": len(verbs)})
    kinds = (*verbs, *(f"{IMPORTED}{kind}" for kind in imported))
    array = np.frombuffer(bytearray(packed), ROW)
    array["at"] += POSTGRES_EPOCH
    return Rows(kinds, array)


def rows_of(deeds: Sequence[ForumDeed]) -> Rows:
    """Deeds of an imported forum in the same form; they were asked of a community that is not secret."""
    kinds = tuple(dict.fromkeys(deed.verb for deed in deeds))
    listed = [
        (deed.source, deed.target, kinds.index(deed.verb), _micro(deed.at), UNKNOWN, 0, deed.post)
        for deed in deeds
    ]
    return Rows(kinds, np.array(listed, ROW))


IMPORTED: Final = "imported:"
"""Stands before the kind of an imported interaction, so that no import can pass for a verb."""


def _fetch(query: str, values: dict[str, object]) -> bytes:
    """The joined bytes of a query, in PostgreSQL's binary form."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(query, values, binary=True)
        return b"".join(row[0] for row in cursor)


def _secret(array: np.ndarray) -> np.ndarray:
    """Which rows lie in a space that is secret now, or on a post that stands in one now."""
    spaces = np.array(list(Space.objects.filter(visibility=SECRET).values_list("pk", flat=True)), np.int64)
    posts = np.array(
        list(Post.objects.filter(space__visibility=SECRET).values_list("pk", flat=True)), np.int64
    )
    return np.isin(array["space"], spaces) | np.isin(array["post"], posts)


def _micro(moment: datetime) -> int:
    return round(moment.timestamp() * 1_000_000)


def pack_days(now: datetime | None = None) -> int:
    """Pack the days that are over and not packed, and those that have another number of deeds by now; how many days.

    Deeds can come late under an old date, by an import of a whole site; the count of the day tells.
    """
    limit = ((now or timezone.now()) - UNPACKED).astimezone(UTC).date()
    packed = {pack.day: len(Rows.unpack(pack.kinds, pack.rows)) for pack in TiePack.objects.all()}
    changed = [day for day, count in _deeds_by_day().items() if day < limit and packed.get(day) != count]
    for day in changed:
        morning = datetime.combine(day, datetime.min.time(), UTC)
        rows = read_afresh(morning, morning + DAY)
        TiePack.objects.update_or_create(
            day=day, defaults={"kinds": list(rows.kinds), "rows": rows.pack(), "packed_at": timezone.now()}
        )
    return len(changed)


def _deeds_by_day() -> Counter[date]:
    """How many deeds each day has, in UTC."""
    verbs = [verb.name for verb in all_verbs() if verb.tie]
    own = Event.objects.filter(verb__in=verbs, about__isnull=False).exclude(about=F("actor"))
    found: Counter[date] = Counter()
    for rows in (own, Interaction.objects.all()):
        days = rows.annotate(day=TruncDate("at", tzinfo=UTC)).values("day").annotate(n=Count("pk"))
        found.update({row["day"]: row["n"] for row in days.order_by()})
    return found
