"""Who may read network reports, and who may be the second one who agrees."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.people.models import User
from intranet.people.roles import Role


def may_read_reports(person: User) -> bool:
    """Whether the network report is for this person: knowledge managers only."""
    return bool(person.is_authenticated and person.is_active and person.has_role(Role.KM))


def may_decide(person: User) -> bool:
    """Whether this person may be the second one who agrees: knowledge managers and administrators."""
    return bool(person.is_authenticated and person.is_active and person.has_role(Role.KM, Role.ADMIN))


def check_reader(person: User) -> None:
    """Raise Refused unless the network report is for this person."""
    if not may_read_reports(person):
        raise Refused(refuse("role", _("Network reports are for knowledge managers.")))
