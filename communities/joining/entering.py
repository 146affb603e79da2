"""The two places where a membership begins and ends. Called under the gate's locks."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.joining.models import Arrival, JoinRequest, Outcome, Way
from communities.roles.models import Expertise
from communities.verbs import ADDED, JOINED, LEFT
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Space
from intranet.notify.following import end_follows
from intranet.people.models import User

TOLD = frozenset({Way.ADDED, Way.RULE, Way.MERGE})
"""Ways of which one hears, because somebody else took the step."""


def enter(
    space: Space,
    person: User,
    role: str,
    *,
    way: str,
    by: User,
    rule_id: int | None = None,
) -> tuple[Membership, bool]:
    """Make `person` a member, and whether they were none before. An outside guest is a guest there too.

    Who is a member already stays what they are. A request that waited is settled by it.
    """
    trusted = SpaceRole.GUEST if person.is_guest else role
    membership, made = Membership.objects.get_or_create(
        space=space, person=person, defaults={"role": trusted}
    )
    if not made:
        return membership, False
    Arrival.objects.create(membership=membership, way=way, by=by, rule_id=rule_id)
    JoinRequest.objects.filter(space=space, person=person, outcome=Outcome.WAITING).update(
        outcome=Outcome.ACCEPTED, decided=timezone.now(), decided_by=by
    )
    record(JOINED, person, space=space, role=trusted, by=by.pk, way=way)
    if way in TOLD and by.pk != person.pk:
        record(ADDED, by, about=person, space=space)
    return membership, True


def part(space: Space, person: User, *, by: User, way: str = "") -> bool:
    """Make `person` no member, and whether they were one; `way` says what took them out. Raises `Refused` for the only owner."""
    mine = Membership.objects.filter(space=space, person=person).first()
    if mine is None:
        return False
    if mine.role == SpaceRole.OWNER:
        must_not_be_last_owner(space, person)
    mine.delete()
    Expertise.objects.filter(space=space, person=person).exclude(outcome=Outcome.DECLINED).update(
        outcome=Outcome.WITHDRAWN
    )
    end_follows(person, space)
    record(LEFT, person, space=space, by=by.pk, way=way)
    return True


def must_not_be_last_owner(space: Space, person: User) -> None:
    """Raise `Refused` when nobody else who is still here owns `space`."""
    others = Membership.objects.filter(space=space, role=SpaceRole.OWNER, person__is_active=True)
    if not others.exclude(person=person).exists():
        raise Refused(refuse("only_owner", _("A community needs an owner: name another one first.")))
