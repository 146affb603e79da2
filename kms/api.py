"""The network desk for programs: reports for knowledge managers, and everybody's own part in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema

from intranet.access.verdict import Refused, refuse
from intranet.access.visibility import SECRET
from intranet.people.models import User
from intranet.posting.api import READING
from intranet.posting.shapes import Problem
from intranet.runtime.surfaces import surface
from intranet.settings import product
from kms.consent.actions import choose, standing_of
from kms.consent.readers import may_read_reports
from kms.forums.reading import imported
from kms.introductions import actions as introducing
from kms.introductions import reading as introductions
from kms.introductions.models import Introduction
from kms.mine import reading as mine
from kms.network import actions
from kms.network.forms import KEPT, ended_months, months_of_forum, span
from kms.network.models import Snapshot
from kms.network.terms import Level

router = Router(tags=["network"])

MOST = 50
WRITING = READING | dict.fromkeys((403, 409, 413), Problem)


class ReportOut(Schema):
    """A report without its figures: terms and where it stands."""

    id: int
    definition: str
    level: str
    forum: str | None
    half_life: int | None
    broadcast: str
    start: datetime
    end: datetime
    against_start: datetime | None
    against_end: datetime | None
    purpose: str
    floor: int
    state: str
    progress: int
    asked_by: str
    created: datetime


class ReportsOut(Schema):
    """The newest reports; `next` is always null."""

    items: list[ReportOut]
    next: str | None = None


class FullReportOut(ReportOut):
    """A report with its suppressed figures once it is done, else null."""

    report: dict[str, Any] | None


class ReportIn(Schema):
    """A new report on whole months that are over, both included, written as the first day of each.

    With a `forum`, the name of an imported community in its address, it is on the authors of that site, by topic.
    """

    definition: Literal["any", "reciprocated", "weighted"] = "any"
    level: Literal["unit", "division", "site"] = "unit"
    forum: str | None = None
    half_life: Literal[7, 30, 90] | None = None
    broadcast: Literal["out", "shared", "counted"] = "out"
    purpose: Literal["gaps", "goal", "change", "risk"] = "gaps"
    first: date
    last: date
    compared: bool = True
    floor: int = Field(product.SNA_FLOOR, ge=product.SNA_HARD_FLOOR, le=1000)
    reason: str = Field("", max_length=300)


class ChoicesIn(Schema):
    """What one allows; what is left out stays."""

    counted: bool | None = None
    introduced: bool | None = None
    named: bool | None = None


class ChoicesOut(Schema):
    """What one allows."""

    counted: bool
    introduced: bool
    named: bool


class UnitTiesOut(Schema):
    """People of one unit one is tied to."""

    label: str
    people: int
    both_ways: int
    own: bool


class MineOut(Schema):
    """My ties by unit over the last 90 days, and my choices."""

    people: int
    outside: int
    expected_outside: int
    effective_size: float | None
    units: list[UnitTiesOut]
    choices: ChoicesOut


class IntroductionOut(Schema):
    """An introduction of mine; never what the other answered."""

    id: int
    other: str
    other_name: str
    topic: str | None
    pretext: str
    stage: str
    answer: str
    asked_at: datetime
    meet_at: datetime | None


class IntroductionsOut(Schema):
    """My introductions, newest first; `next` is always null."""

    items: list[IntroductionOut]
    next: str | None = None


class AnswerIn(Schema):
    """Yes, later or no."""

    answer: Literal["yes", "later", "no"]


def _reader(request: HttpRequest) -> User:
    """The knowledge manager behind the token; for others the route does not exist."""
    if not may_read_reports(request.user):
        raise Http404
    return cast(User, request.user)


def _terms(snapshot: Snapshot) -> dict[str, Any]:
    names = [name for name in ReportOut.model_fields if name not in {"id", "asked_by", "forum"}]
    own = {name: getattr(snapshot, name) for name in names}
    forum = snapshot.forum.slug if snapshot.forum and snapshot.forum.visibility != SECRET else None
    return own | {"id": snapshot.pk, "asked_by": snapshot.asked_by.username, "forum": forum}


@router.get("/network/reports", response={200: ReportsOut, **READING}, summary="Network reports")
@surface("knowledge managers; terms of reports, no figures")
def reports(request: HttpRequest) -> dict[str, Any]:
    """The newest reports and where they stand."""
    _reader(request)
    rows = Snapshot.objects.select_related("asked_by", "forum").newest_first()[:MOST]
    return {"items": [_terms(row) for row in rows]}


@router.post("/network/reports", response={202: ReportOut, **WRITING}, summary="Ask for a network report")
@surface("knowledge managers; terms of the report, no figures")
def ask(request: HttpRequest, body: ReportIn) -> tuple[int, dict[str, Any]]:
    """Order a report; it is `held` when a second person has to agree, else `waiting`."""
    person = _reader(request)
    forum = get_object_or_404(imported(), slug=body.forum) if body.forum else None
    months = months_of_forum(forum) if forum else ended_months()
    if body.first not in months or body.last not in months or body.first > body.last:
        raise Refused(
            refuse("bad_text", _("A period is of whole months that are over. Write the first day of each."))
        )
    snapshot = actions.ask_for_report(
        asked_by=person,
        **body.dict(include=set(KEPT)) | ({"level": Level.TOPIC, "forum": forum} if forum else {}),
        **span(body.first, body.last, compared=body.compared),
    )
    return 202, _terms(snapshot)


@router.get(
    "/network/reports/{int:pk}", response={200: FullReportOut, **READING}, summary="One network report"
)
@surface("knowledge managers; suppressed before it is stored; each look is logged")
def report(request: HttpRequest, pk: int) -> dict[str, Any]:
    """A report with its suppressed figures."""
    person = _reader(request)
    snapshot = get_object_or_404(Snapshot.objects.select_related("asked_by", "forum"), pk=pk)
    if snapshot.is_done:
        actions.look(person=person, snapshot=snapshot, form="api")
    return _terms(snapshot) | {"report": snapshot.report}


@router.get("/network/mine", response={200: MineOut, **READING}, summary="My network")
@surface("the caller's own ties, as counts by unit, and choices")
def my_network(request: HttpRequest) -> dict[str, Any]:
    """My ties by unit, and what I allow."""
    ego = mine.ego(request.user)
    figures = {
        name: getattr(ego, name) for name in ("people", "outside", "expected_outside", "effective_size")
    }
    return figures | {"units": ego.units, "choices": standing_of(request.user)}


@router.patch("/network/mine", response={200: ChoicesOut, **WRITING}, summary="Set what I allow")
@surface("the caller's own choices")
def set_choices(request: HttpRequest, body: ChoicesIn) -> Any:
    """Set some of my choices; safe to repeat."""
    return choose(person=request.user, **body.dict(exclude_none=True))


@router.get("/network/introductions", response={200: IntroductionsOut, **READING}, summary="My introductions")
@surface("the caller's own introductions; never what the other answered")
def my_introductions(request: HttpRequest) -> dict[str, Any]:
    """My introductions, newest first."""
    return {"items": [_introduction(row) for row in introductions.mine(request.user)]}


def _introduction(row: introductions.Mine) -> dict[str, Any]:
    one = row.introduction
    return {
        "id": one.pk,
        "other": row.other.username,
        "other_name": row.other.display_name,
        "topic": one.candidate.topic.label if one.candidate.topic else None,
        "pretext": one.pretext,
        "stage": one.stage,
        "answer": row.side.answer,
        "asked_at": one.asked_at,
        "meet_at": one.meet_at,
    }


@router.put(
    "/network/introductions/{int:pk}",
    response={200: IntroductionOut, **WRITING},
    summary="Answer an introduction",
)
@surface("one of the two people of an introduction")
def answer(request: HttpRequest, pk: int, body: AnswerIn) -> dict[str, Any]:
    """Say yes, later or no; changeable until both said yes."""
    one = get_object_or_404(Introduction.objects.of(request.user), pk=pk)
    introducing.answer(person=request.user, introduction=one, answer=body.answer)
    rows = introductions.mine(request.user)
    return _introduction(next(row for row in rows if row.introduction.pk == pk))
