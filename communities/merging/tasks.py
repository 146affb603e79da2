"""Carrying a merger out, batch by batch: at once where it is small, by the worker where it is big."""

from __future__ import annotations

from django.tasks import task

from communities.merging.carrying import carry_on
from communities.merging.models import Merger
from intranet.runtime.surfaces import surface
from intranet.runtime.tasks import enqueue_once
from intranet.settings.product import MERGE_AT_ONCE


@task()
@surface("shows nothing: moves the threads of a community as two sides agreed")
def carry(merger: str) -> None:
    """One batch of the merger called `merger`, and another task while there is more. Safe to run twice."""
    if carry_on(merger):
        enqueue_once(carry, merger)


def set_out(merger: Merger, *, people: int) -> None:
    """Carry `merger` out, with so many `people`: now when it is small, else by the worker."""
    if merger.total + people > MERGE_AT_ONCE:
        enqueue_once(carry, merger.public_id)
        return
    while carry_on(merger.public_id):
        pass
