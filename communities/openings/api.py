"""What threads of a community can start from, for programs."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import StringConstraints

from communities.finding import find_community, row_in
from communities.openings.actions import remove_opening, save_opening
from communities.openings.models import Opening
from communities.openings.reading import openings_in
from intranet.posting.api import READING, REFUSALS, Number
from intranet.runtime.surfaces import surface

router = Router(tags=["communities"])

Kind = Annotated[str, StringConstraints(max_length=12)]
Line = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00]*$")]


class TemplateShape(Schema):
    """What a thread of a kind starts from."""

    id: int
    name: str
    body: str
    kind: str
    title: str


class TemplateList(Schema):
    items: list[TemplateShape]
    next: str | None


class NewTemplate(Schema):
    """What a thread of a kind starts from; the same kind and name replaces it."""

    kind: Kind
    name: Line
    name_he: Line = ""
    title: Line = ""
    body: Annotated[str, StringConstraints(max_length=4_000, pattern=r"^[^\x00]*$")] = ""


@router.get(
    "/communities/{slug:slug}/templates",
    response={200: TemplateList, **READING},
    summary="Templates of threads",
)
@surface("templates of a community the reader sees into")
def templates(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What threads of a community can start from."""
    rows = openings_in(find_community(request.user, slug, inside=True))
    return {"items": [_template(row) for row in rows], "next": None}


def _template(row: Opening) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("id", "name", "body", "kind", "title")}


@router.put(
    "/communities/{slug:slug}/templates",
    response={200: TemplateShape, **REFUSALS},
    summary="Write a template",
)
@surface("templates of a community the reader runs, through the gate")
def write_template(request: HttpRequest, slug: str, said: NewTemplate) -> dict[str, Any]:
    """Make the template of this kind and name say this."""
    space = find_community(request.user, slug, inside=True)
    return _template(save_opening(actor=request.user, space=space, **said.dict()))


@router.delete(
    "/communities/{slug:slug}/templates/{int:number}",
    response={204: None, **REFUSALS},
    summary="Remove a template",
)
@surface("templates of a community the reader runs, through the gate")
def remove_template(request: HttpRequest, slug: str, number: Number) -> Status:
    """Remove a template; threads that started from it stay."""
    space = find_community(request.user, slug, inside=True)
    remove_opening(actor=request.user, opening=row_in(space, Opening.objects.all(), number))
    return Status(204, None)
