"""What the knowledge manager of the demo organisation finds: counts of chat messages, and a first report on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from intranet.demo.crowd import Crowd
from intranet.people.models import User
from kms.network import actions as network
from kms.network.computing import compute
from kms.network.forms import month_before, span
from kms.network.models import Interaction, Snapshot
from kms.network.terms import Definition, Level, Purpose

CONTACTS = 6.0
"""With how many colleagues somebody chats, in the mean."""
MESSAGES = 4.0
"""How often with each of them in half a year, in the mean, after the first time."""
HALF_YEAR = timedelta(days=182)


def import_chat(people: Mapping[str, User], crowd: Crowd, now: datetime) -> int:
    """Add half a year of chat counts, as an import would; how many rows that is."""
    employees = [name for name, person in people.items() if not person.is_guest]
    rows = []
    for name in employees:
        for contact in crowd.reacting(name, employees, CONTACTS):
            rows += [
                _message(people[name], people[contact], now - HALF_YEAR * crowd.random.random())
                for _ in range(1 + crowd.many(MESSAGES))
            ]
    return len(Interaction.objects.bulk_create(rows))


def _message(source: User, target: User, at: datetime) -> Interaction:
    return Interaction(
        source=source,
        target=target,
        kind="chat",
        at=at,
        origin="chat",
        row_key=Interaction.key_of(source.username, target.username, "chat", at.isoformat()),
    )


def ask_for_reports(people: Mapping[str, User], now: datetime) -> list[Snapshot]:
    """Have the knowledge manager ask for two months, and earlier for the two before; both computed, the newest last."""
    this = timezone.localdate(now).replace(day=1)
    reports: list[Snapshot] = []
    for first, last in (
        (month_before(this, 4), month_before(this, 3)),
        (month_before(this, 2), month_before(this)),
    ):
        snapshot = network.ask_for_report(
            asked_by=people["michal"],
            definition=Definition.ANY,
            level=Level.UNIT,
            purpose=Purpose.GAPS,
            **span(first, last, compared=bool(reports)),
        )
        compute(snapshot)
        reports.append(snapshot)
    return reports
