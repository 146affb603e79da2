"""What the frame of every page shows of moderation."""

from __future__ import annotations

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from intranet.moderation.models import Case
from intranet.moderation.queue import moderates_something
from intranet.people.models import User
from intranet.ui.frame import Place, provides


@provides("desks")
def cases_desk(person: User) -> list[Place]:
    """The way to the queue with how many cases wait in it: always for moderators, for others while there are any."""
    if not moderates_something(person):
        return []
    waiting = Case.objects.open().handled_by(person).count()
    if not waiting and not person.moderates_everywhere:
        return []
    return [
        Place(_("Cases"), reverse_lazy("moderation:queue"), "shield", roots=("/moderation/",), count=waiting)
    ]
