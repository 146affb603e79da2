"""When things happened in the invented past: at natural hours, on working days, in order, never in the future. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Jerusalem")
FRIDAY, SATURDAY = 4, 5
STEP = timedelta(minutes=7)
DAY = range(7, 21)
"""Hours at which people who are not on a night shift write."""


def opening(now: datetime, ago: float, at: time) -> datetime:
    """The moment `ago` days before `now` at the local time `at`; a weekend moves it back to Thursday.

    A moment that would lie after `now` moves to the day before.
    """
    day = (now - timedelta(days=ago)).astimezone(ZONE).date()
    moment = datetime.combine(day, at, ZONE)
    while moment > now - STEP or _rests(moment):
        moment -= timedelta(days=1)
    return moment


def _rests(moment: datetime) -> bool:
    """Whether nobody is at work then, not even the night shift."""
    return moment.weekday() in (FRIDAY, SATURDAY)


def following(start: datetime, after: timedelta, *, earlier: datetime, now: datetime) -> datetime:
    """The moment `after` later than `start`, off the weekend, later than `earlier` and before `now`.

    What would lie in the future happens soon after `earlier` instead.
    """
    moment = (start + after).astimezone(ZONE)
    while _rests(moment):
        moment += timedelta(days=1)
    moment = max(moment, earlier + timedelta(minutes=1))
    return moment if moment < now else earlier + min(STEP, (now - earlier) / 2)


def by_day(moment: datetime) -> datetime:
    """The same moment if people are awake then, else the next morning at the same minute."""
    local = moment.astimezone(ZONE)
    if DAY.start <= local.hour < DAY.stop:
        return local
    morning = local + timedelta(days=1 if local.hour >= DAY.stop else 0)
    return morning.replace(hour=DAY.start + local.minute % 3)
