"""What stands beside the threads of a community: who is in it, what is below it, the welcome of a newcomer."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from communities.joining.models import Arrival
from intranet.access.readers import Reader, kind_of
from intranet.content.models import Membership, Space
from intranet.people.models import User
from intranet.runtime.prepared import Prepared

MOST = 8
"""Members whose face is shown; all of them stand on their own page."""


def _parts(*kind: bool, me: int, space: int) -> QuerySet[Space]:
    members = Membership.objects.filter(space=OuterRef("pk")).order_by().values("space").values(n=Count("pk"))
    parts = Space.objects.communities().visible_to(Reader(me, *kind))
    parts = parts.filter(charter__parent=space, archived_at=None)
    return parts.annotate(member_count=Coalesce(Subquery(members, output_field=IntegerField()), 0))


_below = Prepared(_parts)


def below(space: Space, reader: User) -> list[Space]:
    """The communities that are part of `space` and of which `reader` may know, with their `member_count`."""
    return _below.all(*kind_of(reader), me=reader.pk, space=space.pk)


def _latest(space: int) -> QuerySet[Membership]:
    rows = Membership.objects.filter(space=space, person__is_active=True).select_related("person__unit")
    return rows.order_by("-joined", "-pk")[:MOST]


_members = Prepared(_latest)


def members_shown(space: Space) -> list[User]:
    """Those who came last, newest first."""
    return [row.person for row in _members.all(space=space.pk)]


def welcome_once(space: Space, reader: User) -> str:
    """The welcome of `space` for a newcomer who has not been shown it yet, else an empty text."""
    text = getattr(getattr(space, "charter", None), "welcome", "")
    if not text or space.pk not in reader.space_roles:
        return ""
    new = Arrival.objects.filter(membership__space=space, membership__person=reader, welcomed=None)
    return text if new.update(welcomed=timezone.now()) else ""
