"""The working-hours clock: by when an answer is promised, and how much of the promise is used. Pure.

All sums are made on the time line (UTC); the wall clock only says when a working day opens and closes. So a day on which
the clocks change has exactly the working hours that pass in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
MIDNIGHT = time(0)
LONGEST_BREAK = 366
"""Days in a row without work after which a calendar is taken for a mistake."""


class NoWorkingTime(ValueError):
    """The calendar has no working time, so nothing can ever be due."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When people work: the days of the week, the hours of a day, where, and the days on which nobody does.

    A day that closes at midnight lasts to its end; one that also opens at midnight counts whole.
    """

    days: frozenset[int] = frozenset({SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY})
    opens: time = time(9)
    closes: time = time(18)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jerusalem"))
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.days or (self.opens >= self.closes and self.closes != MIDNIGHT):
            raise NoWorkingTime("A calendar needs working days, and has to open before it closes.")

    def hours_of(self, day: date) -> tuple[datetime, datetime] | None:
        """When `day` opens and closes, in UTC; None when nobody works."""
        if day.weekday() not in self.days or day in self.holidays:
            return None
        last = day + timedelta(days=1) if self.closes == MIDNIGHT else day
        opens = datetime.combine(day, self.opens, self.zone).astimezone(UTC)
        closes = datetime.combine(last, self.closes, self.zone).astimezone(UTC)
        return (opens, closes) if opens < closes else None


def _shifts_from(start: datetime, calendar: WorkCalendar) -> Iterator[tuple[datetime, datetime]]:
    """The stretches of working time from `start` on, in order; the first may begin in the middle of a day."""
    day = start.astimezone(calendar.zone).date()
    idle = 0
    while idle < LONGEST_BREAK:
        hours = calendar.hours_of(day)
        if hours and hours[1] > start:
            yield max(hours[0], start), hours[1]
            idle = 0
        else:
            idle += 1
        day += timedelta(days=1)
    raise NoWorkingTime(f"No working time in {LONGEST_BREAK} days after {start:%Y-%m-%d}.")


def due(start: datetime, hours: int, calendar: WorkCalendar) -> datetime:
    """The moment at which `hours` of working time have passed since `start`, in UTC.

    With no hours to wait it is `start` itself, or the next opening when `start` lies outside working time. `start`
    carries its time zone. Raises `NoWorkingTime` when the calendar has a year without work.

    >>> thursday_afternoon = datetime(2026, 11, 19, 16, tzinfo=ZoneInfo("Asia/Jerusalem"))
    >>> due(thursday_afternoon, 4, WorkCalendar()).astimezone(ZoneInfo("Asia/Jerusalem")).isoformat()
    '2026-11-22T11:00:00+02:00'
    """
    left = timedelta(hours=hours)
    for opens, closes in _shifts_from(start.astimezone(UTC), calendar):
        if opens + left <= closes:
            return opens + left
        left -= closes - opens
    raise AssertionError("the shifts of a calendar do not end")


def used(start: datetime, end: datetime, calendar: WorkCalendar) -> timedelta:
    """How much working time passed from `start` to `end`; nothing when `end` is not later.

    >>> zone = ZoneInfo("Asia/Jerusalem")
    >>> used(datetime(2026, 11, 19, 9, 2, tzinfo=zone), datetime(2026, 11, 22, 9, 30, tzinfo=zone), WorkCalendar())
    datetime.timedelta(seconds=34080)
    """
    total = timedelta()
    if end <= start:
        return total
    for opens, closes in _shifts_from(start.astimezone(UTC), calendar):
        if opens >= end:
            break
        total += min(closes, end) - opens
    return total
