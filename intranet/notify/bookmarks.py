"""Posts that people keep for themselves, and the day on which they are told of them again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.models import Post
from intranet.moderation.checks import NOT_FOUND, NOTHING_HERE
from intranet.notify.models import Bookmark
from intranet.notify.verbs import BOOKMARK_DUE
from intranet.people.models import User
from intranet.settings.product import BOOKMARK_NOTE_MAX


def bookmark(*, person: User, post: Post, note: str = "", remind_on: date | None = None) -> Bookmark:
    """Keep `post` with exactly this note and this reminder; a bookmark that was there is changed to it.

    A day that was told already is not told again, another day is. Raises `Refused` for what may not be seen and for a
    new reminder on a day that is over.
    """
    if not visibility.sees_post(person, post):
        raise Refused(refuse(NOT_FOUND, NOTHING_HERE))
    with transaction.atomic():
        kept, _made = Bookmark.objects.select_for_update(no_key=True).get_or_create(person=person, post=post)
        if remind_on != kept.remind_on:
            if remind_on and remind_on < timezone.localdate():
                raise Refused(refuse("day_is_over", _("That day is over. Choose today or a later one.")))
            kept.remind_on, kept.reminded_at = remind_on, None
        kept.note = note.strip()[:BOOKMARK_NOTE_MAX]
        kept.save(update_fields=["note", "remind_on", "reminded_at"])
    return kept


def drop_bookmark(*, person: User, post: Post) -> None:
    """Keep `post` no longer; nothing happens where it was not kept."""
    Bookmark.objects.filter(person=person, post=post).delete()


def remind(today: date | None = None) -> int:
    """Tell people of the bookmarks whose day has come, each once; how many there were.

    A post that its owner may not read any more stays untold; the inbox asks for visibility again.
    """
    told = 0
    due = Bookmark.objects.due(today or timezone.localdate()).filter(person__is_active=True)
    for pk in list(due.values_list("pk", flat=True)):
        told += _tell(pk)
    return told


def _tell(pk: int) -> bool:
    """Tell of one bookmark unless that was done meanwhile; the row is locked, so of two workers one finds it told."""
    with transaction.atomic():
        rows = Bookmark.objects.ahead().select_for_update(no_key=True, of=("self",))
        kept = rows.select_related("person", "post__space").filter(pk=pk).first()
        if kept is None:
            return False
        kept.reminded_at = timezone.now()
        kept.save(update_fields=["reminded_at"])
        record(BOOKMARK_DUE, kept.person, about=kept.person, post=kept.post)
    return True
