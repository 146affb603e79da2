"""Who is asked to read a policy: narrower than who may see it, since those who keep policies see them all."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from intranet.access.visibility import FOR_EMPLOYEES, FOR_GUESTS
from intranet.people.models import User
from intranet.people.roles import Role
from intranet.policies.kinds import Audience

_GUEST = Q(roles__contains=[Role.GUEST])


def audiences_of(person: User) -> list[str]:
    """The audiences that `person` belongs to."""
    if person.is_guest:
        return list(FOR_GUESTS)
    return [*FOR_EMPLOYEES, *([Audience.MANAGERS] if person.leads else [])]


def people_of(audience: str) -> QuerySet[User]:
    """The people who are here and belong to `audience`: the same rule from the other side."""
    people = User.objects.active()
    match audience:
        case Audience.GUESTS:
            return people.filter(_GUEST)
        case Audience.WRITERS:
            return people.exclude(_GUEST)
        case Audience.MANAGERS:
            reports = User.objects.active().filter(manager=OuterRef("pk"))
            return people.exclude(_GUEST).filter(Exists(reports))
        case _:
            return people
