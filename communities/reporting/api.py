"""The health of a community, what might be for me, and archiving, for programs."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.http import HttpRequest
from django.utils.html import strip_tags
from ninja import Router, Schema

from communities.finding import find_community
from communities.joining.api import Sentence
from communities.reporting.reading import report_of
from communities.reviewing import actions as reviewing
from communities.suggesting.reading import suggestions_for
from intranet.posting.api import READING, REFUSALS
from intranet.runtime.surfaces import surface

router = Router(tags=["communities"])


class ArchiveWanted(Schema):
    archived: bool
    note: Sentence = ""


class ArchivedShape(Schema):
    slug: str
    archived: bool


class FigureShape(Schema):
    part: int
    whole: int
    part_before: int
    whole_before: int


class HealthShape(Schema):
    """The last 30 days beside the 30 before."""

    active: FigureShape
    in_time: FigureShape
    newcomers: FigureShape
    crossing: FigureShape


class SuggestionShape(Schema):
    slug: str
    name: str
    why: str


class SuggestionList(Schema):
    items: list[SuggestionShape]
    next: str | None


@router.get(
    "/communities/{slug:slug}/health", response={200: HealthShape, **READING}, summary="How a community does"
)
@surface("figures of a community the reader sees into")
def health(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Four figures with their bases."""
    return asdict(report_of(find_community(request.user, slug, inside=True)))


@router.put(
    "/communities/{slug:slug}/archived",
    response={200: ArchivedShape, **REFUSALS},
    summary="Archive a community, or reopen it",
)
@surface("a community about whose future the reader decides, through the gate")
def set_archived(request: HttpRequest, slug: str, wanted: ArchiveWanted) -> dict[str, Any]:
    """Make a community read-only, or let people write in it again."""
    space = find_community(request.user, slug, inside=False)
    if wanted.archived:
        reviewing.archive(actor=request.user, space=space, note=wanted.note)
    else:
        reviewing.reopen(actor=request.user, space=space)
    return {"slug": slug, "archived": wanted.archived}


@router.get(
    "/suggestions", response={200: SuggestionList, **READING}, summary="Communities that might be for me"
)
@surface("communities the reader may know of and is no member of")
def suggestions(request: HttpRequest) -> dict[str, Any]:
    """At most three, each with the reason in words."""
    items = [
        {"slug": each.space.slug, "name": each.space.label, "why": strip_tags(each.why)}
        for each in suggestions_for(request.user)
    ]
    return {"items": items, "next": None}
