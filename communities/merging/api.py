"""Merging communities, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from communities.finding import find_community
from communities.merging import actions
from communities.merging.models import Merger
from communities.merging.reading import prospect, seen_by
from intranet.people.models import User
from intranet.posting.api import READING, WRITING, Short
from intranet.runtime.surfaces import surface

router = Router(tags=["communities"])
Readers = Annotated[int, Field(ge=0, le=1_000_000)]
"""How many people who cannot read the threads now the program has confirmed will read them."""


class ProspectShape(Schema):
    """What merging would mean now: what goes along, who newly reads it, who no longer does, what stays behind.

    `belongings` counts what else goes along: articles, ready_answers, templates, unit_rules, parts.
    """

    threads: int
    held: int
    members: int
    guests: int
    readers: int
    losing: int
    belongings: dict[str, int]


class MergerWanted(Schema):
    """Into which community, and how many new readers are confirmed."""

    into: Annotated[str, Field(max_length=60)]
    readers: Readers = 0
    note: Short = ""


class AnswerWanted(Schema):
    """Whether to take the other community in; `keep_roles` lets its managers, moderators and experts stay that."""

    accept: bool
    keep_roles: bool = False
    readers: Readers = 0


class UndoneWanted(Schema):
    """Whether the merger is to be taken back."""

    undone: bool


class ProposedWanted(Schema):
    """Whether the proposal still stands."""

    proposed: bool


class MergerShape(Schema):
    """Where a merger stands: `carried` of `total` threads are in the community `into`."""

    id: str
    source: str
    into: str
    state: str
    readers: int
    total: int
    carried: int
    stopped: str
    undo_until: datetime | None


def _shape(merger: Merger) -> dict[str, Any]:
    return {
        "id": merger.public_id,
        "source": merger.source.slug,
        "into": merger.target.slug,
        **{
            name: getattr(merger, name)
            for name in ("state", "readers", "total", "carried", "stopped", "undo_until")
        },
    }


def _merger(reader: User, public_id: str) -> Merger:
    found = seen_by(reader, public_id)
    if found is None:
        raise Http404
    return found


@router.get(
    "/communities/{slug:slug}/merger/{slug:into}",
    response={200: ProspectShape, **READING},
    summary="What merging a community would mean",
)
@surface("numbers of a community about whose future the reader decides")
def look_ahead(request: HttpRequest, slug: str, into: str) -> Any:
    """What would go along, and who would newly read it."""
    source = find_community(request.user, slug, inside=False)
    if not actions.may_propose(request.user, source):
        raise Http404
    return prospect(source, find_community(request.user, into, inside=False))


@router.post(
    "/communities/{slug:slug}/merger",
    response={201: MergerShape, **WRITING},
    summary="Merge a community into another one",
)
@surface("a community about whose future the reader decides, through the gate")
def propose(request: HttpRequest, slug: str, wanted: MergerWanted) -> Status:
    """Propose it to those who run the other community, or set it going where I run both."""
    merger = actions.propose(
        actor=request.user,
        space=find_community(request.user, slug, inside=False),
        into=find_community(request.user, wanted.into, inside=False),
        note=wanted.note,
        readers=wanted.readers,
    )
    return Status(201, _shape(merger))


@router.get(
    "/mergers/{slug:public_id}", response={200: MergerShape, **READING}, summary="Where a merger stands"
)
@surface("a merger of communities on one of whose sides the reader decides")
def read(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """How far it has come."""
    return _shape(_merger(request.user, public_id))


@router.put(
    "/mergers/{slug:public_id}/answer",
    response={200: MergerShape, **WRITING},
    summary="Take a community in, or not",
)
@surface("a merger into a community the reader runs, through the gate")
def answer(request: HttpRequest, public_id: str, wanted: AnswerWanted) -> dict[str, Any]:
    """The consent of those who run the receiving community."""
    return _shape(
        actions.answer(actor=request.user, merger=_merger(request.user, public_id), **wanted.dict())
    )


@router.put(
    "/mergers/{slug:public_id}/undone", response={200: MergerShape, **WRITING}, summary="Take a merger back"
)
@surface("a merger into a community about which the reader decides, through the gate")
def undone(request: HttpRequest, public_id: str, wanted: UndoneWanted) -> dict[str, Any]:
    """Give everything back within a day; `undone: false` changes nothing."""
    merger = _merger(request.user, public_id)
    return _shape(actions.take_back(actor=request.user, merger=merger) if wanted.undone else merger)


@router.put(
    "/mergers/{slug:public_id}/proposed",
    response={200: MergerShape, **WRITING},
    summary="Withdraw a proposal",
)
@surface("a merger of a community about whose future the reader decides, through the gate")
def proposed(request: HttpRequest, public_id: str, wanted: ProposedWanted) -> dict[str, Any]:
    """Take a proposal back while nobody answered it; `proposed: true` changes nothing."""
    merger = _merger(request.user, public_id)
    return _shape(merger if wanted.proposed else actions.withdraw(actor=request.user, merger=merger))
