"""The promise of a community: an answer within so many hours, counted on working days."""

from __future__ import annotations

from datetime import datetime

from communities.charters.models import Charter
from intranet.content.models import Space
from intranet.routing.clock import MIDNIGHT, WorkCalendar, due
from intranet.settings.product import ANSWER_TARGET_HOURS

CALENDAR = WorkCalendar(opens=MIDNIGHT, closes=MIDNIGHT)
"""Whole working days: 24 hours are one of them, so a question asked today is answered by this time tomorrow."""


def hours_promised(space: Space) -> int:
    """Hours of working days within which `space` promises an answer."""
    own = Charter.objects.filter(space=space).values_list("answer_within_hours", flat=True).first()
    return own or ANSWER_TARGET_HOURS


def due_in(space: Space, asked: datetime) -> datetime:
    """By when a question asked now in `space` is to be answered."""
    return due(asked, hours_promised(space), CALENDAR)
