"""Background work of following: reminders and mail."""

from __future__ import annotations

from django.tasks import task

from intranet.notify import bookmarks, digests, letters
from intranet.runtime.surfaces import surface


@task()
@surface("shows nothing: a notification of a bookmark goes to its owner alone, while they may read the post")
def remind_of_bookmarks() -> int:
    """Tell of bookmarks whose day has come; safe to run twice."""
    return bookmarks.remind()


@task()
@surface(
    "to each person who wants each notice by mail: what was said in posts that they may see when it is sent"
)
def send_letters(person: int | None = None) -> int:
    """Send the notices that wait, each as a mail of its own; safe to run twice."""
    return letters.send_letters(person)


@task()
@surface("to each person by mail, as they asked: notifications about posts they may see when it is sent")
def send_digests() -> int:
    """Send the mails that are due today; safe to run twice."""
    return digests.send_all()
