"""Units, topics and people of the demo organisation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.hashers import make_password

from intranet.content.models import Tag
from intranet.demo.credentials import PASSWORD
from intranet.demo.records import SITES, Content, Person
from intranet.people.models import OrgUnit, User

COLOURS = {"MEC": 1, "ELE": 2, "SW": 3, "QA": 4, "SAL": 5, "PRD": 6, "PPL": 7, "SVC": 8}


def found_units(content: Content) -> dict[str, OrgUnit]:
    """Make the unit tree; the units by code."""
    made: dict[str, OrgUnit] = {}
    for unit in content.units.values():
        above = made.get(unit.parent)
        made[unit.code] = OrgUnit.objects.create(
            path=f"{above.path}/{unit.en}" if above else unit.en,
            name=unit.en,
            name_he=unit.he,
            code=unit.code,
            parent=above,
            colour=COLOURS.get(unit.code, 7),
        )
    return made


def name_topics(content: Content) -> dict[str, Tag]:
    """Make the vocabulary of topics; the tags by slug."""
    Tag.objects.bulk_create(
        [Tag(slug=slug, name=en, name_he=he) for slug, (en, he) in content.topics.items()],
        ignore_conflicts=True,
    )
    return {tag.slug: tag for tag in Tag.objects.filter(slug__in=content.topics)}


def hire(content: Content, units: Mapping[str, OrgUnit], since: datetime) -> dict[str, User]:
    """Make everybody, with the password of the demo; the people by username."""
    password = make_password(PASSWORD)  # one hash for all: it protects nothing, and Argon2 takes its time
    people = {person.username: _person(person, units, password, since) for person in content.people.values()}
    for person in content.people.values():
        if person.boss:
            people[person.username].manager = people[person.boss]
            people[person.username].save(update_fields=["manager"])
    return people


def _person(person: Person, units: Mapping[str, OrgUnit], password: str, since: datetime) -> User:
    hebrew = person.lang == "he"
    site_en, site_he = SITES[person.site]
    user = User(
        username=person.username,
        email=f"{person.username}@ardon.example",
        password=password,
        name=person.name,
        name_he=person.he,
        title=person.title_he if hebrew else person.title,
        location=site_he if hebrew else site_en,
        language=person.lang,
        unit=units.get(person.unit),
        roles=list(person.roles),
        is_demo=True,
        is_staff="admin" in person.roles,
        is_superuser="admin" in person.roles,
        created=since,
    )
    user.save()
    return user
