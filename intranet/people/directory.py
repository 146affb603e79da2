"""The directory's list of people becomes ours: created, changed, deactivated, never deleted."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from intranet.people.models import OrgUnit, User
from intranet.people.roles import Role
from intranet.text.lines import clean_line, skeleton
from intranet.text.tables import BadTable, read_table

COLUMNS = ("id", "email", "name", "unit", "manager_id", "location", "title", "language")
SEPARATOR = "/"
UNIT_COLOURS = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One person as the directory has it."""

    line: int
    id: str
    email: str
    name: str
    unit: str
    manager_id: str
    location: str
    title: str
    language: str


@dataclass
class Report:
    """What an import did; on a dry run, what it would do."""

    created: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    deactivated: list[str] = field(default_factory=list)
    unchanged: int = 0
    units: int = 0
    unknown_managers: int = 0

    def __str__(self) -> str:
        return (
            f"{len(self.created)} created, {len(self.changed)} changed, {len(self.deactivated)} deactivated, "
            f"{self.unchanged} unchanged; {self.units} units made; {self.unknown_managers} unknown managers left out."
        )


def read_entries(path: Path) -> list[Entry]:
    """All rows of a directory file. Raises BadTable on the first that cannot be taken; then nothing was changed."""
    entries: list[Entry] = []
    ids: set[str] = set()
    emails: set[str] = set()
    for line, row in read_table(path, COLUMNS):
        entry = Entry(line, **{name: clean_line(row[name]) for name in COLUMNS})
        email = entry.email.casefold()
        if not entry.id:
            raise BadTable.at(path, line, "the id is empty.")
        if entry.id in ids:
            raise BadTable.at(path, line, f"the id '{entry.id}' is listed twice.")
        if email and email in emails:
            raise BadTable.at(path, line, f"the e-mail '{entry.email}' is listed twice.")
        if email:
            _check_email(path, entry)
        ids.add(entry.id)
        emails.add(email)
        entries.append(entry)
    if not entries:
        raise BadTable(f"{path.name} lists nobody; the people here were left as they are.")
    return entries


def _check_email(path: Path, entry: Entry) -> None:
    try:
        validate_email(entry.email)
    except ValidationError:
        raise BadTable.at(path, entry.line, f"'{entry.email}' is not an e-mail address.") from None


def import_people(path: Path, *, dry_run: bool = False) -> Report:
    """Make the people of our directory those of the file, in one transaction. Raises BadTable.

    A person is known by the directory's id, or by the e-mail while no id is known. Who has an id and is no longer
    listed is deactivated; who never had one (guests, authors of imports) is left alone.
    """
    entries = read_entries(path)
    with transaction.atomic():
        report = _Sync(path, entries).run()
        transaction.set_rollback(dry_run)
    return report


class _Sync:
    """One run: what is known before, and the report that grows."""

    def __init__(self, path: Path, entries: list[Entry]) -> None:
        self.path = path
        self.entries = entries
        self.report = Report()
        people = list(User.objects.select_for_update().order_by("pk"))
        self.by_id = {person.directory_id: person for person in people if person.directory_id}
        self.by_email = {person.email.casefold(): person for person in people if person.email}
        self.usernames = {person.username for person in people}
        self.skeletons = {person.username_skeleton for person in people}
        self.units = {unit.path: unit for unit in OrgUnit.objects.all()}

    def run(self) -> Report:
        synced = {entry.id: self._person(entry) for entry in self.entries}
        self._managers(synced)
        gone = [person for id_, person in self.by_id.items() if id_ not in synced and person.is_active]
        for person in gone:
            person.is_active = False
            person.save(update_fields=["is_active"])
        self.report.deactivated = [person.username for person in gone]
        return self.report

    def _person(self, entry: Entry) -> User:
        known = self.by_id.get(entry.id)
        same_email = self.by_email.get(entry.email.casefold()) if entry.email else None
        if same_email and same_email != known and (known or same_email.directory_id):
            raise BadTable.at(self.path, entry.line, f"the e-mail '{entry.email}' belongs to somebody else.")
        person = known or same_email
        columns: dict[str, object] = {
            "directory_id": entry.id,
            "email": entry.email,
            "name": entry.name[:120] or entry.id[:120],
            "unit": self._unit(entry.unit),
            "location": entry.location[:120],
            "title": entry.title[:120],
            "is_active": True,
        }
        if entry.language in dict(settings.LANGUAGES):
            columns["language"] = entry.language
        if person is None:
            return self._create(entry, columns)
        changed = [name for name, value in columns.items() if getattr(person, name) != value]
        if not changed:
            self.report.unchanged += 1
            return person
        for name in changed:
            setattr(person, name, columns[name])
        person.save()
        self.report.changed.append(person.username)
        return person

    def _create(self, entry: Entry, columns: dict[str, object]) -> User:
        person = User(username=self._username(entry), roles=[Role.EMPLOYEE], **columns)
        person.set_unusable_password()
        person.save()
        self.usernames.add(person.username)
        self.skeletons.add(person.username_skeleton)
        self.report.created.append(person.username)
        return person

    def _username(self, entry: Entry) -> str:
        """A free user name from the e-mail or the id, which looks like no other."""
        wish = entry.email.split("@")[0] or entry.id
        base = re.sub(r"[^a-z0-9._-]+", "-", wish.casefold()).strip("._-")[:34] or "person"
        base = base if len(base) > 1 else f"u{base}"
        number = 1
        name = base
        while name in self.usernames or skeleton(name) in self.skeletons:
            number += 1
            name = f"{base}-{number}"
        return name

    def _unit(self, path: str) -> OrgUnit | None:
        """The unit at a path such as `A/B/C`, made with the units above it when it is new."""
        names = [part for part in (clean_line(name) for name in path.split(SEPARATOR)) if part]
        unit: OrgUnit | None = None
        for depth, name in enumerate(names, start=1):
            way = SEPARATOR.join(names[:depth])
            if way not in self.units:
                colour = unit.colour if unit else len(self.units) % UNIT_COLOURS + 1
                self.units[way] = OrgUnit.objects.create(path=way, name=name, parent=unit, colour=colour)
                self.report.units += 1
            unit = self.units[way]
        return unit

    def _managers(self, synced: dict[str, User]) -> None:
        """Set each person's manager; one who is not in the directory, or is the person, is left out."""
        moved: list[User] = []
        for entry in self.entries:
            manager = synced.get(entry.manager_id)
            self.report.unknown_managers += bool(entry.manager_id and manager is None)
            person = synced[entry.id]
            manager_id = manager.pk if manager and manager != person else None
            if person.manager_id != manager_id:
                person.manager_id = manager_id
                moved.append(person)
        User.objects.bulk_update(moved, ["manager"], batch_size=500)
        self._count_moved(moved)

    def _count_moved(self, moved: Iterable[User]) -> None:
        told = {*self.report.created, *self.report.changed}
        only_moved = [person.username for person in moved if person.username not in told]
        self.report.changed += only_moved
        self.report.unchanged -= len(only_moved)
