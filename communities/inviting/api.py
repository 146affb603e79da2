"""Invitations and links, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema, Status
from pydantic import Field

from communities.finding import find_community
from communities.inviting import actions, links
from communities.inviting.models import Invitation
from communities.joining.api import Number, Sentence, Username, person_called
from intranet.content.kinds import SpaceRole
from intranet.posting.api import READING, REFUSALS
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
    """A link; `url` is where its holder comes in."""

    url: str
    expires: datetime
    most_uses: int


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
    link = links.make_link(actor=request.user, space=space, **said.dict())
    address = request.build_absolute_uri(link.get_absolute_url())
    return Status(201, {"url": address, "expires": link.expires, "most_uses": link.most_uses})


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
