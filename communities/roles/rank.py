"""Who may give and take which role: owners all of them, managers those below their own."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import SpaceRole
from intranet.content.models import Space
from intranet.people.models import User

OWNERS_ALONE = frozenset({SpaceRole.OWNER, SpaceRole.MANAGER})
"""Roles that only an owner gives and takes."""


def owns(person: User, space: Space) -> bool:
    """Whether `person` has the last word in `space`: an owner, or an administrator where it is not secret."""
    own = person.space_roles.get(space.pk) == SpaceRole.OWNER
    return own or (person.administers and visibility.runs_space(person, space))


def roles_given_by(person: User, space: Space) -> list[SpaceRole]:
    """The roles that `person`, who runs `space`, can give in it."""
    return [role for role in SpaceRole if role not in OWNERS_ALONE or owns(person, space)]


def must_outrank(actor: User, space: Space, *roles: str) -> None:
    """Raise `Refused` unless `actor` may give or take each of `roles` in `space`."""
    if not OWNERS_ALONE.isdisjoint(roles) and not owns(actor, space):
        raise Refused(
            refuse("not_owner", _("Only an owner names owners and managers, and takes those roles back."))
        )
