"""What a knowledge manager does with the network: ask for a report and look at one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.people.models import User
from intranet.people.roles import Role
from kms.network.computing import enqueue
from kms.network.models import Snapshot, SnapshotView


def may_read_reports(person: User) -> bool:
    """Whether the network report is for this person: knowledge managers only."""
    return bool(person.is_authenticated and person.is_active and person.has_role(Role.KM))


def check_reader(person: User) -> None:
    """Raise Refused unless the network report is for this person."""
    if not may_read_reports(person):
        raise Refused(refuse("role", _("Network reports are for knowledge managers.")))


def ask_for_report(
    *,
    asked_by: User,
    definition: str,
    level: str,
    purpose: str,
    start: datetime,
    end: datetime,
    against: tuple[datetime, datetime] | None = None,
) -> Snapshot:
    """Order a report; the worker computes it. Raises Refused."""
    check_reader(asked_by)
    with transaction.atomic():
        snapshot = Snapshot.objects.create(
            asked_by=asked_by,
            definition=definition,
            level=level,
            purpose=purpose,
            start=start,
            end=end,
            against_start=against[0] if against else None,
            against_end=against[1] if against else None,
        )
        enqueue(snapshot)
    return snapshot


def look(*, person: User, snapshot: Snapshot, form: str = "page") -> SnapshotView:
    """Write down that a person looked at a report, on the page or as a file. Raises Refused."""
    check_reader(person)
    return SnapshotView.objects.create(snapshot=snapshot, person=person, form=form)
