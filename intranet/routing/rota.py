"""Whose turn it is: people take weekly turns in their order, and single weeks can be swapped. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from intranet.routing.clock import SUNDAY, WorkCalendar

WEEK = timedelta(days=7)


def week_of(day: date, calendar: WorkCalendar) -> date:
    """The day on which the working week that holds `day` begins: a Sunday where Sunday is worked, else a Monday.

    >>> week_of(date(2026, 11, 24), WorkCalendar()).isoformat()
    '2026-11-22'
    """
    first = SUNDAY if SUNDAY in calendar.days else 0
    return day - timedelta(days=(day.weekday() - first) % 7)


def holder[Person](
    people: Sequence[Person], since: date, week: date, swaps: Mapping[date, Person]
) -> Person | None:
    """Who has the week that begins on `week`; the first of `people` has the one that begins on `since`.

    None when nobody takes turns. A swap counts for its own week alone and moves nobody else's turn.

    >>> holder(["Ada", "Ben"], date(2026, 11, 22), date(2026, 11, 29), {})
    'Ben'
    """
    if week in swaps:
        return swaps[week]
    if not people:
        return None
    return people[round((week - since) / WEEK) % len(people)]
