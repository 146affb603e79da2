"""Who may speak for a unit or for a leader: those who lead it, and those to whom a mandate was given."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, Verdict, refuse
from intranet.activity.log import record
from intranet.people.models import OrgUnit, User
from intranet.people.roles import Role
from intranet.policies.acknowledging.rights import require
from intranet.policies.disclosures.models import Mandate
from intranet.policies.kinds import Right
from intranet.policies.verbs import MANDATE_ENDED, MANDATE_GIVEN
from intranet.text.lines import clean_line

GIVERS = (Role.POLICY_OWNER, Role.ADMIN)
"""Who gives mandates for any unit and any leader; a leader gives those for the own unit and for themself."""


def units_led_by(person: User) -> QuerySet[OrgUnit]:
    """Units that `person` leads: somebody in the unit reports to them, and it is their own unit or below it."""
    if not person.unit_id:
        return OrgUnit.objects.none()
    staffed = OrgUnit.objects.filter(people__manager=person, people__is_active=True).distinct()
    own = person.unit.path
    return staffed.filter(pk=person.unit_id) | staffed.filter(path__startswith=f"{own}/")


def units_spoken_for(person: User) -> QuerySet[OrgUnit]:
    """Units on whose behalf `person` may write."""
    given = Mandate.objects.holding().filter(person=person, unit__isnull=False)
    led = units_led_by(person).values("pk")
    return OrgUnit.objects.filter(Q(pk__in=led) | Q(pk__in=given.values("unit")))


def leaders_spoken_for(person: User) -> QuerySet[User]:
    """People on whose behalf `person` may write."""
    given = Mandate.objects.holding().filter(person=person, leader__isnull=False)
    return User.objects.active().filter(pk__in=given.values("leader"))


def behalf_of(person: User, name: str) -> tuple[OrgUnit | None, User | None]:
    """The unit or the leader that `name` means, for which `person` may speak.

    An empty name means the only one there is. A unit is named by its name, code or path, a leader by name or username. Raises `Refused` with what the person
    may speak for.
    """
    require(person, Right.SPEAK_FOR_UNIT)
    units, leaders = list(units_spoken_for(person)), list(leaders_spoken_for(person))
    wanted = clean_line(name).casefold()
    everybody: list[OrgUnit | User] = [*units, *leaders]
    found = [each for each in everybody if not wanted or wanted in _names_of(each)]
    if len(found) == 1:
        return (found[0], None) if isinstance(found[0], OrgUnit) else (None, found[0])
    raise Refused(_no_mandate([each.label for each in units] + [each.display_name for each in leaders]))


def check_mandate(person: User, unit: OrgUnit) -> None:
    """Refuse unless `person` may write on behalf of `unit`."""
    require(person, Right.SPEAK_FOR_UNIT)
    if not units_spoken_for(person).filter(pk=unit.pk).exists():
        message = _("Only those who lead this unit, or have its mandate, write on its behalf.")
        raise Refused(refuse("not_leader", message))


def _names_of(each: OrgUnit | User) -> set[str]:
    if isinstance(each, OrgUnit):
        names = [each.name, each.name_he, each.code, each.path]
    else:
        names = [each.name, each.name_he, each.username]
    return {name.casefold() for name in names if name}


def _no_mandate(names: list[str]) -> Verdict:
    if not names:
        nobody = _("Nobody has given you a mandate to speak for a unit. Its head can give you one.")
        return refuse("no_mandate", nobody)
    message = _("Say on whose behalf. You may speak for: %(names)s.") % {"names": ", ".join(names)}
    return refuse("no_mandate", message)


def may_give(giver: User, *, unit: OrgUnit | None = None, leader: User | None = None) -> bool:
    """Whether `giver` decides who speaks for `unit` or `leader`."""
    if giver.is_suspended or not giver.is_active or giver.is_guest:
        return False
    if giver.has_role(*GIVERS):
        return True
    return giver == leader if leader else units_led_by(giver).filter(pk=unit.pk).exists()


def give(
    *,
    giver: User,
    person: User,
    unit: OrgUnit | None = None,
    leader: User | None = None,
    until: date | None = None,
    note: str = "",
) -> Mandate:
    """Let `person` speak for `unit` or `leader`; a mandate that holds already gets the new end and note.

    Raises `Refused` for a giver who does not decide that, for a guest, and for an end in the past.
    """
    if not may_give(giver, unit=unit, leader=leader):
        raise Refused(refuse("not_giver", _("Only who leads a unit, or a policy owner, gives its mandates.")))
    if person.is_guest or not person.is_active or person == leader:
        raise Refused(refuse("bad_person", _("Choose a colleague who is here.")))
    if until and until < timezone.localdate():
        raise Refused(refuse("past_until", _("This day has passed. Choose a later one or none.")))
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        held = Mandate.objects.holding().filter(person=person, unit=unit, leader=leader).first()
        mandate = held or Mandate(person=person, unit=unit, leader=leader, given_by=giver)
        mandate.until, mandate.note = until, clean_line(note)[:200]
        mandate.save()
        if held is None:
            record(MANDATE_GIVEN, giver, about=person, mandate=mandate.pk)
        return mandate


def end(*, giver: User, mandate: Mandate) -> Mandate:
    """End `mandate` now; ending it twice changes nothing. Posts written under it stay. Raises `Refused`."""
    if not may_give(giver, unit=mandate.unit, leader=mandate.leader):
        raise Refused(refuse("not_giver", _("Only who leads a unit, or a policy owner, gives its mandates.")))
    with transaction.atomic():
        fresh = Mandate.objects.select_for_update(of=("self",)).get(pk=mandate.pk)
        if fresh.ended_at is None:
            fresh.ended_at = timezone.now()
            fresh.save(update_fields=["ended_at"])
            record(MANDATE_ENDED, giver, about=fresh.person, mandate=fresh.pk)
        return fresh
