"""Background work of the network report."""

from __future__ import annotations

from django.tasks import task

from intranet.runtime.surfaces import surface
from kms.network import completing, freezing, monthly, packing
from kms.network.computing import compute
from kms.network.models import Snapshot


@task()
@surface("shows nothing: stores a suppressed report")
def compute_snapshot(snapshot: int) -> None:
    """Compute one report; safe to run twice."""
    compute(Snapshot.objects.get(pk=snapshot))


@task()
@surface("knowledge managers who subscribed: findings of the suppressed report and a link, by mail")
def send_monthly_reports() -> None:
    """Compute and send the reports of the months that are over; safe to run twice."""
    monthly.send_all()


@task()
@surface("shows nothing: packs past days for reading, completes suppressed reports")
def look_after_packs() -> None:
    """Pack the days that are over, let go of what was frozen too long ago, complete older reports; safe to run twice."""
    packing.pack_days()
    freezing.forget_old()
    completing.complete_all()
