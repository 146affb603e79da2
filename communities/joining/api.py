"""Members and requests to join, for programs. Each call sets a state and is safe to repeat."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.utils.html import strip_tags
from ninja import Router, Schema
from pydantic import StringConstraints

from communities.finding import find_community, row_in, run_community
from communities.joining import actions, requests
from communities.joining.models import JoinRequest, Outcome
from communities.joining.reading import members_in, rows_of
from communities.roles.actions import give_role
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Space
from intranet.people.models import User
from intranet.posting.api import READING, REFUSALS, Number, Short
from intranet.posting.shapes import PersonShape, person_shape
from intranet.runtime.surfaces import surface
from intranet.ui.paging import page

router = Router(tags=["members"])
Username = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]{1,39}$")]
Sentence = Annotated[Short, StringConstraints(max_length=400)]


class MemberShape(Schema):
    """A member: who, with what role, since when, and how they came in."""

    person: PersonShape
    role: str
    joined: datetime
    came: str


class MemberList(Schema):
    items: list[MemberShape]
    next: str | None


class Standing(Schema):
    """Where I stand: `member`, `waiting` for an answer to my request, or `none`."""

    state: Literal["member", "waiting", "none"]
    role: str | None


class Why(Schema):
    """Why I want to come in; needed where one asks to join."""

    why: Sentence = ""


class RoleWanted(Schema):
    role: SpaceRole = SpaceRole.MEMBER


class RequestShape(Schema):
    id: int
    person: PersonShape
    why: str
    asked: datetime
    outcome: str
    reason: str


class RequestList(Schema):
    items: list[RequestShape]
    next: str | None


class Decision(Schema):
    """Let in, or decline with a reason that the asker reads."""

    let_in: bool
    reason: Sentence = ""


def person_called(reader: User, username: str) -> User:
    person = User.objects.active().visible_to(reader).filter(username=username).first()
    if person is None:
        raise Http404
    return person


@router.get(
    "/communities/{slug:slug}/members",
    response={200: MemberList, **READING},
    summary="Members of a community",
)
@surface("members of a community the reader sees into")
def list_members(request: HttpRequest, slug: str, cursor: str = "", role: SpaceRole | None = None) -> dict:
    """Members, those who came last first."""
    space = find_community(request.user, slug, inside=True)
    found = page(members_in(space, role=role or "").order_by(), cursor, by="joined")
    items = [
        {
            "person": person_shape(row.membership.person),
            "role": row.membership.role,
            "joined": row.membership.joined,
            "came": strip_tags(row.came),
        }
        for row in rows_of(space, list(found))
    ]
    return {"items": items, "next": found.next or None}


@router.put(
    "/communities/{slug:slug}/membership", response={200: Standing, **REFUSALS}, summary="Join, or ask to"
)
@surface("the reader's own membership, through the gate")
def come_in(request: HttpRequest, slug: str, said: Why) -> dict[str, Any]:
    """Become a member; with `why`, ask to where one asks."""
    space = find_community(request.user, slug, inside=False)
    if said.why and _standing(request.user, space)["state"] != "member":
        requests.ask_to_join(person=request.user, space=space, why=said.why)
    else:
        actions.join(person=request.user, space=space)
    return _standing(request.user, space)


@router.delete(
    "/communities/{slug:slug}/membership",
    response={200: Standing, **REFUSALS},
    summary="Leave, or take my request back",
)
@surface("the reader's own membership, through the gate")
def go_out(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Be no member and ask for nothing."""
    space = find_community(request.user, slug, inside=False)
    if requests.waiting_request(request.user, space):
        requests.withdraw(person=request.user, space=space)
    actions.leave(person=request.user, space=space)
    return {"state": "none", "role": None}


def _standing(person: User, space: Space) -> dict[str, Any]:
    role = Membership.objects.filter(space=space, person=person).values_list("role", flat=True).first()
    if role:
        return {"state": "member", "role": role}
    return {"state": "waiting" if requests.waiting_request(person, space) else "none", "role": None}


@router.put(
    "/communities/{slug:slug}/members/{str:username}",
    response={200: Standing, **REFUSALS},
    summary="Make somebody a member with a role",
)
@surface("a member of a community the reader runs, through the gate")
def set_member(request: HttpRequest, slug: str, username: Username, wanted: RoleWanted) -> dict[str, Any]:
    """Bring somebody in, or change the role of a member."""
    space, person = find_community(request.user, slug, inside=True), person_called(request.user, username)
    if Membership.objects.filter(space=space, person=person).exists():
        give_role(actor=request.user, space=space, person=person, role=wanted.role)
    else:
        actions.add(actor=request.user, space=space, person=person, role=wanted.role)
    return _standing(person, space)


@router.delete(
    "/communities/{slug:slug}/members/{str:username}",
    response={200: Standing, **REFUSALS},
    summary="Take a member out",
)
@surface("a member of a community the reader runs, through the gate")
def remove_member(request: HttpRequest, slug: str, username: Username) -> dict[str, Any]:
    """Make somebody no member."""
    space, person = find_community(request.user, slug, inside=True), person_called(request.user, username)
    actions.remove(actor=request.user, space=space, person=person)
    return {"state": "none", "role": None}


@router.get(
    "/communities/{slug:slug}/requests", response={200: RequestList, **REFUSALS}, summary="Who asks to join"
)
@surface("requests to join a community the reader runs")
def list_requests(request: HttpRequest, slug: str, cursor: str = "") -> dict[str, Any]:
    """Requests that wait, the latest first."""
    space = run_community(request.user, slug)
    rows = JoinRequest.objects.filter(space=space, outcome=Outcome.WAITING).select_related("person")
    found = page(rows, cursor, by="asked")
    return {"items": [_request_shape(row) for row in found], "next": found.next or None}


@router.put(
    "/communities/{slug:slug}/requests/{int:number}",
    response={200: RequestShape, **REFUSALS},
    summary="Decide about a request",
)
@surface("a request to join a community the reader runs, through the gate")
def decide_request(request: HttpRequest, slug: str, number: Number, said: Decision) -> dict[str, Any]:
    """Let somebody in or decline."""
    space = run_community(request.user, slug)
    row = row_in(space, JoinRequest.objects.select_related("person"), number)
    return _request_shape(
        requests.decide(actor=request.user, request=row, let_in=said.let_in, reason=said.reason)
    )


def _request_shape(row: JoinRequest) -> dict[str, Any]:
    return {
        "id": row.pk,
        "person": person_shape(row.person),
        "why": row.why,
        "asked": row.asked,
        "outcome": row.outcome,
        "reason": row.reason,
    }
