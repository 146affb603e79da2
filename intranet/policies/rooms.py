"""The spaces in which policies are read, one for each audience: who enters it is who the policies in it are for."""

from __future__ import annotations

from intranet.access.visibility import POLICY_ROOMS
from intranet.content.kinds import Joining, Posting, SpaceKind, Visibility
from intranet.content.models import Space
from intranet.policies.kinds import Audience

CLOSED = frozenset({Audience.MANAGERS, Audience.GUESTS})
"""Audiences that not every employee belongs to."""


def room_for(audience: str) -> Space:
    """The space for policies of `audience`; made when it is first asked for."""
    space, _made = Space.objects.get_or_create(
        slug=POLICY_ROOMS[audience],
        defaults={
            "kind": SpaceKind.POLICIES,
            "name": "Policies",
            "name_he": "מדיניות",
            "visibility": Visibility.SECRET if audience in CLOSED else Visibility.OPEN,
            "joining": Joining.INVITE,
            "posting": Posting.MANAGERS,
        },
    )
    return space
