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
from typing import Any, Final

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
IMPORTED: Final = "imported:"
"""Stands before the kind of an imported interaction, so that no import can pass for a verb."""
UNKNOWN: Final = -1
POSTGRES_EPOCH: Final = 946_684_800_000_000
"""Microseconds from 1970 to 2000, from where PostgreSQL counts. It sends its own number, as working out another takes it longer than
all else."""
DAY: Final = timedelta(days=1)
UNPACKED: Final = timedelta(days=2)
"""Days as young as this are read afresh: a transaction may still be writing to them."""

# What many rows share, kind and audience, is told once for them all; ends, moments and places are joined each by itself, as a
# call and a concatenation a row is what takes PostgreSQL the time. No value of it may grow past a gigabyte, hence the parts.
_OWN = """
    SELECT e.verb, NULL::int4, string_agg(int8send(e.actor_id << 32 | e.about_id), NULL),
           string_agg(timestamptz_send(e.at), NULL),
           string_agg(int8send(coalesce(e.space_id, 0) << 32 | coalesce(e.post_id, 0)), NULL)
      FROM intranet_event e
     WHERE e.at >= %(start)s AND e.at < %(end)s AND e.verb = ANY(%(kinds)s)
       AND e.about_id IS NOT NULL AND e.about_id <> e.actor_id
     GROUP BY e.verb, e.id >> 20
"""
_IMPORTED = """
    SELECT %(mark)s || i.kind, i.audience_size, string_agg(int8send(i.source_id << 32 | i.target_id), NULL),
           string_agg(timestamptz_send(i.at), NULL), NULL::bytea
      FROM kms_interaction i
     WHERE i.at >= %(start)s AND i.at < %(end)s
     GROUP BY i.kind, i.audience_size, i.id >> 20
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
        return zlib.compress(self.array.astype(ROW, copy=False).tobytes(), 6)

    @classmethod
    def together(cls, parts: Sequence[Rows]) -> Rows:
        """All rows under one list of kinds, in the order of the parts."""
        kinds = tuple(dict.fromkeys(name for part in parts for name in part.kinds))
        place = {name: code for code, name in enumerate(kinds)}
        array, start = np.empty(sum(map(len, parts)), ROW), 0
        for part in parts:
            own = array[start : start + len(part)]
            own[:] = part.array
            own["kind"] = np.array([place[name] for name in part.kinds] or [0], ">i2")[part.array["kind"]]
            start += len(part)
        return cls(kinds, array)

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
    span = {"start": start, "end": end}
    found = _fetch(_OWN, span | {"kinds": verbs}) + _fetch(_IMPORTED, span | {"mark": IMPORTED})
    return Rows.together([Rows((kind,), _filled(*columns)) for kind, *columns in found])


def _filled(audience: int | None, ends: bytes, moments: bytes, places: bytes | None) -> np.ndarray:
    """Rows of one kind out of columns as PostgreSQL joined them."""
    array = np.zeros(len(moments) // 8, ROW)
    array["source"], array["target"] = np.frombuffer(ends, ">i4").reshape(-1, 2).T
    array["at"] = np.frombuffer(moments, ">i8") + POSTGRES_EPOCH
    array["audience"] = UNKNOWN if audience is None else audience
    if places:
        array["space"], array["post"] = np.frombuffer(places, ">i4").reshape(-1, 2).T
    return array


def rows_of(deeds: Sequence[ForumDeed]) -> Rows:
    """Deeds of an imported forum in the same form; they were asked of a community that is not secret."""
    kinds = tuple(dict.fromkeys(deed.verb for deed in deeds))
    listed = [
        (deed.source, deed.target, kinds.index(deed.verb), _micro(deed.at), UNKNOWN, 0, deed.post)
        for deed in deeds
    ]
    return Rows(kinds, np.array(listed, ROW))


def _fetch(query: str, values: dict[str, object]) -> list[tuple[Any, ...]]:
    """The rows of a query, sent in PostgreSQL's binary form."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(query, values, binary=True).fetchall()


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
