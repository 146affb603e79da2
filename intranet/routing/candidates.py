"""Who could answer a question, and who of them is asked.

Routing lies below the packages that know what people know, so those register a *source* of candidates; routing
weighs what the sources say by whether a person is here, has room this week and comes from another unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from intranet.content.kinds import Visibility
from intranet.content.models import Membership, Space
from intranet.people.models import User

OTHER_UNIT: Final = 1.15
"""A little extra for somebody from another unit: answers that cross units are how units come to know each other."""

NO_ROOM: Final = 0.5
"""What a full week leaves of a person's standing in a list. Those who are asked need room; see `who`."""

AWAY: Final = 0.4
"""Likewise for somebody who is away or pausing."""


@dataclass(frozen=True)
class Asked:
    """A question on its way: its words, its topics, where it is asked (None: not chosen yet), by whom and when
    (None: now)."""

    reader: User
    title: str = ""
    topics: tuple[str, ...] = ()
    space: Space | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Candidate:
    """Somebody who may know. `fit` is between 0 and 1, `why` one line of words, `used` of `cap` this week's load."""

    person: User
    fit: float
    why: str
    available: bool
    used: int
    cap: int
    prefers_other_units: bool = True

    @property
    def room(self) -> float:
        """The part of the week's load that is left, between 0 and 1."""
        return max(0.0, 1 - self.used / self.cap) if self.cap else 0.0

    def crosses(self, reader: User) -> bool:
        """Whether `reader` sits in another unit and the person likes to be asked from there."""
        return self.prefers_other_units and bool(reader.unit_id) and self.person.unit_id != reader.unit_id

    def standing(self, reader: User) -> float:
        """fit × availability × room this week × a little extra for another unit."""
        room = NO_ROOM + (1 - NO_ROOM) * self.room
        return (
            self.fit
            * (1.0 if self.available else AWAY)
            * room
            * (OTHER_UNIT if self.crosses(reader) else 1.0)
        )


Source = Callable[[Asked], Iterable[Candidate]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a source of candidates; apps do it when they are ready."""
    _sources.append(source)
    return source


def who(asked: Asked, *, limit: int = 3) -> list[Candidate]:
    """Who will be asked, best first: they are here, have room this week, and may read the question where it stands.

    The number of queries does not depend on how many candidates there are.
    """
    found = {
        candidate.person.pk: candidate
        for source in _sources
        for candidate in source(asked)
        if candidate.available and candidate.room and candidate.person.pk != asked.reader.pk
    }
    admitted = _admitted([candidate.person for candidate in found.values()], asked.space)
    ranked = sorted(
        (found[pk] for pk in admitted), key=lambda each: (-each.standing(asked.reader), each.person.name_key)
    )
    return ranked[:limit]


def _admitted(people: Sequence[User], space: Space | None) -> set[int]:
    """Ids of those of `people` who read what is asked in `space`, as `access.visibility` has it."""
    everybody = {person.pk for person in people}
    if space is None:
        return everybody
    members = set(
        Membership.objects.filter(space=space, person__in=everybody).values_list("person", flat=True)
    )
    if space.visibility != Visibility.OPEN:
        return members
    return members | {person.pk for person in people if not person.is_guest}
