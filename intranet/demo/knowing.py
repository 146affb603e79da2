"""What the people of the demo organisation say about themselves, and about what others know."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from experts.evidence.actions import endorse
from experts.profiles.actions import describe
from intranet.demo import moments
from intranet.demo.crowd import Crowd
from intranet.demo.records import Content, Person
from intranet.people.models import User

LANGUAGES = {"haifa": ["he", "en"], "galil": ["he", "en"], "krakow": ["pl", "en"]}
AWAY = {"vered": ("karim", 6), "marta": ("grzegorz", 9)}
"""Who is away now, who covers for them, and for how many days."""
BUSY = {"noa": 3, "alex": 3, "darya": 4}
"""Who has asked for fewer questions a week."""
ENDORSEMENTS = 1.6
"""How many colleagues endorse somebody for a topic, in the mean."""
RECENT_DAYS = 120


def describe_people(content: Content, people: Mapping[str, User], now: datetime) -> None:
    """Fill in the profiles of those who wrote something about themselves, and of those who are away."""
    for person in content.people.values():
        if person.about or person.username in AWAY:
            describe(
                person=people[person.username],
                ask_about=person.ask,
                wants_to_learn=(),
                **_columns(person, people, now),
            )


def _columns(person: Person, people: Mapping[str, User], now: datetime) -> dict[str, object]:
    columns: dict[str, object] = {"about": person.about, "languages": LANGUAGES[person.site]}
    if person.username in BUSY:
        columns["weekly_cap"] = BUSY[person.username]
    if person.username in AWAY:
        cover, days = AWAY[person.username]
        columns |= {"cover": people[cover], "away_until": (now + timedelta(days=days)).date()}
    return columns


def endorse_people(content: Content, people: Mapping[str, User], crowd: Crowd, now: datetime) -> None:
    """Let colleagues endorse people for what they say one may ask them about."""
    employees = [person.username for person in content.people.values() if "guest" not in person.roles]
    for person in content.people.values():
        for topic in person.ask:
            for colleague in crowd.reacting(person.username, employees, ENDORSEMENTS):
                ago = crowd.random.uniform(1, RECENT_DAYS)
                endorse(
                    actor=people[colleague],
                    person=people[person.username],
                    topic=topic,
                    at=now - timedelta(days=ago) - moments.STEP,
                )
