"""Who is an expert of a community, and for what."""

from __future__ import annotations

from dataclasses import dataclass, field

from communities.joining.models import Outcome
from communities.roles.models import Expertise
from intranet.content.models import Space, Tag
from intranet.people.models import User


@dataclass
class Expert:
    """One person and the topics they answer about, each with the sentence they gave."""

    person: User
    lines: list[Expertise] = field(default_factory=list)

    @property
    def topics(self) -> list[Tag]:
        return [line.tag for line in self.lines]


def experts_in(space: Space) -> list[Expert]:
    """The experts of `space` by name; one query."""
    found: dict[int, Expert] = {}
    rows = Expertise.objects.filter(space=space, outcome=Outcome.ACCEPTED, person__is_active=True)
    for row in rows.select_related("person__unit", "tag").order_by("person__name_key", "tag__name"):
        found.setdefault(row.person_id, Expert(row.person)).lines.append(row)
    return list(found.values())
