"""Invitations, links and lists of people, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from communities.finding import find_community, row_in, run_community
from communities.inviting import actions, bulk, links
from communities.inviting.models import Invitation, InviteLink
from communities.joining.api import Number, Sentence, Username, person_called
from intranet.content.kinds import SpaceRole
from intranet.posting.api import READING, REFUSALS, Storable
from intranet.posting.shapes import PersonShape, person_shape
from intranet.runtime.surfaces import surface
from intranet.ui.paging import page

router = Router(tags=["members"])


class NewInvitation(Schema):
    username: Username
    role: SpaceRole = SpaceRole.MEMBER
    note: Sentence = ""


class InvitationShape(Schema):
    id: int
    community: str
    person: PersonShape
    by: PersonShape
    role: str
    expires: datetime
    outcome: str


class InvitationList(Schema):
    items: list[InvitationShape]
    next: str | None


class Answer(Schema):
    accept: bool


class NewLink(Schema):
    days: Literal[1, 7, 30] = 7
    most_uses: Annotated[int, Field(ge=1, le=500)] = 10
    for_guests: bool = False


class LinkShape(Schema):
    """A link; `url` is where its holder comes in, while it is `open`."""

    id: int
    url: str
    expires: datetime
    uses: int
    most_uses: int
    for_guests: bool
    open: bool


class LinkList(Schema):
    items: list[LinkShape]
    next: str | None


class PeopleWanted(Schema):
    """A list as the page takes it: a username or an address a row, then maybe a role. Nothing happens before `add`."""

    rows: Annotated[Storable, StringConstraints(max_length=100_000)]
    add: bool = False


class RowShape(Schema):
    """One row of a list; `fate` is add, member, unknown, twice or bad_role."""

    number: int
    who: str
    person: PersonShape | None
    role: str
    fate: str


class PeopleReport(Schema):
    """What the list does, or would do, row by row."""

    added: bool
    items: list[RowShape]
    next: str | None


@router.post(
    "/communities/{slug:slug}/invitations",
    response={200: InvitationShape, **REFUSALS},
    summary="Invite somebody by name",
)
@surface("an invitation into a community into which the reader may invite, through the gate")
def invite(request: HttpRequest, slug: str, said: NewInvitation) -> dict[str, Any]:
    """Invite somebody; an invitation that waits already is the one returned."""
    space = find_community(request.user, slug, inside=True)
    person = person_called(request.user, said.username)
    made = actions.invite(actor=request.user, space=space, person=person, role=said.role, note=said.note)
    return _shape(made)


@router.get("/invitations", response={200: InvitationList, **READING}, summary="Invitations to me")
@surface("the reader's own invitations")
def mine(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """Invitations that wait for my answer, the latest first."""
    rows = Invitation.objects.open_at(timezone.now()).filter(person=request.user)
    found = page(rows.select_related("space", "person", "by"), cursor, by="made")
    return {"items": [_shape(row) for row in found], "next": found.next or None}


@router.put(
    "/invitations/{int:number}",
    response={200: InvitationShape, **REFUSALS},
    summary="Accept or decline an invitation",
)
@surface("the reader's own invitation, through the gate")
def answer(request: HttpRequest, number: Number, said: Answer) -> dict[str, Any]:
    """Answer an invitation to me."""
    rows = Invitation.objects.filter(person=request.user).select_related("space", "person", "by")
    deed = actions.accept if said.accept else actions.decline
    deed(person=request.user, invitation=get_object_or_404(rows, pk=number))
    return _shape(rows.get(pk=number))


@router.post(
    "/communities/{slug:slug}/links", response={201: LinkShape, **REFUSALS}, summary="Make an invitation link"
)
@surface("a link into a community the reader runs, through the gate")
def make_link(request: HttpRequest, slug: str, said: NewLink) -> Status:
    """A link that ends after some days or some people."""
    space = find_community(request.user, slug, inside=True)
    return Status(201, _link(request, links.make_link(actor=request.user, space=space, **said.dict())))


@router.get(
    "/communities/{slug:slug}/links", response={200: LinkList, **REFUSALS}, summary="Links into a community"
)
@surface("links into a community the reader runs")
def list_links(request: HttpRequest, slug: str, cursor: str = "") -> dict[str, Any]:
    """Links that were made, those that ended too, the latest first."""
    rows = InviteLink.objects.filter(space=run_community(request.user, slug))
    found = page(rows, cursor, by="made")
    return {"items": [_link(request, row) for row in found], "next": found.next or None}


@router.delete(
    "/communities/{slug:slug}/links/{int:number}", response={204: None, **REFUSALS}, summary="End a link"
)
@surface("a link into a community the reader runs, through the gate")
def end_link(request: HttpRequest, slug: str, number: Number) -> Status:
    """Make a link open nothing any more; who came by it stays."""
    space = run_community(request.user, slug)
    links.revoke_link(actor=request.user, link=row_in(space, InviteLink.objects.all(), number))
    return Status(204, None)


@router.delete(
    "/communities/{slug:slug}/invitations/{int:number}",
    response={204: None, **REFUSALS},
    summary="Take an invitation back",
)
@surface("an invitation into a community the reader sees into, through the gate")
def take_back(request: HttpRequest, slug: str, number: Number) -> Status:
    """Take back an invitation that waits: my own, or anybody's where I run the community."""
    space = find_community(request.user, slug, inside=True)
    actions.take_back(actor=request.user, invitation=row_in(space, Invitation.objects.all(), number))
    return Status(204, None)


@router.post(
    "/communities/{slug:slug}/people",
    response={200: PeopleReport, **REFUSALS},
    summary="Add a list of people",
)
@surface("people the reader may know of; a community they run, through the gate")
def add_list(request: HttpRequest, slug: str, said: PeopleWanted) -> dict[str, Any]:
    """Report what a list of people would do, or do it; all of it or nothing. Who is a member already stays as they are."""
    space = run_community(request.user, slug)
    deed = bulk.add_all if said.add else bulk.plan_of
    plan = deed(actor=request.user, space=space, text=said.rows)
    return {"added": said.add, "items": [_row(line) for line in plan.lines], "next": None}


def _row(line: bulk.Line) -> dict[str, Any]:
    return {
        "number": line.number,
        "who": line.who,
        "person": person_shape(line.person) if line.person else None,
        "role": line.role,
        "fate": line.fate,
    }


def _link(request: HttpRequest, row: InviteLink) -> dict[str, Any]:
    said = ("expires", "uses", "most_uses", "for_guests")
    return {
        "id": row.pk,
        "url": request.build_absolute_uri(row.get_absolute_url()),
        **{name: getattr(row, name) for name in said},
        "open": row.is_open,
    }


def _shape(row: Invitation) -> dict[str, Any]:
    return {
        "id": row.pk,
        "community": row.space.slug,
        "person": person_shape(row.person),
        "by": person_shape(row.by),
        "role": row.role,
        "expires": row.expires,
        "outcome": row.outcome,
    }
