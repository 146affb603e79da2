"""The promise of a community: an answer within so many working hours."""

from __future__ import annotations

from datetime import datetime

from communities.charters.models import Charter
from intranet.content.models import Space
from intranet.routing.clock import WorkCalendar, due
from intranet.settings.product import ANSWER_TARGET_HOURS

CALENDAR = WorkCalendar()
"""The working week of the organisation."""


def hours_promised(space: Space) -> int:
    """Working hours within which `space` promises an answer."""
    own = Charter.objects.filter(space=space).values_list("answer_within_hours", flat=True).first()
    return own or ANSWER_TARGET_HOURS


def due_in(space: Space, asked: datetime) -> datetime:
    """By when a question asked now in `space` is to be answered."""
    return due(asked, hours_promised(space), CALENDAR)
