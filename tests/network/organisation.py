"""A company of seeded units and their mail, for the network report."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from intranet.people.models import OrgUnit, User
from intranet.people.roles import Role
from kms.network.models import Interaction

START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2026, 4, 1, tzinfo=UTC)


def staff(**units: int) -> dict[str, list[User]]:
    """People of top-level units, by unit; names and codes are made of the unit's name."""
    made = {}
    for path, size in units.items():
        unit = OrgUnit.objects.create(
            path=path, name=path.title(), name_he=f"יחידת {path}", code=path[:3].upper()
        )
        made[path] = [
            User.objects.create(
                username=f"{path}{i}",
                name=f"{path.title()} {i}",
                unit=unit,
                roles=[Role.EMPLOYEE],
                directory_id=f"{path}-{i}",
            )
            for i in range(size)
        ]
    return made


def mail(
    source: User, target: User, at: datetime = START + timedelta(days=3), **columns: object
) -> Interaction:
    """One imported mail."""
    key = Interaction.key_of(source.pk, target.pk, at, *columns.values(), random.random())
    return Interaction(source=source, target=target, kind="mail", at=at, row_key=key, **columns)


def chatter(made: dict[str, list[User]], *, inside: float = 0.4, across: float = 0.06, seed: int = 1) -> int:
    """Mail between everybody with chances that depend on whether two share a unit; how many."""
    dice = random.Random(seed)
    unit = {person: name for name, people in made.items() for person in people}
    rows = [
        mail(a, b)
        for a in unit
        for b in unit
        if a != b and dice.random() < (inside if unit[a] == unit[b] else across)
    ]
    Interaction.objects.bulk_create(rows)
    return len(rows)
