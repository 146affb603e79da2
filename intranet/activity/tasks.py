"""Background work of the log."""

from django.tasks import task

from intranet.activity import readers
from intranet.runtime.surfaces import surface


@task()
@surface("shows nothing: readers check visibility for each recipient")
def read_log() -> int:
    """Bring every reader of the log up to date; safe to run at any time, twice, or in parallel."""
    return readers.catch_up_all()
