"""Computing a report that was asked for."""

from __future__ import annotations

from typing import Any, cast

from django.utils import timezone

from intranet.settings import product
from kms.network import sources
from kms.network.models import Snapshot, State
from kms.sna.records import Definition, SnaError, Terms
from kms.sna.report import analyse


def enqueue(snapshot: Snapshot) -> None:
    """Give a report to the worker, as part of the transaction that is open."""
    from kms.network.tasks import compute_snapshot  # the task module imports this one

    compute_snapshot.enqueue(snapshot.pk)


def compute(snapshot: Snapshot) -> None:
    """Compute and store a report that is not finished; safe to run again, and what is finished stays as it is.

    The report is stored suppressed. When nothing may be reported the snapshot is REFUSED and says why.
    """
    if not Snapshot.objects.unfinished().filter(pk=snapshot.pk).update(state=State.RUNNING, progress=0):
        return
    try:
        report = analyse(
            sources.people(snapshot.level),
            sources.interactions(snapshot),
            _terms(snapshot),
            _Progress(snapshot),
        )
    except SnaError as refused:
        _finish(snapshot, State.REFUSED, refusal=str(refused)[:300])
    except Exception:
        Snapshot.objects.filter(pk=snapshot.pk).update(state=State.FAILED)
        raise
    else:
        _finish(snapshot, State.DONE, report=report, progress=100)


def _finish(snapshot: Snapshot, state: str, **columns: Any) -> None:
    Snapshot.objects.filter(pk=snapshot.pk).update(state=state, finished=timezone.now(), **columns)
    snapshot.refresh_from_db()


def _terms(snapshot: Snapshot) -> Terms:
    window, against = sources.windows(snapshot)
    return Terms(
        definition=cast(Definition, snapshot.definition),
        window=window,
        against=against,
        floor=product.SNA_FLOOR,
        cell_floor=product.SNA_CELL_FLOOR,
        broadcast_limit=product.BROADCAST_AUDIENCE,
    )


class _Progress:
    """Keeps the percent that a waiting page shows."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.rows = Snapshot.objects.filter(pk=snapshot.pk)

    def __call__(self, percent: int) -> None:
        self.rows.update(progress=percent)
