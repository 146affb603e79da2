"""The queue of a moderator: whose it is and in which order."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Count, Exists, FloatField, OuterRef, Sum
from django.db.models.functions import Coalesce

from intranet.access import visibility
from intranet.content.models import Space
from intranet.moderation.kinds import FlagSource
from intranet.moderation.models import Case, Flag, Recusal
from intranet.people.models import User

HIGH, MEDIUM = 24.0, 6.0
"""Risk from which a case is high or medium: four people within six hours, or one person for a day."""


def moderates_something(person: User) -> bool:
    """Whether there is a space in which `person` decides. Roles that `person` holds answer without a query."""
    if not person.is_authenticated or not person.is_active:
        return False
    if person.moderates_everywhere and not person.is_guest:
        return True
    return not visibility.MODERATING_ROLES.isdisjoint(person.space_roles.values())


def risk(case: Case, now: datetime) -> float:
    """Weighted flags times hours waited, at least one of each: many people, or one who has waited long."""
    hours = max((now - case.opened) / timedelta(hours=1), 1.0)
    return max(case.weight, 1.0) * hours


def grade(value: float) -> str:
    """`high`, `medium` or `low`."""
    if value >= HIGH:
        return "high"
    return "medium" if value >= MEDIUM else "low"


def waiting_for(person: User, now: datetime, *, mine: bool = False) -> list[Case]:
    """Open cases that `person` handles, the riskiest first; a constant number of queries.

    Each has `flag_count`, `weight`, `grade`, `suggested`: whether likeness brought it up, and `party`: whether the person said that they are party to it. What was
    escalated comes first and waits for moderators of the whole organisation.
    """
    cases = (
        Case.objects.open()
        .handled_by(person)
        .select_related("post__root", "post__space", "post__author", "claimed_by")
    )
    if mine:
        cases = cases.filter(claimed_by=person)
    rows = list(
        cases.annotate(
            flag_count=Count("flags"),
            weight=Coalesce(Sum("flags__weight"), 0.0, output_field=FloatField()),
            suggested=Exists(Flag.objects.filter(case=OuterRef("pk"), source=FlagSource.CLASSIFIER)),
            party=Exists(Recusal.objects.filter(case=OuterRef("pk"), person=person)),
        ).order_by("due")[:200]
    )
    for case in rows:
        case.risk = risk(case, now)
        case.grade = "high" if case.escalated_at or case.auto_hidden_at else grade(case.risk)
        case.late = case.due < now
    return sorted(rows, key=lambda case: (case.escalated_at is None, -case.risk))


def moderated_spaces(person: User) -> int:
    """In how many spaces `person` decides."""
    return Space.objects.moderated_by(person).count()
