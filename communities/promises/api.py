"""What programs read of a community's promise: its hours, who is on duty, how it was kept."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from communities.finding import find_community
from communities.promises.duty import Turn, turns_of
from communities.promises.keeping import Miss, explained, keeping_of
from communities.questions.promises import promise_of
from intranet.content.models import Space
from intranet.posting.api import READING
from intranet.posting.shapes import PersonShape, person_shape
from intranet.runtime.surfaces import surface
from intranet.settings.product import HIT_RATE_DAYS

router = Router(tags=["communities"])
MISSES = 100
"""Misses in one answer, the latest first; `missed` counts them all."""


class HolidayShape(Schema):
    day: date
    name: str


class TurnShape(Schema):
    """A week of duty; `person` is null where nobody takes turns."""

    week: date
    person: PersonShape | None
    swapped: bool


class MissShape(Schema):
    """A missed promise: `late_minutes` of working time, whom it was put to and who was told, and why."""

    id: str
    title: str
    url: str
    asked: datetime
    due: datetime
    answered: datetime | None
    late_minutes: int
    paused_minutes: int
    asked_of: list[PersonShape]
    reminded: list[PersonShape]
    escalated_to: list[PersonShape]
    why: str


class HoursShape(Schema):
    """When a community works and within how many hours it answers; `opens` and `closes` only where hours count."""

    hours: int
    counting: str
    week: str
    opens: str | None
    closes: str | None
    zone: str
    holidays: list[HolidayShape]


class PromiseShape(HoursShape):
    """The promise of a community and how it was kept in the period. `percent` is null where nothing came due."""

    community: str
    on_duty: TurnShape
    since: datetime
    until: datetime
    kept: int
    due: int
    percent: int | None
    waiting: int
    left_out: int
    missed: int
    misses: list[MissShape]


class Period(Schema):
    days: int = Field(HIT_RATE_DAYS, ge=1, le=366)


@router.get(
    "/communities/{slug:slug}/promise",
    response={200: PromiseShape, **READING},
    summary="What a community promises and how it keeps it",
)
@surface("a community the reader sees into; its questions and whom they were put to")
def promise(request: HttpRequest, slug: str, period: Query[Period]) -> dict[str, Any]:
    """Hours, calendar, who is on duty, the rate at which answers came in time, and the misses."""
    space = find_community(request.user, slug, inside=True)
    kept = keeping_of(space, days=period.days)
    turn = turns_of(space, now=kept.until)[0]
    return {
        "community": space.slug,
        **hours_of(space),
        "on_duty": turn_shape(turn),
        **{
            name: getattr(kept, name)
            for name in ("since", "until", "kept", "due", "percent", "waiting", "left_out")
        },
        "missed": len(kept.missed),
        "misses": [_miss(miss) for miss in explained(kept.missed[:MISSES], space, request.user, kept.until)],
    }


def turn_shape(turn: Turn) -> dict[str, Any]:
    """A turn as the API shows it."""
    return {
        "week": turn.week,
        "person": person_shape(turn.person) if turn.person else None,
        "swapped": turn.swapped,
    }


def hours_of(space: Space) -> dict[str, Any]:
    """When `space` works and within how many hours it answers."""
    promised, office = promise_of(space), getattr(space, "office_hours", None)
    by_hours = office is not None and office.counting == "hours"
    return {
        "hours": promised.hours,
        "counting": office.counting if office else "days",
        "week": office.week if office else "sun_thu",
        "opens": f"{office.opens:%H:%M}" if by_hours else None,
        "closes": f"{office.closes:%H:%M}" if by_hours else None,
        "zone": promised.calendar.zone.key,
        "holidays": office.holidays if office else [],
    }


def _miss(miss: Miss) -> dict[str, Any]:
    return {
        "id": miss.post.public_id,
        "title": miss.post.title,
        "url": miss.post.get_absolute_url(),
        "asked": miss.post.created,
        "due": miss.detail.due,
        "answered": miss.detail.first_answer,
        "late_minutes": int(miss.late.total_seconds() // 60),
        "paused_minutes": int(miss.stood.total_seconds() // 60),
        "asked_of": [person_shape(person) for person in miss.asked],
        "reminded": [person_shape(person) for person in miss.reminded],
        "escalated_to": [person_shape(person) for person in miss.escalated],
        "why": miss.detail.miss_note,
    }
