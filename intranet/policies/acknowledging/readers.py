"""Who has read a policy and who has not, by unit, as its owners and the managers of people may know it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from intranet.people.models import User
from intranet.policies.acknowledging.due import people_asked
from intranet.policies.kinds import in_readers_language
from intranet.policies.models import PolicyVersion
from intranet.policies.roots import ROLES

MOST = 200
"""Names on one page; the file has all of them."""


@dataclass(frozen=True)
class UnitRow:
    """How far one unit is."""

    label: str
    code: str
    asked: int
    read: int

    @property
    def missing(self) -> int:
        return self.asked - self.read


def people_shown(reader: User, version: PolicyVersion) -> QuerySet[User]:
    """The people of the audience about whom `reader` may know: all for owners of policies, else who reports to them."""
    people = people_asked(version).select_related("unit")
    return people if reader.has_role(*ROLES) else people.filter(manager=reader)


def by_unit(reader: User, version: PolicyVersion) -> list[UnitRow]:
    """One row a unit, those with most missing first. One query."""
    rows = (
        people_shown(reader, version)
        .order_by()
        .values("unit__path", "unit__name", "unit__name_he", "unit__code")
        .annotate(asked=Count("pk"), read=Count("pk", filter=Q(has_read=True)))
    )
    found = [UnitRow(_label(row), row["unit__code"] or "", row["asked"], row["read"]) for row in rows]
    return sorted(found, key=lambda row: (-row.missing, row.label))


def _label(row: Mapping[str, Any]) -> str:
    return in_readers_language(row["unit__name"] or "", row["unit__name_he"] or "") or _("No unit")


def still_to_read(reader: User, version: PolicyVersion) -> list[User]:
    """The people who have not read it, by name; at most two hundred."""
    return list(people_shown(reader, version).filter(has_read=False).order_by("name_key")[:MOST])


def table(reader: User, version: PolicyVersion) -> Iterator[list[str]]:
    """A line a person for a file: unit, name, username, version, whether it was read."""
    yield [_("Unit"), _("Name"), _("Username"), _("Version"), _("Has read")]
    for person in people_shown(reader, version).order_by("unit__path", "name_key").iterator(500):
        unit = person.unit.path if person.unit else ""
        said = _("Yes") if person.has_read else _("No")
        yield [unit, person.display_name, person.username, str(version.number), said]
