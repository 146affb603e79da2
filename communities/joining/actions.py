"""Deeds around membership: join, leave, bring somebody in, take somebody out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from communities.joining.entering import enter, part
from communities.joining.models import Way
from communities.roles.rank import must_outrank
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import Joining, SpaceRole
from intranet.content.models import Membership, Space
from intranet.moderation import gate
from intranet.people.models import User

GIVEN = frozenset(
    {SpaceRole.MANAGER, SpaceRole.MODERATOR, SpaceRole.EXPERT, SpaceRole.MEMBER, SpaceRole.GUEST}
)
"""Roles with which somebody can be brought in; another owner is named among the members."""

CLOSED = {
    Joining.REQUEST: refuse(
        "by_request", _("One asks to join here: say in a sentence why, and its owner or a manager decides.")
    ),
    Joining.INVITE: refuse(
        "by_invitation", _("One joins by invitation: ask its owner or a manager for one.")
    ),
}


def join(*, person: User, space: Space) -> Membership:
    """Make `person` a member of `space`; a member stays what they are. Raises `Refused` where one cannot just join."""
    with gate.permit(person, Deed.JOIN, space=space) as permit:
        mine = Membership.objects.filter(space=permit.space, person=permit.actor).first()
        if mine:
            return mine
        if permit.actor.is_guest:
            raise Refused(CLOSED[Joining.INVITE])
        if permit.space.joining != Joining.OPEN:
            raise Refused(CLOSED[Joining(permit.space.joining)])
        joined, _made = enter(permit.space, permit.actor, SpaceRole.MEMBER, way=Way.JOINED, by=permit.actor)
        return joined


def leave(*, person: User, space: Space) -> None:
    """Make `person` no member of `space`. Raises `Refused` for its only owner."""
    with gate.permit(person, Deed.LEAVE, space=space, whole_space=True) as permit:
        part(permit.space, permit.actor, by=permit.actor)


def must_be_givable(actor: User, person: User, role: str) -> None:
    """Raise `Refused` unless `person` is an active colleague and `role` one to be brought in with."""
    if role not in GIVEN or not visibility.sees_person(actor, person) or not person.is_active:
        raise Refused(refuse("bad_member", _("Choose a colleague and one of the roles in the list.")))


def add(*, actor: User, space: Space, person: User, role: str = SpaceRole.MEMBER) -> Membership:
    """Make `person` a member of `space` with `role`. Raises `Refused` for who may not give that role there.

    An outside guest is a guest there too.
    """
    with gate.permit(actor, Deed.RUN, space=space) as permit:
        must_be_givable(permit.actor, person, role)
        must_outrank(permit.actor, permit.space, role)
        mine, made = enter(permit.space, person, role, way=Way.ADDED, by=permit.actor)
        if made:
            return mine
        if mine.role == SpaceRole.OWNER:
            raise Refused(refuse("owner_stays", _("The owner of a community keeps that role.")))
        must_outrank(permit.actor, permit.space, mine.role)
        mine.role = SpaceRole.GUEST if person.is_guest else role
        mine.save(update_fields=["role"])
        return mine


def remove(*, actor: User, space: Space, person: User) -> None:
    """Make `person` no member of `space`. Raises `Refused` for who does not run it, and for its only owner."""
    with gate.permit(actor, Deed.RUN, space=space, whole_space=True) as permit:
        mine = Membership.objects.filter(space=permit.space, person=person).first()
        if mine:
            must_outrank(permit.actor, permit.space, mine.role)
        part(permit.space, person, by=permit.actor)
