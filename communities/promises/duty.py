"""Who is on duty in a community: today, and in the weeks to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from communities.promises.models import DutyPerson, DutySwap
from communities.questions.promises import promise_of
from intranet.content.models import Space
from intranet.people.models import User
from intranet.routing.rota import WEEK, holder, week_of


@dataclass(frozen=True)
class Turn:
    """One week of duty: the day it begins, who has it, whether that is a swap."""

    week: date
    person: User | None
    swapped: bool = False


def turns_of(space: Space, *, weeks: int = 1, now: datetime | None = None) -> list[Turn]:
    """The turns of `space` from the current week on; two queries, whatever the number of weeks.

    People whose account is closed take no turns.
    """
    calendar = promise_of(space).calendar
    today = (now or timezone.now()).astimezone(calendar.zone).date()
    first = week_of(today, calendar)
    rows = DutyPerson.objects.filter(space=space, person__is_active=True).select_related("person__unit")
    people = [row.person for row in rows]
    swaps = {
        swap.week: swap.person
        for swap in DutySwap.objects.filter(
            space=space, week__gte=first, person__is_active=True
        ).select_related("person__unit")
    }
    since = getattr(getattr(space, "office_hours", None), "rota_since", None) or first
    return [
        Turn(week, holder(people, since, week, swaps), week in swaps)
        for week in (first + n * WEEK for n in range(weeks))
    ]


def on_duty(space: Space, now: datetime | None = None) -> User | None:
    """Who is on duty in `space` this week, or nobody where no turns are taken."""
    return turns_of(space, now=now)[0].person
