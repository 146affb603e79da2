"""When things happened in the invented past: at natural hours, on working days, in order, never in the future. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Jerusalem")
FRIDAY, SATURDAY = 4, 5
STEP = timedelta(minutes=7)


def opening(now: datetime, ago: float, at: time) -> datetime:
    """The moment `ago` days before `now` at the local time `at`; a weekend moves it back to Thursday.

    A moment that would lie after `now` moves to the day before.
    """
    day = (now - timedelta(days=ago)).astimezone(ZONE).date()
    moment = datetime.combine(day, at, ZONE)
    while moment > now - STEP or moment.weekday() in (FRIDAY, SATURDAY):
        moment -= timedelta(days=1)
    return moment


def following(start: datetime, after: timedelta, *, earlier: datetime, now: datetime) -> datetime:
    """The moment `after` later than `start`, off the weekend, later than `earlier` and before `now`."""
    moment = (start + after).astimezone(ZONE)
    while moment.weekday() in (FRIDAY, SATURDAY):
        moment += timedelta(days=1)
    moment = max(moment, earlier + timedelta(minutes=1))
    return moment if moment < now else earlier + (now - earlier) / 2
