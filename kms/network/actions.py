"""Who may read the network report, and what is written down when somebody does."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.people.models import User
from intranet.people.roles import Role
from kms.network.models import Snapshot, SnapshotView


def may_read_reports(person: User) -> bool:
    """Whether the network report is for this person: knowledge managers only."""
    return bool(person.is_authenticated and person.is_active and person.has_role(Role.KM))


def check_reader(person: User) -> None:
    """Raise Refused unless the network report is for this person."""
    if not may_read_reports(person):
        raise Refused(refuse("role", _("Network reports are for knowledge managers.")))


def look(*, person: User, snapshot: Snapshot, form: str = "page") -> SnapshotView:
    """Write down that a person looked at a report, on the page or as a file. Raises Refused."""
    check_reader(person)
    return SnapshotView.objects.create(snapshot=snapshot, person=person, form=form)
