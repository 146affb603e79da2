"""Opening, reading and changing what a community promises, for programs. Its routes share addresses with the list."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Schema, Status
from pydantic import Field, StringConstraints

from communities.charters.actions import change_charter, open_community
from communities.charters.api import CommunityShape, community_shape, router
from communities.charters.forms import OpenForm
from communities.charters.models import Charter
from communities.finding import find_community
from communities.reviewing.actions import renew
from intranet.access import visibility
from intranet.content.models import Space
from intranet.people.models import User
from intranet.posting.api import READING, REFUSALS, Short, must_fit
from intranet.posting.shapes import PersonShape, person_shape
from intranet.runtime.surfaces import surface

Slug = Annotated[str, StringConstraints(max_length=59, pattern=r"^[\w-]*$")]
Name = Annotated[str, StringConstraints(max_length=120, pattern=r"^[^\x00]*$")]


class CharterShape(CommunityShape):
    """A community with what its owner promises. `parent` is the community it is part of, null for one I may not know of."""

    audience: str
    goal: str
    success_signs: str
    hours_a_week: int
    answer_within_hours: int
    review_date: date | None
    welcome: str
    anonymous_allowed: bool
    posting: str
    owner: PersonShape | None
    parent: str | None


class CharterWanted(Schema):
    """All that a charter says, as the form asks for it."""

    slug: Slug
    name: Name
    name_he: Name = ""
    purpose: Short
    audience: Short
    goal: Short
    success_signs: Short
    review_date: date
    hours_a_week: Annotated[int, Field(ge=1, le=40)] = 2
    answer_within_hours: Annotated[int, Field(ge=1, le=200)] = 24
    visibility: Slug = "open"
    joining: Slug = "open"
    posting: Slug = "members"
    welcome: Short = ""
    anonymous_allowed: bool = False
    parent: Slug = ""


class RenewalWanted(Schema):
    """Until when the community goes on, half a year when left out, and why."""

    until: date | None = None
    note: Short = ""


def _shape(reader: User, space: Space) -> dict[str, Any]:
    charter = getattr(space, "charter", None) or Charter(space=space)
    parent = charter.parent if charter.parent and visibility.sees_space(reader, charter.parent) else None
    said = {name: getattr(charter, name) for name in CharterShape.model_fields if hasattr(charter, name)}
    return said | {
        **community_shape(space, reader.space_roles.get(space.pk)),
        "posting": space.posting,
        "owner": person_shape(charter.owner) if charter.owner_id else None,
        "parent": parent.slug if parent else None,
    }


def _fresh(reader: User, slug: str) -> dict[str, Any]:
    return _shape(reader, find_community(reader, slug, inside=False))


def _checked(reader: User, wanted: CharterWanted, space: Space | None = None) -> OpenForm:
    """What is wanted, judged by the form of the page. Raises `Refused`."""
    said = wanted.dict()
    above = Space.objects.communities().visible_to(reader).filter(slug=said.pop("parent")).first()
    form = OpenForm(reader, said | {"parent": str(above.pk) if above else ""}, space=space)
    if wanted.parent and above is None:
        raise Http404
    must_fit(form, "bad_community")
    return form


@router.get(
    "/communities/{slug:slug}", response={200: CharterShape, **READING}, summary="A community and its charter"
)
@surface("a community the reader may know of")
def charter(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What a community is for and what its owner promises."""
    return _fresh(request.user, slug)


@router.post("/communities", response={201: CharterShape, **REFUSALS}, summary="Open a community")
@surface("the reader's own new community")
def open_one(request: HttpRequest, wanted: CharterWanted) -> Status:
    """Open a community with its charter; I am its owner."""
    form = _checked(request.user, wanted)
    space = open_community(owner=request.user, charter=form.charter(), **form.space())
    request.user.__dict__.pop("space_roles", None)
    return Status(201, _fresh(request.user, space.slug))


@router.put(
    "/communities/{slug:slug}/charter", response={200: CharterShape, **REFUSALS}, summary="Change a charter"
)
@surface("a community the reader runs, through the gate")
def change(request: HttpRequest, slug: str, wanted: CharterWanted) -> dict[str, Any]:
    """Make the charter say exactly this."""
    space = find_community(request.user, slug, inside=True)
    form = _checked(request.user, wanted, space)
    changed = change_charter(actor=request.user, space=space, columns=form.space(), charter=form.charter())
    return _fresh(request.user, changed.slug)


@router.put(
    "/communities/{slug:slug}/review", response={200: CharterShape, **REFUSALS}, summary="Renew a community"
)
@surface("a community about whose future the reader decides, through the gate")
def review(request: HttpRequest, slug: str, wanted: RenewalWanted) -> dict[str, Any]:
    """Answer its review: it goes on. Archiving and merging have routes of their own."""
    space = find_community(request.user, slug, inside=False)
    renew(actor=request.user, space=space, until=wanted.until, note=wanted.note)
    return _fresh(request.user, slug)
