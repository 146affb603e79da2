"""Background work of what is kept of people."""

from django.tasks import task

from intranet.keeping import retention, takeouts
from intranet.keeping.models import Takeout
from intranet.runtime.surfaces import surface


@task()
@surface("what is held about one person, to a file that only who asked for it can fetch")
def make_takeout(takeout: int) -> None:
    """Make a copy of a person's data; safe to run twice, and when the request went meanwhile."""
    found = Takeout.objects.select_related("person", "requested_by").filter(pk=takeout).first()
    if found:
        takeouts.make(found)


@task()
@surface("shows nothing: counts go to the audit trail")
def clean_up() -> int:
    """Delete what was kept long enough; how many rows."""
    return sum(retention.clean_up().values())
