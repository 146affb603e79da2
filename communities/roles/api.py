"""Experts of a community, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import StringConstraints

from communities.finding import find_community, row_in
from communities.roles import actions
from communities.roles.models import Expertise
from communities.roles.reading import experts_in
from intranet.access.verdict import Refused, refuse
from intranet.content.tagging import tags_named
from intranet.posting.api import READING, REFUSALS, Number, Short
from intranet.posting.shapes import PersonShape, person_shape
from intranet.runtime.surfaces import surface

router = Router(tags=["communities"])

Topic = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00]*$")]


class CommunityExpertShape(Schema):
    """One topic that somebody answers about, or offers to; `outcome` is waiting, accepted, declined or withdrawn."""

    id: int
    person: PersonShape
    topic: str
    sentence: str
    outcome: str
    reason: str
    offered: datetime


class CommunityExpertList(Schema):
    items: list[CommunityExpertShape]
    next: str | None


class ExpertOffered(Schema):
    """A topic, and in a sentence what I did or do with it."""

    topic: Topic
    sentence: Short


class ExpertDecided(Schema):
    """Whether the person becomes an expert for the topic; declining needs a reason."""

    accept: bool
    reason: Short = ""


def _shape(row: Expertise) -> dict[str, Any]:
    return {
        "id": row.pk,
        "person": person_shape(row.person),
        "topic": row.tag.name,
        "sentence": row.sentence,
        "outcome": row.outcome,
        "reason": row.reason,
        "offered": row.offered,
    }


def _offer(request: HttpRequest, slug: str, number: int) -> Expertise:
    space = find_community(request.user, slug, inside=True)
    return row_in(space, Expertise.objects.select_related("person", "tag"), number)


@router.get(
    "/communities/{slug:slug}/experts",
    response={200: CommunityExpertList, **READING},
    summary="Experts by topic",
)
@surface("experts of a community the reader sees into")
def experts(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Who answers about what."""
    space = find_community(request.user, slug, inside=True)
    return {"items": [_shape(line) for expert in experts_in(space) for line in expert.lines], "next": None}


@router.post(
    "/communities/{slug:slug}/experts",
    response={201: CommunityExpertShape, **REFUSALS},
    summary="Offer myself as an expert",
)
@surface("the reader's own offer in a community they see into, through the gate")
def offer(request: HttpRequest, slug: str, wanted: ExpertOffered) -> Status:
    """Offer to answer about a topic; the same offer twice is one."""
    space = find_community(request.user, slug, inside=True)
    tags = tags_named([wanted.topic])
    if not tags:
        raise Refused(refuse("no_topic", _("Name a topic.")))
    made = actions.offer_expertise(person=request.user, space=space, tag=tags[0], sentence=wanted.sentence)
    return Status(201, _shape(made))


@router.put(
    "/communities/{slug:slug}/experts/{int:number}",
    response={200: CommunityExpertShape, **REFUSALS},
    summary="Name an expert, or decline",
)
@surface("an offer in a community the reader runs, through the gate")
def decide(request: HttpRequest, slug: str, number: Number, said: ExpertDecided) -> dict[str, Any]:
    """Decide about an offer; what was decided stays decided."""
    found = _offer(request, slug, number)
    actions.decide_expertise(actor=request.user, offer=found, accept=said.accept, reason=said.reason)
    return _shape(_offer(request, slug, number))


@router.delete(
    "/communities/{slug:slug}/experts/{int:number}",
    response={204: None, **REFUSALS},
    summary="End what somebody answers about",
)
@surface("an offer in a community the reader runs, or their own, through the gate")
def end(request: HttpRequest, slug: str, number: Number) -> Status:
    """Take a topic back: my own, or anybody's where I run the community."""
    actions.end_expertise(actor=request.user, offer=_offer(request, slug, number))
    return Status(204, None)
