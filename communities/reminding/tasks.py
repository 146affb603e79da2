"""Background work of the clock."""

from django.tasks import task

from communities.reminding.actions import hear_edits, speak
from intranet.runtime.surfaces import surface


@task()
@surface("shows nothing: notifications check visibility for each recipient")
def remind() -> int:
    """Say all that the clocks of questions have to say by now; safe to run twice."""
    hear_edits()
    return speak()
