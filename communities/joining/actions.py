"""Deeds around membership: join, leave, bring somebody in, take somebody out."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from communities.verbs import JOINED, LEFT
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import Joining, SpaceRole
from intranet.content.models import Membership, Space
from intranet.moderation import gate
from intranet.people.models import User

GIVEN = frozenset(
    {SpaceRole.MANAGER, SpaceRole.MODERATOR, SpaceRole.EXPERT, SpaceRole.MEMBER, SpaceRole.GUEST}
)
"""Roles that those who run a community can give; it is opened by its owner."""


def join(*, person: User, space: Space) -> Membership:
    """Make `person` a member of `space`; a member stays what they are. Raises `Refused` where one cannot just join."""
    with gate.permit(person, Deed.JOIN, space=space) as permit:
        mine = Membership.objects.filter(space=permit.space, person=permit.actor).first()
        if mine:
            return mine
        if permit.space.joining != Joining.OPEN or permit.actor.is_guest:
            raise Refused(
                refuse(
                    "by_request", _("Its owner or a manager adds members here: ask one of them to add you.")
                )
            )
        return _enter(permit.space, permit.actor, SpaceRole.MEMBER, by=permit.actor)


def leave(*, person: User, space: Space) -> None:
    """Make `person` no member of `space`. Raises `Refused` for its only owner."""
    with gate.permit(person, Deed.JOIN, space=space, whole_space=True) as permit:
        _part(permit.space, permit.actor, by=permit.actor)


def add(*, actor: User, space: Space, person: User, role: str = SpaceRole.MEMBER) -> Membership:
    """Make `person` a member of `space` with `role`. Raises `Refused` for who does not run it.

    An outside guest is a guest there too.
    """
    with gate.permit(actor, Deed.MANAGE, space=space) as permit:
        if role not in GIVEN or not visibility.sees_person(permit.actor, person) or not person.is_active:
            raise Refused(refuse("bad_member", _("Choose a colleague and one of the roles in the list.")))
        trusted = SpaceRole.GUEST if person.is_guest else role
        mine = Membership.objects.filter(space=permit.space, person=person).first()
        if mine is None:
            return _enter(permit.space, person, trusted, by=permit.actor)
        if mine.role == SpaceRole.OWNER:
            raise Refused(refuse("owner_stays", _("The owner of a community keeps that role.")))
        mine.role = trusted
        mine.save(update_fields=["role"])
        return mine


def remove(*, actor: User, space: Space, person: User) -> None:
    """Make `person` no member of `space`. Raises `Refused` for who does not run it, and for its only owner."""
    with gate.permit(actor, Deed.MANAGE, space=space, whole_space=True) as permit:
        _part(permit.space, person, by=permit.actor)


def _enter(space: Space, person: User, role: str, *, by: User) -> Membership:
    membership, made = Membership.objects.get_or_create(space=space, person=person, defaults={"role": role})
    if made:
        record(JOINED, person, space=space, role=role, by=by.pk)
    return membership


def _part(space: Space, person: User, *, by: User) -> None:
    mine = Membership.objects.filter(space=space, person=person).first()
    if mine is None:
        return
    others = Membership.objects.filter(space=space, role=SpaceRole.OWNER).exclude(pk=mine.pk)
    if mine.role == SpaceRole.OWNER and not others.exists():
        raise Refused(refuse("only_owner", _("A community needs an owner: name another one first.")))
    mine.delete()
    record(LEFT, person, space=space, by=by.pk)
