"""What stands beside the threads of a community: who is in it, what is below it, the welcome of a newcomer."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from communities.joining.models import Arrival
from intranet.content.models import Membership, Space
from intranet.people.models import User

MOST = 8
"""Members whose face is shown; all of them stand on their own page."""


def below(space: Space, reader: User) -> QuerySet[Space]:
    """The communities that are part of `space` and of which `reader` may know, with their number of members."""
    members = Membership.objects.filter(space=OuterRef("pk")).order_by().values("space").values(n=Count("pk"))
    parts = Space.objects.communities().visible_to(reader).filter(charter__parent=space, archived_at=None)
    return parts.annotate(member_count=Coalesce(Subquery(members, output_field=IntegerField()), 0))


def members_shown(space: Space) -> list[User]:
    """Those who came last, newest first."""
    rows = space.memberships.filter(person__is_active=True).select_related("person__unit")
    return [row.person for row in rows.order_by("-joined", "-pk")[:MOST]]


def welcome_once(space: Space, reader: User) -> str:
    """The welcome of `space` for a newcomer who has not been shown it yet, else an empty text."""
    text = getattr(getattr(space, "charter", None), "welcome", "")
    if not text or space.pk not in reader.space_roles:
        return ""
    new = Arrival.objects.filter(membership__space=space, membership__person=reader, welcomed=None)
    return text if new.update(welcomed=timezone.now()) else ""
