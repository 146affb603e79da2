"""Background work of the network report."""

from __future__ import annotations

from django.tasks import task

from intranet.runtime.surfaces import surface
from kms.network.computing import compute
from kms.network.models import Snapshot


@task()
@surface("shows nothing: stores a suppressed report")
def compute_snapshot(snapshot: int) -> None:
    """Compute one report; safe to run twice."""
    compute(Snapshot.objects.get(pk=snapshot))
