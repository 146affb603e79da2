"""Looking people up by name for an invitation."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from intranet.content.models import Membership, Space
from intranet.people.models import User

MOST = 8


def found_people(reader: User, space: Space, words: str) -> QuerySet[User]:
    """At most eight people whom `reader` may know of, called `words`, each with `inside`: a member already. One query."""
    key = words.strip().casefold()
    if len(key) < 2:
        return User.objects.none()
    mine = Membership.objects.filter(space=space, person=OuterRef("pk"))
    called = Q(name_key__contains=key) | Q(name_he__contains=words.strip()) | Q(username__startswith=key)
    people = User.objects.active().visible_to(reader).filter(called | Q(email__iexact=key))
    return people.annotate(inside=Exists(mine)).select_related("unit")[:MOST]


def chosen_people(reader: User, usernames: Sequence[str]) -> list[User]:
    """The people called `usernames`, of those whom `reader` may know of, in the order of their names."""
    wanted = [name for name in usernames if name][:50]
    return list(User.objects.active().visible_to(reader).filter(username__in=wanted).select_related("unit"))
