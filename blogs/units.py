"""Who speaks for a unit."""

from __future__ import annotations

from django.db.models import QuerySet

from intranet.people.models import OrgUnit, User


def units_led_by(person: User) -> QuerySet[OrgUnit]:
    """Units that `person` leads: somebody in the unit reports to them, and it is their own unit or below it."""
    if not person.unit_id:
        return OrgUnit.objects.none()
    staffed = OrgUnit.objects.filter(people__manager=person, people__is_active=True).distinct()
    own = person.unit.path
    return staffed.filter(pk=person.unit_id) | staffed.filter(path__startswith=f"{own}/")


def leads(person: User, unit: OrgUnit) -> bool:
    """Whether `person` may write on behalf of `unit`."""
    return units_led_by(person).filter(pk=unit.pk).exists()
