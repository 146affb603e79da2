"""Who is counted and what ties them: the intranet's own log and imported interactions. People are numbers here."""

from __future__ import annotations

from datetime import datetime
from typing import Final

import numpy as np

from intranet.activity.verbs import all_verbs
from intranet.people.models import User
from intranet.people.querysets import UserQuerySet
from intranet.people.roles import Role
from kms.forums import reading as forums
from kms.network import packing
from kms.network.freezing import Input
from kms.network.models import Snapshot
from kms.network.packing import Rows
from kms.network.terms import Definition, Level
from kms.sna.deeds import UNKNOWN as NOBODY
from kms.sna.deeds import Deeds
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


def people(snapshot: Snapshot) -> list[Person]:
    """Everybody whom a report counts, by the group of its level: employees, or the authors of an imported forum.

    Nobody of a forum whose authors may not be counted, or no longer.
    """
    if snapshot.forum:
        allowed = snapshot.forum.forum_requests.counted().exists()
        return forums.authors(snapshot.forum, _spans(snapshot)) if allowed else []
    level = snapshot.level
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
    spans = _spans(snapshot)
    if snapshot.forum:
        found = packing.rows_of(forums.deeds(snapshot.forum, spans))
    else:
        found = Rows.together([packing.read(*span) for span in spans])
    ids = np.array([int(person.id) for person in everybody], np.int64)
    return found.where(np.isin(found.array["source"], ids) & np.isin(found.array["target"], ids))


def _spans(snapshot: Snapshot) -> list[forums.Span]:
    """The periods of a report, joined when they touch."""
    spans = [(snapshot.start, snapshot.end)]
    if snapshot.against_start and snapshot.against_end:
        spans.append((snapshot.against_start, snapshot.against_end))
    if len(spans) == 2 and spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]:
        spans = [(min(start for start, _ in spans), max(end for _, end in spans))]
    return spans


def weights_of(found: Rows) -> list[float]:
    """What a deed of each kind of `found` weighs: as its verb says, 1 when it was imported."""
    ties = {verb.name: verb.tie for verb in all_verbs()}
    return [1.0 if name.startswith(packing.IMPORTED) else ties.get(name, 0.0) for name in found.kinds]


def deeds(given: Input, definition: str) -> Deeds:
    """The deeds of a report as the core takes them: places in the list of people, in an order that only they decide.

    Light ones are left out unless ties are weighed; so is whoever is not in the list.
    """
    array = given.rows.array
    weights = np.array(given.weights or [0.0])[array["kind"]]
    light = (weights > 0) if definition == Definition.WEIGHTED else (weights >= LIGHT)
    array, weights = array[light], weights[light]
    kinds = sorted(set(given.rows.kinds)) or [""]
    code = np.array([kinds.index(name) for name in given.rows.kinds] or [0], np.int64)
    ids = np.array([int(person.id) for person in given.everybody], np.int64)
    return Deeds(
        source=_places(ids, array["source"]),
        target=_places(ids, array["target"]),
        kinds=tuple(name.removeprefix(packing.IMPORTED) for name in kinds),
        kind=code[array["kind"]],
        at=array["at"].astype(np.float64) / 1_000_000,
        weight=weights,
        audience=np.maximum(array["audience"], 0).astype(np.int64),
    ).ordered()


def _places(ids: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Where each id stands in `ids`, which may be in any order; -1 where it does not."""
    order = np.argsort(ids)
    at = np.searchsorted(ids, wanted, sorter=order)
    found = order[np.minimum(at, max(len(ids) - 1, 0))] if len(ids) else np.zeros(len(wanted), np.int64)
    known = ids[found] == wanted if len(ids) else np.zeros(len(wanted), bool)
    return np.where(known, found, NOBODY)
