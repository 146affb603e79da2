"""Who is counted and what ties them: the intranet's own log and imported interactions. People are numbers here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

import numpy as np

from intranet.activity.verbs import all_verbs
from intranet.people.models import User
from intranet.people.querysets import UserQuerySet
from intranet.people.roles import Role
from kms.network import packing
from kms.network.models import Definition, Level, Snapshot
from kms.network.packing import UNKNOWN, Rows
from kms.sna import records
from kms.sna.records import UNASSIGNED, Person, Window

LIGHT: Final = 0.5
"""A deed that weighs less, such as a reaction, makes no tie by itself; it only adds to a weighted one."""

SEPARATOR: Final = "/"


def counted() -> UserQuerySet:
    """Employees who are here now and did not object; guests and authors of imported sites are not counted."""
    return (
        User.objects.active()
        .filter(attribution="")
        .exclude(roles__contains=[Role.GUEST])
        .exclude(network_standing__counted=False)
    )


def people(level: str) -> list[Person]:
    """Everybody who is counted, by the group of `level`."""
    rows = counted().order_by("pk").values_list("pk", "unit__path", "location")
    return [Person(str(pk), group_of(level, path or "", location)) for pk, path, location in rows]


def group_of(level: str, path: str, location: str) -> str:
    """The group of a person in a report of `level`, before small groups are rolled up."""
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


def rows(snapshot: Snapshot, everybody: list[Person]) -> Rows:
    """Every deed in the windows of `snapshot` between two of `everybody`; what is secret is not even read."""
    spans = [(snapshot.start, snapshot.end)]
    if snapshot.against_start and snapshot.against_end:
        spans.append((snapshot.against_start, snapshot.against_end))
    if len(spans) == 2 and spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]:
        spans = [(min(start for start, _ in spans), max(end for _, end in spans))]
    found = Rows.together([packing.read(*span) for span in spans])
    ids = np.array([int(person.id) for person in everybody], np.int64)
    return found.where(np.isin(found.array["source"], ids) & np.isin(found.array["target"], ids))


def weights_of(found: Rows) -> list[float]:
    """What a deed of each kind of `found` weighs: as its verb says, 1 when it was imported."""
    ties = {verb.name: verb.tie for verb in all_verbs()}
    return [1.0 if name.startswith(packing.IMPORTED) else ties.get(name, 0.0) for name in found.kinds]


def interactions(found: Rows, definition: str, weights: Sequence[float]) -> Iterator[records.Interaction]:
    """Rows as the core takes them; light ones only where ties are weighed."""
    for source, target, kind, at, audience, _, _ in found.array.tolist():
        weight = weights[kind]
        if weight >= LIGHT or (weight and definition == Definition.WEIGHTED):
            name = found.kinds[kind].removeprefix(packing.IMPORTED)
            size = None if audience == UNKNOWN else audience
            yield records.Interaction(str(source), str(target), name, at / 1_000_000, weight, size)
