"""Background work of introductions."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from intranet.runtime.surfaces import surface
from kms.introductions import actions, drawing, measuring
from kms.network.models import Snapshot


@task()
@surface("shows nothing: closes what nobody agreed to in time and writes down what became of pairs")
def look_after_introductions() -> None:
    """Close overdue introductions and measure old ones; safe to run twice."""
    now = timezone.now()
    actions.close_overdue(now)
    measuring.measure(now)


@task()
@surface("shows nothing: stores pairs, half of them held out")
def draw_pairs(snapshot: int) -> None:
    """Draw the eligible pairs of a finished report; pairs that were drawn before stay as they are."""
    drawing.draw(Snapshot.objects.select_related("freeze").get(pk=snapshot))
