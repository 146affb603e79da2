"""Moments and spans as people say them, in the reader's language and time zone."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from babel.dates import format_datetime
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext

# CLDR patterns; Hebrew puts its "in" before the month, as CLDR's own Hebrew patterns do.
PATTERNS = {
    "en": {
        "day": "EEE d MMM",
        "date": "d MMM",
        "year": "d MMM y",
        "whole": "EEEE, d MMMM",
        "full": "d MMMM y, HH:mm",
    },
    "he": {
        "day": "EEEEE d בMMM",
        "date": "d בMMM",
        "year": "d בMMM y",
        "whole": "EEEE, d בMMMM",
        "full": "d בMMMM y, HH:mm",
    },
}
LOCALES = {"en": "en_GB", "he": "he"}
WEEK = 6


def _language() -> str:
    code = (get_language() or "en")[:2]
    return code if code in PATTERNS else "en"


def _formatted(moment: datetime, pattern: str) -> str:
    language = _language()
    return format_datetime(moment, PATTERNS[language][pattern], locale=LOCALES[language])


def full(moment: datetime) -> str:
    """The whole date and time: `22 November 2026, 10:05`."""
    return _formatted(timezone.localtime(moment), "full")


def said_day(moment: datetime | date) -> str:
    """The day alone, of a moment or a date: `Sunday, 22 November`."""
    if not isinstance(moment, datetime):
        moment = timezone.make_aware(datetime.combine(moment, time.min))
    return _formatted(timezone.localtime(moment), "whole")


def said(moment: datetime, now: datetime | None = None) -> str:
    """`moment` as one would say it at `now`, past or to come.

    The last hour is counted in minutes; then `today, 10:05`, `yesterday, 14:12`, `Thu 19 Nov, 09:02` within a
    week, `19 Nov` within the year and `19 Nov 2025` beyond it.
    """
    now = timezone.localtime(now or timezone.now())
    moment = timezone.localtime(moment)
    minutes = _minutes_since(moment, now)
    if minutes is not None:
        if minutes < 1:
            return gettext("a moment ago")
        return ngettext("%(n)d min ago", "%(n)d min ago", minutes) % {"n": minutes}
    days = (moment.date() - now.date()).days
    clock = moment.strftime("%H:%M")
    near = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}
    if days in near:
        return f"{near[days]}, {clock}"
    if abs(days) <= WEEK:
        return f"{_formatted(moment, 'day')}, {clock}"
    return _formatted(moment, "date" if moment.year == now.year else "year")


def _minutes_since(moment: datetime, now: datetime) -> int | None:
    """The minutes since `moment` within its first hour; None before and after it."""
    minutes = int((now - moment).total_seconds() // 60)
    return minutes if 0 <= minutes < 60 else None


def age(moment: datetime) -> int | date:
    """What the words of `said` depend on beside the moment: minutes in the last hour, then the day it is today."""
    now = timezone.now()
    minutes = _minutes_since(moment, now)
    return timezone.localdate(now) if minutes is None else minutes


def said_span(span: timedelta) -> str:
    """A length of time in at most two units: `5 h 10 min`, `2 days`, `40 min`."""
    minutes = max(0, round(span.total_seconds() / 60))
    hours, minutes = divmod(minutes, 60)
    if hours >= 48:
        days = round(hours / 24)
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    parts = []
    if hours:
        parts.append(gettext("%(n)d h") % {"n": hours})
    if minutes or not hours:
        parts.append(gettext("%(n)d min") % {"n": minutes})
    return " ".join(parts)
