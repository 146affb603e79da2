"""The promise of a community: an answer within so many hours, counted on its own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from intranet.content.models import Space
from intranet.routing import clock
from intranet.routing.clock import MIDNIGHT, Span, WorkCalendar
from intranet.settings.product import ANSWER_TARGET_HOURS

CALENDAR = WorkCalendar(opens=MIDNIGHT, closes=MIDNIGHT)
"""Whole working days: 24 hours are one of them, so a question asked today is answered by this time tomorrow."""


@dataclass(frozen=True)
class Promise:
    """Within how many hours of which calendar an answer is promised."""

    hours: int = ANSWER_TARGET_HOURS
    calendar: WorkCalendar = CALENDAR

    def due(self, asked: datetime, pauses: Sequence[Span] = (), *, share: float = 1.0) -> datetime:
        """When `share` of the promised time is used up."""
        return clock.due(asked, self.hours * share, self.calendar, pauses)

    def used(self, asked: datetime, until: datetime, pauses: Sequence[Span] = ()) -> timedelta:
        """How much of the promised time is used at `until`."""
        return clock.used(asked, until, self.calendar, pauses)


def promise_of(space: Space) -> Promise:
    """What `space` promises. No query when the space was read with its charter and its office hours."""
    charter, office = getattr(space, "charter", None), getattr(space, "office_hours", None)
    return Promise(
        charter.answer_within_hours if charter else ANSWER_TARGET_HOURS,
        office.calendar if office else CALENDAR,
    )


def due_in(space: Space, asked: datetime) -> datetime:
    """By when a question asked then in `space` is to be answered."""
    return promise_of(space).due(asked)
