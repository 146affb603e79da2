"""Who is asked, the roster, and how many answered: only ever as a rate above the floor."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.people.models import OrgUnit, User
from intranet.settings import product
from kms.network import sources
from kms.network.models import Interaction
from kms.survey.models import Survey, Taking


@dataclass(frozen=True)
class Rate:
    """How many of those asked answered; None where so few answered, or did not, that they could be guessed."""

    asked: int
    answered: int | None

    @property
    def share(self) -> int | None:
        return None if self.answered is None else round(100 * self.answered / max(self.asked, 1))


def asked_by(survey: Survey) -> QuerySet[User]:
    """The people a survey asks."""
    units = list(survey.units.values_list("pk", flat=True))
    people = sources.counted()
    return people.filter(unit__in=units) if units else people


def rate(survey: Survey) -> Rate:
    """The rate of answers of a whole survey."""
    people = asked_by(survey)
    answered = Taking.objects.filter(survey=survey, person__in=people).exclude(answered_at=None).count()
    asked = people.count()
    few = min(answered, asked - answered) < product.SNA_PAIR_FLOOR
    return Rate(asked, None if asked < product.SNA_FLOOR or (few and answered) else answered)


def open_to(person: User) -> list[Survey]:
    """Surveys that ask a person now, the one that closes first on top, each with whether it was answered."""
    mine = Taking.objects.filter(survey=OuterRef("pk"), person=person)
    return list(
        Survey.objects.asking(person)
        .open_on(timezone.localdate())
        .annotate(agreed=Exists(mine), answered=Exists(mine.exclude(answered_at=None)))
        .order_by("closes", "pk")
    )


@dataclass(frozen=True)
class RosterUnit:
    """One unit of the roster: its people, and how many of them are chosen."""

    label: str
    people: list[User]
    chosen: int
    own: bool


def roster(person: User, chosen: set[int]) -> list[RosterUnit]:
    """Everybody who can be named, by unit, one's own first: two queries."""
    everybody = sources.counted().exclude(pk=person.pk).select_related("unit").order_by("name_key", "pk")
    by_unit: dict[int | None, list[User]] = {}
    for one in everybody:
        by_unit.setdefault(one.unit_id, []).append(one)
    picked = Counter(one.unit_id for one in everybody if one.pk in chosen)
    units = {unit.pk: unit for unit in OrgUnit.objects.filter(pk__in=by_unit.keys() - {None})}
    rows = [
        RosterUnit(units[pk].label if pk else _("Without a unit"), people, picked[pk], pk == person.unit_id)
        for pk, people in by_unit.items()
    ]
    return sorted(rows, key=lambda row: (not row.own, row.label))


def named_by(person: User, survey: Survey) -> set[int]:
    """Whom a person named in a survey."""
    return set(
        Interaction.objects.filter(source=person, origin=survey.origin).values_list("target_id", flat=True)
    )
