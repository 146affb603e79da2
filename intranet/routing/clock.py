"""The working-hours clock: by when an answer is promised, and how much of the promise is used. Pure.

All sums are made on the time line (UTC); the wall clock only says when a working day opens and closes. So a day on which
the clocks change has exactly the working hours that pass in it. A pause takes its part out of the working time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
SUNDAY_TO_THURSDAY = frozenset({SUNDAY, MONDAY, TUESDAY, WEDNESDAY, THURSDAY})
MONDAY_TO_FRIDAY = frozenset({MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY})
MIDNIGHT = time(0)
LONGEST_BREAK = 366
"""Days in a row without work after which a calendar is taken for a mistake."""

Span = tuple[datetime, datetime]
"""From one moment to a later one, both with their time zone."""


class NoWorkingTime(ValueError):
    """The calendar has no working time, so nothing can ever be due."""


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When people work: the days of the week, the hours of a day, where, and the days on which nobody does.

    A day that closes at midnight lasts to its end; one that also opens at midnight counts whole.
    """

    days: frozenset[int] = SUNDAY_TO_THURSDAY
    opens: time = time(9)
    closes: time = time(18)
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Jerusalem"))
    holidays: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.days or (self.opens >= self.closes and self.closes != MIDNIGHT):
            raise NoWorkingTime("A calendar needs working days, and has to open before it closes.")

    def hours_of(self, day: date) -> Span | None:
        """When `day` opens and closes, in UTC; None when nobody works."""
        if day.weekday() not in self.days or day in self.holidays:
            return None
        last = day + timedelta(days=1) if self.closes == MIDNIGHT else day
        opens = datetime.combine(day, self.opens, self.zone).astimezone(UTC)
        closes = datetime.combine(last, self.closes, self.zone).astimezone(UTC)
        return (opens, closes) if opens < closes else None


def _shifts_from(start: datetime, calendar: WorkCalendar) -> Iterator[Span]:
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


def _without(shift: Span, pauses: Iterable[Span]) -> Iterator[Span]:
    """What is left of `shift` outside `pauses`, which come in order of their beginning and may overlap."""
    now, closes = shift
    for began, ended in pauses:
        if ended <= now or began >= closes:
            continue
        if began > now:
            yield now, began
        now = ended
    if now < closes:
        yield now, closes


def _running(start: datetime, calendar: WorkCalendar, pauses: Iterable[Span]) -> Iterator[Span]:
    """The stretches of working time from `start` on in which the clock is not paused."""
    ordered = sorted(pauses)
    for shift in _shifts_from(start.astimezone(UTC), calendar):
        yield from _without(shift, ordered)


def due(start: datetime, hours: float, calendar: WorkCalendar, pauses: Sequence[Span] = ()) -> datetime:
    """The moment at which `hours` of working time outside `pauses` have passed since `start`, in UTC.

    With no hours to wait it is `start` itself, or the next opening when `start` lies outside working time. `start`
    carries its time zone. Raises `NoWorkingTime` when the calendar has a year without work.

    >>> zone = ZoneInfo("Asia/Jerusalem")
    >>> thursday_afternoon = datetime(2026, 11, 19, 16, tzinfo=zone)
    >>> due(thursday_afternoon, 4, WorkCalendar()).astimezone(zone).isoformat()
    '2026-11-22T11:00:00+02:00'
    >>> asked_back = [(datetime(2026, 11, 19, 17, tzinfo=zone), datetime(2026, 11, 22, 12, tzinfo=zone))]
    >>> due(thursday_afternoon, 4, WorkCalendar(), asked_back).astimezone(zone).isoformat()
    '2026-11-22T15:00:00+02:00'
    """
    left = timedelta(hours=hours)
    for opens, closes in _running(start, calendar, pauses):
        if opens + left <= closes:
            return opens + left
        left -= closes - opens
    raise AssertionError("the shifts of a calendar do not end")


def used(start: datetime, end: datetime, calendar: WorkCalendar, pauses: Sequence[Span] = ()) -> timedelta:
    """How much working time outside `pauses` passed from `start` to `end`; nothing when `end` is not later.

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
        parts = _without((opens, min(closes, end)), sorted(pauses))
        total += sum((till - since for since, till in parts), timedelta())
    return total
