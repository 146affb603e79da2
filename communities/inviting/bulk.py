"""A list of people to add at once: read, reported row by row, and then done."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from io import StringIO

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.joining.actions import GIVEN, add
from communities.roles.rank import OWNERS_ALONE, owns
from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Space
from intranet.people.models import User
from intranet.settings.product import BULK_MOST_ROWS


class Fate(models.TextChoices):
    """What becomes of one row."""

    ADD = "add", gettext_lazy("Will be added")
    MEMBER = "member", gettext_lazy("A member already, stays as is")
    UNKNOWN = "unknown", gettext_lazy("Nobody with this username or address")
    TWICE = "twice", gettext_lazy("Listed twice")
    BAD_ROLE = "bad_role", gettext_lazy("Not a role you can give")


FAILURES = frozenset({Fate.UNKNOWN, Fate.BAD_ROLE})
WHO, ROLE = ("username", "email", "e-mail", "who"), "role"
"""Names of columns; of those that tell who somebody is, the first is believed first."""


@dataclass(frozen=True)
class Line:
    """One row of the list: its number, what it says, who that is and what becomes of it."""

    number: int
    who: str
    role: str
    person: User | None
    fate: Fate

    @property
    def role_label(self) -> str:
        """The role in the reader's language; what is none stands as it was typed."""
        return str(SpaceRole(self.role).label) if self.role in SpaceRole.values else self.role

    @property
    def fails(self) -> bool:
        """Whether who wrote the list has something to put right."""
        return self.fate in FAILURES


@dataclass(frozen=True)
class Plan:
    """What the list would do."""

    lines: list[Line]

    @property
    def to_add(self) -> list[Line]:
        return [line for line in self.lines if line.fate == Fate.ADD]

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many rows meet each fate, in words."""
        found = Counter(line.fate for line in self.lines)
        return [(fate.label, found[fate]) for fate in Fate if found[fate]]


def plan_of(*, actor: User, space: Space, text: str) -> Plan:
    """What adding the people of `text` would do: one person a row, a username or an e-mail address, then maybe a role.

    Commas, semicolons and tabs part the columns. Where the first row names the columns, it says which one tells who that
    is (`username`, `email` or `who`) and which one the `role`; others are passed over. Three queries.
    Raises `Refused` for an empty list and one that is too long.
    """
    rows = _rows(text)
    if not rows:
        raise Refused(
            refuse("empty_list", _("The list is empty. Write one username or e-mail address a line."))
        )
    if len(rows) > BULK_MOST_ROWS:
        raise Refused(refuse("long_list", _("The list has more than %(n)s rows.") % {"n": BULK_MOST_ROWS}))
    people = _people(actor, [who for _number, who, _role in rows])
    members = set(Membership.objects.filter(space=space).values_list("person_id", flat=True))
    givable = GIVEN if owns(actor, space) else GIVEN - OWNERS_ALONE
    lines: list[Line] = []
    met: set[int] = set()
    for number, who, role in rows:
        person = people.get(who.casefold())
        fate = _fate(person, role, members, met, givable)
        if person:
            met.add(person.pk)
        comes_as = SpaceRole.GUEST if person and person.is_guest and fate == Fate.ADD else role
        lines.append(Line(number, who, comes_as, person, fate))
    return Plan(lines)


def add_all(*, actor: User, space: Space, text: str) -> Plan:
    """Do what `plan_of` says, all or nothing; the plan as it was. Raises `Refused` as `add` does."""
    with transaction.atomic():
        plan = plan_of(actor=actor, space=space, text=text)
        for line in plan.to_add:
            add(actor=actor, space=space, person=line.person, role=line.role)
        return plan


def _fate(person: User | None, role: str, members: set[int], met: set[int], givable: frozenset[str]) -> Fate:
    if person is None:
        return Fate.UNKNOWN
    if person.pk in met:
        return Fate.TWICE
    if person.pk in members:
        return Fate.MEMBER
    return Fate.ADD if role in givable else Fate.BAD_ROLE


def _rows(text: str) -> list[tuple[int, str, str]]:
    """`(line, who, role)` of every line that is not empty."""
    clean = text.removeprefix("\ufeff").replace("\x00", "")
    first = clean.partition("\n")[0]
    table = [
        [cell.strip() for cell in cells]
        for cells in csv.reader(StringIO(clean), delimiter=max(",;\t", key=first.count))
    ]
    who_at, role_at, begins = _columns([cell.casefold() for cell in table[0]] if table else [])
    rows = []
    for number, cells in enumerate(table[begins:], begins + 1):
        # A row that ends before the column names a person all the same, as one that was written by hand does.
        who = cells[who_at] if who_at < len(cells) else next(iter(cells), "")
        role = cells[role_at] if role_at is not None and role_at < len(cells) else ""
        if who:
            rows.append((number, who[:254], role.casefold() or SpaceRole.MEMBER))
    return rows


def _columns(head: list[str]) -> tuple[int, int | None, int]:
    """Where it stands who somebody is, where their role, and the first row of people. A list without a head has both
    in this order."""
    named = [head.index(name) for name in WHO if name in head]
    if not named or len(head) == 1:
        return 0, 1, len(named)
    return named[0], head.index(ROLE) if ROLE in head else None, 1


def _people(actor: User, names: list[str]) -> dict[str, User]:
    """Active people whom `actor` may know of, by username and by address."""
    wanted = {name.casefold() for name in names}
    found = User.objects.active().filter(visibility.people_seen_by(actor))
    found = found.annotate(address=Lower("email"))
    people = found.filter(Q(username__in=wanted) | Q(address__in=wanted))
    by_name: dict[str, User] = {}
    for person in people:
        by_name[person.username] = person
        if person.email:
            by_name[person.email.casefold()] = person
    return by_name
