"""What the clock does for moderation."""

from __future__ import annotations

from django.tasks import task
from django.utils import timezone

from intranet.moderation.standing.actions import close_quiet
from intranet.runtime.surfaces import surface


@task
@surface("nothing leaves the house")
def close_quiet_threads() -> None:
    """Close the threads that are old or solved, where the community says so."""
    close_quiet(timezone.now())
