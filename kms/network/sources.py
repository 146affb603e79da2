"""Who is counted and what ties them: the intranet's own log and imported interactions. People are numbers here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.db.models import F, Q

from intranet.access.visibility import SECRET
from intranet.activity.models import Event
from intranet.activity.verbs import all_verbs
from intranet.people.models import User
from intranet.people.roles import Role
from kms.network.models import Definition, Interaction, Level, Snapshot
from kms.sna import records
from kms.sna.records import UNASSIGNED, Person, Window

LIGHT: Final = 0.5
"""A deed that weighs less, such as a reaction, makes no tie by itself; it only adds to a weighted one."""

SEPARATOR: Final = "/"


def people(level: str) -> list[Person]:
    """Employees who are here now, by the group of `level`; guests and authors of imported sites are not counted."""
    rows = (
        User.objects.active()
        .filter(attribution="")
        .exclude(roles__contains=[Role.GUEST])
        .values_list("pk", "unit__path", "location")
    )
    return [Person(str(pk), _group(level, path or "", location)) for pk, path, location in rows]


def _group(level: str, path: str, location: str) -> str:
    if level == Level.SITE:
        return location or UNASSIGNED
    return (path.partition(SEPARATOR)[0] if level == Level.DIVISION else path) or UNASSIGNED


def windows(snapshot: Snapshot) -> tuple[Window, Window | None]:
    """The window of a report and the one it is compared with."""
    return _window(snapshot.start, snapshot.end), (
        _window(snapshot.against_start, snapshot.against_end)
        if snapshot.against_start and snapshot.against_end
        else None
    )


def _window(start: datetime, end: datetime) -> Window:
    return Window(start.timestamp(), end.timestamp(), f"{start.isoformat()},{end.isoformat()}")


def interactions(snapshot: Snapshot) -> Iterator[records.Interaction]:
    """Everything that may make a tie in the windows of `snapshot`."""
    yield from _own(snapshot)
    yield from _imported(snapshot)


def _own(snapshot: Snapshot) -> Iterator[records.Interaction]:
    """Deeds on the intranet between two people. What happens in a secret space is not even read."""
    weights = {
        verb.name: verb.tie
        for verb in all_verbs()
        if verb.tie >= LIGHT or (verb.tie and snapshot.definition == Definition.WEIGHTED)
    }
    events = (
        Event.objects.filter(_in_windows(snapshot), verb__in=weights, about__isnull=False)
        .exclude(actor=F("about"))
        .exclude(space__visibility=SECRET)
        .exclude(post__space__visibility=SECRET)
        .values_list("actor_id", "about_id", "verb", "at")
    )
    for actor, about, verb, at in events.iterator(chunk_size=5_000):
        yield records.Interaction(str(actor), str(about), verb, at.timestamp(), weights[verb])


def _imported(snapshot: Snapshot) -> Iterator[records.Interaction]:
    rows = Interaction.objects.filter(_in_windows(snapshot)).values_list(
        "source_id", "target_id", "kind", "at", "audience_size"
    )
    for source, target, kind, at, audience in rows.iterator(chunk_size=5_000):
        yield records.Interaction(str(source), str(target), kind, at.timestamp(), audience_size=audience)


def _in_windows(snapshot: Snapshot) -> Q:
    inside = Q(at__gte=snapshot.start, at__lt=snapshot.end)
    if snapshot.against_start and snapshot.against_end:
        inside |= Q(at__gte=snapshot.against_start, at__lt=snapshot.against_end)
    return inside
