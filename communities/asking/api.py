"""Asking for programs: who would be asked, ready answers, and sealed names."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import StringConstraints

from communities.asking import addressing, opening, sealing
from communities.asking.models import Unsealing
from communities.canned import actions as canned
from communities.canned.models import Canned
from communities.finding import find_community, row_in
from communities.questions.promises import due_in
from communities.questions.urgency import urgent_left
from intranet.access.verdict import Refused
from intranet.content import voices
from intranet.content.models import Post
from intranet.people.models import User
from intranet.posting.api import READING, REFUSALS, WRITING, Number, Short, visible_post
from intranet.posting.shapes import PersonShape, Problem, person_shape
from intranet.routing.candidates import Asked
from intranet.runtime.surfaces import surface

router = Router(tags=["questions"])
Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]
Long = Annotated[str, StringConstraints(max_length=8_000, pattern=r"^[^\x00]*$")]


class AskedLine(Schema):
    """Somebody who would be asked, and why."""

    person: PersonShape
    why: str


class AskedShape(Schema):
    """Who would be asked, by when an answer is promised, and what the asker may use."""

    items: list[AskedLine]
    due: datetime
    urgent_left: int
    anonymous_allowed: bool


class CannedShape(Schema):
    """A ready answer."""

    id: int
    name: str
    body: str


class CannedList(Schema):
    items: list[CannedShape]
    next: str | None


class NewCanned(Schema):
    """A ready answer; the same name replaces it."""

    name: Line
    body: Long


class Reason(Schema):
    """Why a name has to be known."""

    reason: Short


class OpeningDecided(Schema):
    """Whether the name is opened."""

    agree: bool


class OpeningShape(Schema):
    """A request to open a name. `asker` is told to the two who opened it, and each look is in the log."""

    id: str
    thread: str
    reason: str
    asked_by: PersonShape
    asked_at: datetime
    settled_by: PersonShape | None
    settled_at: datetime | None
    opened: bool
    asker: PersonShape | None = None


class OpeningList(Schema):
    items: list[OpeningShape]
    next: str | None


class MineShape(Schema):
    """A question that I asked anonymously."""

    id: str
    title: str
    community: str
    created: datetime
    state: str


class MineList(Schema):
    items: list[MineShape]
    next: str | None


@router.get(
    "/communities/{slug:slug}/asked",
    response={200: AskedShape, **READING, 422: Problem},
    summary="Who would be asked",
)
@surface("people who may read the question, by evidence the asker may see")
def asked(
    request: HttpRequest, slug: str, title: Line = "", tags: Line = "", to: Line = ""
) -> dict[str, Any]:
    """Who would be asked a question: `to` is empty, `experts`, `@username` or `@u/unit`."""
    space = find_community(request.user, slug, inside=True)
    topics = tuple(name.strip() for name in tags.split(",") if name.strip())
    question = Asked(reader=request.user, title=title, topics=topics, space=space)
    named = addressing.addressee(request.user, space, to)
    first = not (named or title or topics)
    lines = addressing.likely(space, request.user) if first else addressing.asked_people(question, named)
    return {
        "items": [{"person": person_shape(line.person), "why": str(line.why)} for line in lines],
        "due": due_in(space, timezone.now()),
        "urgent_left": urgent_left(request.user),
        "anonymous_allowed": bool(sealing.may_be_anonymous(space)),
    }


@router.get(
    "/communities/{slug:slug}/ready-answers", response={200: CannedList, **REFUSALS}, summary="Ready answers"
)
@surface("ready answers of a community whose expert or manager the reader is")
def ready_answers(request: HttpRequest, slug: str) -> dict[str, Any]:
    """The ready answers of a community, by name."""
    space = find_community(request.user, slug, inside=True)
    if not (may := canned.may_write(request.user, space)):
        raise Refused(may)
    return {"items": [_text(row) for row in canned.canned_in(space)], "next": None}


def _text(row: Canned) -> dict[str, Any]:
    return {"id": row.pk, "name": row.name, "body": row.body}


@router.put(
    "/communities/{slug:slug}/ready-answers",
    response={200: CannedShape, **WRITING},
    summary="Write a ready answer",
)
@surface("ready answers of a community whose expert or manager the reader is, through the gate")
def write_ready(request: HttpRequest, slug: str, said: NewCanned) -> dict[str, Any]:
    """Make the ready answer of this name say this."""
    space = find_community(request.user, slug, inside=True)
    return _text(canned.save_canned(actor=request.user, space=space, name=said.name, body=said.body))


@router.delete(
    "/communities/{slug:slug}/ready-answers/{int:number}",
    response={204: None, **WRITING},
    summary="Remove one",
)
@surface("ready answers of a community whose expert or manager the reader is, through the gate")
def remove_ready(request: HttpRequest, slug: str, number: Number) -> Status:
    """Remove a ready answer; answers that were made from it stay."""
    space = find_community(request.user, slug, inside=True)
    canned.remove_canned(actor=request.user, canned=row_in(space, Canned.objects.all(), number))
    return Status(204, None)


@router.get("/me/anonymous", response={200: MineList, **READING}, summary="My anonymous questions")
@surface("the reader's own anonymous questions")
def my_anonymous(request: HttpRequest) -> dict[str, Any]:
    """What I asked anonymously, newest first; the last hundred."""
    rows = sealing.questions_of(request.user).select_related("space")[:100]
    return {
        "items": [
            {
                "id": post.public_id,
                "title": post.title,
                "community": post.space.slug,
                "created": post.created,
                "state": post.state,
            }
            for post in rows
        ],
        "next": None,
    }


def _opening(row: Unsealing, asker: User | None = None) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "thread": row.post.public_id,
        "reason": row.reason,
        "asked_by": person_shape(row.asked_by),
        "asked_at": row.asked_at,
        "settled_by": person_shape(row.settled_by) if row.settled_by else None,
        "settled_at": row.settled_at,
        "opened": row.opened,
        "asker": person_shape(asker) if asker else None,
    }


@router.get("/openings", response={200: OpeningList, **READING}, summary="Requests to open a name")
@surface("anonymous questions in places the reader moderates")
def openings(request: HttpRequest) -> dict[str, Any]:
    """Requests about questions in places that I moderate; the last hundred, without names."""
    return {"items": [_opening(row) for row in opening.requests_for(request.user)[:100]], "next": None}


@router.post(
    "/threads/{slug:public_id}/openings", response={201: OpeningShape, **WRITING}, summary="Ask who asked"
)
@surface("an anonymous question in a place the reader moderates, through the gate")
def ask_to_open(request: HttpRequest, public_id: str, said: Reason) -> Status:
    """Ask to open the name behind a question; the same request twice is one."""
    question: Post = visible_post(request.user, public_id)
    if not opening.may_open(request.user) or not voices.is_voice(question.author):
        raise Http404
    row = opening.ask_to_open(actor=request.user, question=question, reason=said.reason)
    return Status(201, _opening(row))


@router.put("/openings/{slug:public_id}", response={200: OpeningShape, **WRITING}, summary="Agree or decline")
@surface("a request in a place the reader moderates, through the gate")
def settle(request: HttpRequest, public_id: str, wanted: OpeningDecided) -> dict[str, Any]:
    """Agree that a name is opened, or keep it sealed: somebody else than who asked."""
    row = get_object_or_404(opening.requests_for(request.user), public_id=public_id)
    return _opening(opening.settle(actor=request.user, unsealing=row, agree=wanted.agree))


@router.post(
    "/openings/{slug:public_id}/look", response={200: OpeningShape, **WRITING}, summary="Read an opened name"
)
@surface("a name for the two who opened it, through the gate; each look is in the log")
def look(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """The request with the name, for the two who opened it."""
    row = get_object_or_404(opening.requests_for(request.user), public_id=public_id)
    return _opening(row, opening.read_name(actor=request.user, unsealing=row))
