"""Computing a report that was asked for, and computing an old one again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.utils import timezone

from intranet.settings import product
from kms.network import freezing, sources
from kms.network.freezing import Input
from kms.network.models import Freeze, Snapshot
from kms.network.terms import State
from kms.sna.privacy import may_publish
from kms.sna.records import Broadcast, Definition, Person, SnaError, Terms
from kms.sna.report import analyse
from kms.sna.rollup import roll_up


def enqueue(snapshot: Snapshot) -> None:
    """Give a report to the worker, as part of the transaction that is open."""
    from kms.network.tasks import compute_snapshot  # the task module imports this one

    compute_snapshot.enqueue(snapshot.pk)


def compute(snapshot: Snapshot) -> None:
    """Compute and store a report that is not finished; safe to run again, and what is finished stays as it is.

    The report is stored suppressed, with what it was computed from. When nothing may be reported the snapshot is REFUSED and
    says why.
    """
    if not Snapshot.objects.unfinished().filter(pk=snapshot.pk).update(state=State.RUNNING, progress=0):
        return
    try:
        everybody = sources.people(snapshot)
        _check_difference(snapshot, everybody)
        given = gather(snapshot, everybody)
        report = _analyse(snapshot, given, _Progress(snapshot))
        freezing.freeze(snapshot, given)
    except SnaError as refused:
        _finish(snapshot, State.REFUSED, refusal=str(refused)[:300])
    except Exception:
        Snapshot.objects.filter(pk=snapshot.pk).update(state=State.FAILED)
        raise
    else:
        _finish(snapshot, State.DONE, report=report, progress=100)


def again(snapshot: Snapshot) -> dict[str, Any]:
    """The report computed anew from what was frozen with it; equal but for ``meta.seconds``.

    Raises `Freeze.DoesNotExist` when it is too old.
    """
    return _analyse(snapshot, freezing.thaw(Freeze.objects.get(snapshot=snapshot)))


def gather(snapshot: Snapshot, everybody: list[Person]) -> Input:
    """What a report is computed from, as it stands now."""
    rows = sources.rows(snapshot, everybody)
    return Input(
        everybody, rows, sources.weights_of(rows), product.SNA_CELL_FLOOR, product.BROADCAST_AUDIENCE
    )


def _analyse(
    snapshot: Snapshot, given: Input, progress: Callable[[int], None] = lambda percent: None
) -> dict[str, Any]:
    deeds = sources.deeds(given, snapshot.definition)
    return analyse(given.everybody, deeds, terms_of(snapshot, given), progress)


def _finish(snapshot: Snapshot, state: str, **columns: Any) -> None:
    Snapshot.objects.filter(pk=snapshot.pk).update(state=state, finished=timezone.now(), **columns)
    snapshot.refresh_from_db()


def terms_of(snapshot: Snapshot, given: Input) -> Terms:
    """The terms of a report in the words of the core."""
    window, against = sources.windows(snapshot)
    return Terms(
        definition=cast(Definition, snapshot.definition),
        window=window,
        against=against,
        floor=snapshot.floor,
        cell_floor=given.cell_floor,
        broadcast_limit=given.broadcast_limit,
        broadcast=cast(Broadcast, snapshot.broadcast),
        half_life=snapshot.half_life,
    )


def _check_difference(snapshot: Snapshot, everybody: list[Person]) -> None:
    """Raise SnaError when a report of the same period and grouping counted nearly, but not quite, the same people, in the
    whole or in a named group: the difference between the two would be those few.
    """
    same = Freeze.objects.filter(
        snapshot__state=State.DONE,
        snapshot__level=snapshot.level,
        snapshot__forum=snapshot.forum,
        snapshot__start=snapshot.start,
        snapshot__end=snapshot.end,
    ).exclude(snapshot=snapshot)
    now = _populations(everybody, snapshot.floor)
    for frozen in same.defer("rows").select_related("snapshot"):
        earlier = _populations(freezing.everybody_of(frozen), frozen.snapshot.floor)
        if any(name in earlier and not may_publish([earlier[name]], now[name]) for name in now):
            raise SnaError(NEARLY)


def _populations(everybody: list[Person], floor: int) -> dict[str, set[str]]:
    """Ids of the people of each named group, and under an empty name of all. Raises SnaError below the floor."""
    names, _ = roll_up(everybody, floor)
    found = {"": {person.id for person in everybody}}
    for person, name in zip(everybody, names, strict=True):
        found.setdefault(name, set()).add(person.id)
    return found


NEARLY = "nearly the same people"
"""Why a report is refused that could be subtracted from an earlier one."""


class _Progress:
    """Keeps the percent that a waiting page shows."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.rows = Snapshot.objects.filter(pk=snapshot.pk)

    def __call__(self, percent: int) -> None:
        self.rows.update(progress=percent)
