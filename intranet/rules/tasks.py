"""What is counted in the background."""

from __future__ import annotations

from django.tasks import task

from intranet.rules.counting import count
from intranet.rules.models import Trial
from intranet.runtime.surfaces import surface


@task
@surface("posts that who tried the rule sees; shown to nobody else")
def count_trial(trial: int) -> None:
    """Count what a rule that is being tried speaks of, unless that was done."""
    found = Trial.objects.select_related("by").filter(pk=trial, done_at=None).first()
    if found:
        count(found)
