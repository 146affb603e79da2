"""Background work of reviews."""

from __future__ import annotations

from django.tasks import task

from communities.reviewing.calendar import look_at_charters
from intranet.runtime.surfaces import surface


@task()
@surface(
    "shows nothing: opens reviews and tells those who run the community; knowledge managers if they know of it"
)
def review_charters() -> int:
    """Open, remind and escalate what is due; safe to run at any time and twice."""
    return look_at_charters()
