"""What the frame of every page shows of moderation."""

from __future__ import annotations

from django.db.models import Count, IntegerField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from intranet.moderation.models import Appeal, Case
from intranet.moderation.queue import moderates_something
from intranet.moderation.standing import edits, held
from intranet.people.models import User
from intranet.ui.frame import Place, provides


def _counted(rows: QuerySet) -> Coalesce:
    """How many `rows` there are, as a part of another query."""
    grouped = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def _waiting(person: User) -> int:
    """How much waits for `person`: cases, posts and changes to look at, appeals of others. One query."""
    kinds = (
        Case.objects.open().handled_by(person),
        held.waiting(person).prefetch_related(None),
        edits.waiting_edits(person),
        Appeal.objects.open().for_moderator(person),
    )
    counts = {f"n{place}": _counted(rows) for place, rows in enumerate(kinds)}
    return sum(User.objects.filter(pk=person.pk).annotate(**counts).values_list(*counts).get())


@provides("desks")
def cases_desk(person: User) -> list[Place]:
    """The way to the desk with how many cases, posts, changes and appeals wait there for `person`: always for
    moderators, for others while there are any."""
    if not moderates_something(person):
        return []
    waiting = _waiting(person)
    if not waiting and not person.moderates_everywhere:
        return []
    return [
        Place(_("Cases"), reverse_lazy("moderation:queue"), "shield", roots=("/moderation/",), count=waiting)
    ]
