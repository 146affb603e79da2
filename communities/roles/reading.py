"""Who is an expert of a community, and for what."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import QuerySet

from communities.joining.models import Outcome
from communities.roles.models import Expertise
from intranet.content.models import Space, Tag
from intranet.people.models import User
from intranet.runtime.prepared import Prepared


@dataclass
class Expert:
    """One person and the topics they answer about, each with the sentence they gave."""

    person: User
    lines: list[Expertise] = field(default_factory=list)

    @property
    def topics(self) -> list[Tag]:
        return [line.tag for line in self.lines]


def _accepted(space: int) -> QuerySet[Expertise]:
    rows = Expertise.objects.filter(space=space, outcome=Outcome.ACCEPTED, person__is_active=True)
    return rows.select_related("person__unit", "tag").order_by("person__name_key", "tag__name")


_lines = Prepared(_accepted)


def experts_in(space: Space) -> list[Expert]:
    """The experts of `space` by name; one query."""
    found: dict[int, Expert] = {}
    for row in _lines.all(space=space.pk):
        found.setdefault(row.person_id, Expert(row.person)).lines.append(row)
    return list(found.values())
