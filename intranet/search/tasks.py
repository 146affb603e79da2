"""Background work of search."""

from django.db import transaction
from django.tasks import task

from intranet.runtime.surfaces import surface
from intranet.search import indexing


@task()
@surface("shows nothing: writes the search index, which is filtered when read")
def index_directory() -> None:
    """Take in people and communities that changed without a deed in the log, such as by a directory import."""
    with transaction.atomic():
        indexing.index_people()
        indexing.index_spaces()
