"""Rules that make the people of a unit members."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from communities.inviting.models import UnitRule
from communities.joining.entering import enter, part
from communities.joining.models import Arrival, Way
from communities.verbs import LEFT
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.models import Event
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Space
from intranet.moderation import gate
from intranet.people.models import OrgUnit, User

PLAIN = (SpaceRole.MEMBER, SpaceRole.GUEST)


def add_rule(*, actor: User, space: Space, unit: OrgUnit, leaves_with_unit: bool = False) -> UnitRule:
    """Make everybody of `unit`, now and later, a member of `space`. The same unit twice is one rule.

    With `leaves_with_unit`, who came by the rule and leaves the unit is taken out, unless given a role meanwhile.
    """
    with gate.permit(actor, Deed.RUN, space=space, whole_space=True) as permit:
        if permit.actor.is_guest:
            raise Refused(refuse("not_runner", _("Only the owners and managers of this place can do that.")))
        rule, _made = UnitRule.objects.update_or_create(
            space=permit.space,
            unit=unit,
            defaults={"by": permit.actor, "leaves_with_unit": leaves_with_unit},
        )
        _bring_in(rule)
        return rule


def end_rule(*, actor: User, rule: UnitRule) -> None:
    """Stop adding people. Who came by the rule stays."""
    with gate.permit(actor, Deed.RUN, space=rule.space):
        UnitRule.objects.filter(pk=rule.pk).delete()


def fitting(unit: OrgUnit) -> QuerySet[User]:
    """Active employees of `unit` and of the units below it."""
    inside = Q(unit=unit) | Q(unit__path__startswith=f"{unit.path}/")
    return User.objects.active().filter(inside).exclude(roles__contains=["guest"])


def apply_rules() -> int:
    """Bring members in line with all rules; how many came or went. Safe to run at any time and twice."""
    rules = UnitRule.objects.filter(space__archived_at=None).select_related("space", "unit", "by")
    return sum(_apply(rule) for rule in rules)


@transaction.atomic
def _apply(rule: UnitRule) -> int:
    gate.lock_space(rule.space_id)
    return _bring_in(rule) + (_take_out(rule) if rule.leaves_with_unit else 0)


def _bring_in(rule: UnitRule) -> int:
    """Add who fits, is no member, and has not left or been taken out since the rule was made.

    A rule that came with a community that was merged remembers who left that one.
    """
    members = Membership.objects.filter(space=rule.space, person=OuterRef("pk"))
    here = Q(space=rule.space) | Q(space__charter__merged_into=rule.space)
    left = Event.objects.filter(here, verb=LEFT.name, actor=OuterRef("pk"), at__gte=rule.made).exclude(
        data__way__in=(Way.RULE, Way.MERGE)
    )
    new = fitting(rule.unit).exclude(Exists(members)).exclude(Exists(left))
    for person in new:
        enter(rule.space, person, SpaceRole.MEMBER, way=Way.RULE, by=rule.by, rule_id=rule.pk)
    return len(new)


def _take_out(rule: UnitRule) -> int:
    came = Arrival.objects.filter(rule=rule, membership__role__in=PLAIN).exclude(
        membership__person__in=fitting(rule.unit)
    )
    gone = [row.membership.person for row in came.select_related("membership__person")]
    for person in gone:
        part(rule.space, person, by=rule.by, way=Way.RULE)
    return len(gone)
