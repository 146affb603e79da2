"""Changing what a community promises, for programs. Its routes share addresses with those that read it."""

from __future__ import annotations

from datetime import date, time
from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Schema
from pydantic import Field, StringConstraints

from communities.finding import find_community
from communities.promises import actions
from communities.promises.api import HoursShape, TurnShape, hours_of, router, turn_shape
from communities.promises.duty import turns_of
from communities.promises.forms import MOST_HOLIDAYS, HoursForm
from communities.questions.models import QuestionDetail
from intranet.content.models import Space
from intranet.posting.api import REFUSALS, must_fit, visible_post
from intranet.runtime.surfaces import surface

WEEKS = 8
"""Weeks of turns in an answer."""

Name = Annotated[str, StringConstraints(max_length=80, pattern=r"^[^\x00\r\n]*$")]
Username = Annotated[str, StringConstraints(max_length=40, pattern=r"^[^\x00]*$")]


class HolidayWanted(Schema):
    day: date
    name: Name = ""


class HoursWanted(Schema):
    """The whole promise; `counting` is `days` or `hours`, `week` is `sun_thu` or `mon_fri`."""

    hours: Annotated[int, Field(ge=1, le=200)]
    counting: Name = "days"
    week: Name = "sun_thu"
    opens: time = time(9)
    closes: time = time(18)
    zone: Name = "Asia/Jerusalem"
    holidays: Annotated[list[HolidayWanted], Field(max_length=MOST_HOLIDAYS)] = []


class TurnList(Schema):
    items: list[TurnShape]
    next: str | None


class TurnsWanted(Schema):
    """Usernames in the order of their turns, the first one this week."""

    people: Annotated[list[Username], Field(max_length=100)]


class TurnWanted(Schema):
    """Who has the week; null gives it back to whose turn it is."""

    person: Username | None


class WhyShape(Schema):
    """Why a promise was missed, as it is published."""

    why: Annotated[str, StringConstraints(max_length=actions.REASON_MAX, pattern=r"^[^\x00]*$")]


def _turns(space: Space) -> dict[str, list[dict[str, Any]]]:
    return {"items": [turn_shape(turn) for turn in turns_of(space, weeks=WEEKS)], "next": None}


@router.put(
    "/communities/{slug:slug}/promise", response={200: HoursShape, **REFUSALS}, summary="Change the promise"
)
@surface("a community the reader runs, through the gate")
def set_hours(request: HttpRequest, slug: str, wanted: HoursWanted) -> dict[str, Any]:
    """Make the promise exactly this. Questions asked before keep the time they were told."""
    said = wanted.dict() | {
        "holidays": "\n".join(f"{holiday.day} {holiday.name}" for holiday in wanted.holidays)
    }
    form = HoursForm(said)
    must_fit(form, "bad_promise")
    space = find_community(request.user, slug, inside=True)
    actions.set_hours(actor=request.user, space=space, working=form.working())
    return hours_of(find_community(request.user, slug, inside=True))


@router.get(
    "/communities/{slug:slug}/turns", response={200: TurnList, **REFUSALS}, summary="Turns of duty to come"
)
@surface("a community the reader sees into")
def turns(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Who is on duty this week and in the weeks after it."""
    return _turns(find_community(request.user, slug, inside=True))


@router.put("/communities/{slug:slug}/turns", response={200: TurnList, **REFUSALS}, summary="Who takes turns")
@surface("a community the reader runs, through the gate")
def set_turns(request: HttpRequest, slug: str, wanted: TurnsWanted) -> dict[str, Any]:
    """Make these people take weekly turns in this order. Weeks that were given to somebody stay theirs."""
    space = find_community(request.user, slug, inside=True)
    people = [actions.colleague(request.user, name) for name in wanted.people]
    actions.set_turns(actor=request.user, space=space, people=people)
    return _turns(find_community(request.user, slug, inside=True))


@router.put(
    "/communities/{slug:slug}/turns/{week}", response={200: TurnList, **REFUSALS}, summary="Give a week away"
)
@surface("a community the reader runs, through the gate")
def swap(request: HttpRequest, slug: str, week: date, wanted: TurnWanted) -> dict[str, Any]:
    """Give the week of duty that begins on this day to somebody."""
    space = find_community(request.user, slug, inside=True)
    person = actions.colleague(request.user, wanted.person) if wanted.person is not None else None
    actions.swap(actor=request.user, space=space, week=week, person=person)
    return _turns(space)


@router.put("/posts/{slug:public_id}/miss", response={200: WhyShape, **REFUSALS}, summary="Why it was missed")
@surface("a question the reader may see, through the gate")
def explain(request: HttpRequest, public_id: str, wanted: WhyShape) -> dict[str, Any]:
    """Publish why the promise to a question was missed; an empty text takes the reason back."""
    question = visible_post(request.user, public_id)
    detail = get_object_or_404(QuestionDetail, post=question)
    actions.explain(actor=request.user, question=question, reason=wanted.why)
    detail.refresh_from_db()
    return {"why": detail.miss_note}
