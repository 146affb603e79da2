"""Keeping threads in order, for programs. Each call sets a state and is safe to repeat."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from communities.finding import find_community, find_thread
from communities.moving import actions
from communities.moving.models import Offer, Surgery
from communities.moving.reading import leads_to, offers_for
from communities.offering import actions as offers
from intranet.access import visibility
from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.people.models import User
from intranet.posting.api import READING, WRITING, visible_post
from intranet.posting.shapes import PersonShape, person_shape
from intranet.runtime.surfaces import surface
from intranet.ui.paging import page

router = Router(tags=["arranging threads"])

Named = Annotated[str, StringConstraints(max_length=60, pattern=r"^[\w-]*$")]
Words = Annotated[str, StringConstraints(max_length=500, pattern=r"^[^\x00]*$")]


class SurgeryShape(Schema):
    """What was done to a thread, and until when it can be taken back."""

    id: str
    kind: str
    at: datetime
    by: PersonShape
    undo_until: datetime
    undone: bool


class SurgeryList(Schema):
    items: list[SurgeryShape]
    next: str | None


class OfferShape(Schema):
    """A thread that waits to be taken in. `from` is null for a community of which I may not know."""

    id: str
    state: str
    thread: str
    title: str
    origin: str | None = Field(serialization_alias="from")
    to: str
    by: PersonShape
    note: str
    asked: datetime


class OfferList(Schema):
    items: list[OfferShape]
    next: str | None


class MovedShape(Schema):
    """`moved`, or `waiting` for the consent of the other side."""

    id: str
    state: Literal["moved", "waiting"]
    community: str
    offer: str | None


class Target(Schema):
    """The community a thread shall be in."""

    community: Named
    note: Words = ""


class Answered(Schema):
    """Whether an offered thread is taken in."""

    accepted: bool
    answer: Words = ""


class Into(Schema):
    """The thread that takes another one in."""

    into: Named


class Part(Schema):
    """Posts of one thread that become a thread; what hangs on them goes along."""

    posts: list[Named] = Field(min_length=1, max_length=50)
    title: str
    kind: Literal["question", "discussion", "idea"] = "discussion"


class Kind(Schema):
    """What a post shall be; `onto` names the answer on which a comment shall hang."""

    kind: Literal["question", "discussion", "idea", "answer", "comment"]
    onto: Named | None = None


class PlaceShape(Schema):
    """What a post is and where it stands now."""

    id: str
    kind: str
    thread: str
    number: int
    community: str
    url: str


def _place(reader: User, post: Post) -> dict[str, Any]:
    fresh = visible_post(reader, post.public_id)
    return {
        "id": fresh.public_id,
        "kind": fresh.kind,
        "thread": fresh.thread.public_id,
        "number": fresh.number,
        "community": fresh.space.slug,
        "url": fresh.get_absolute_url(),
    }


@router.put(
    "/threads/{slug:public_id}/community",
    response={200: MovedShape, 202: MovedShape, **WRITING},
    summary="Move a thread",
)
@surface("a thread the reader may see, through the gate")
def move(request: HttpRequest, public_id: str, wanted: Target) -> Status:
    """Make a thread be in a community: 200 when it is there, 202 when it waits for the consent of those who run it."""
    thread = find_thread(request.user, public_id)
    target = find_community(request.user, wanted.community, inside=False)
    offered = None
    if target.pk != thread.space_id:
        done = offers.move_or_offer(actor=request.user, thread=thread, target=target, note=wanted.note)
        offered = done if isinstance(done, Offer) else None
    shape = {
        "id": public_id,
        "state": "waiting" if offered else "moved",
        "community": thread.space.slug if offered else target.slug,
        "offer": offered.public_id if offered else None,
    }
    return Status(202 if offered else 200, shape)


@router.put(
    "/threads/{slug:public_id}/merged",
    response={200: PlaceShape, **WRITING},
    summary="Merge a thread into another",
)
@surface("two threads the reader may see, through the gate")
def merge(request: HttpRequest, public_id: str, wanted: Into) -> dict[str, Any]:
    """Make a thread part of another one. Where it is part of it already, nothing changes."""
    into = find_thread(request.user, wanted.into)
    there = leads_to(request.user, public_id)
    if there is None or there.root_id != into.pk:
        actions.merge(actor=request.user, thread=find_thread(request.user, public_id), into=into)
    return _place(request.user, visible_post(request.user, public_id))


@router.post(
    "/threads/{slug:public_id}/parts", response={201: PlaceShape, **WRITING}, summary="Split a thread"
)
@surface("posts the reader may see, through the gate")
def split(request: HttpRequest, public_id: str, part: Part) -> Status:
    """Make posts of a thread a thread of their own; the first of them starts it."""
    root = find_thread(request.user, public_id)
    posts = [visible_post(request.user, name) for name in dict.fromkeys(part.posts)]
    if any(post.root_id != root.pk for post in posts):
        raise Http404
    actions.split(actor=request.user, posts=posts, title=part.title, kind=part.kind)
    return Status(201, _place(request.user, min(posts, key=lambda post: post.number)))


@router.put("/posts/{slug:public_id}/kind", response={200: PlaceShape, **WRITING}, summary="Convert a post")
@surface("a post the reader may see, through the gate")
def convert(request: HttpRequest, public_id: str, wanted: Kind) -> dict[str, Any]:
    """Make a thread a question, a discussion or an idea; an answer a comment, or a comment an answer."""
    post = visible_post(request.user, public_id)
    if wanted.kind in (PostKind.ANSWER, PostKind.COMMENT):
        onto = visible_post(request.user, wanted.onto) if wanted.onto else None
        actions.recast(actor=request.user, post=post, kind=wanted.kind, onto=onto)
    else:
        actions.convert(actor=request.user, thread=post, kind=wanted.kind)
    return _place(request.user, post)


def _surgery_shape(surgery: Surgery) -> dict[str, Any]:
    return {
        "id": surgery.public_id,
        "kind": surgery.kind,
        "at": surgery.at,
        "by": person_shape(surgery.actor),
        "undo_until": surgery.undo_until,
        "undone": surgery.undone_at is not None,
    }


@router.get(
    "/threads/{slug:public_id}/surgeries",
    response={200: SurgeryList, **READING},
    summary="What was done to a thread",
)
@surface("a thread the reader may see")
def surgeries(request: HttpRequest, public_id: str, cursor: str = "") -> dict[str, Any]:
    """Moves, merges, splits and conversions of a thread, newest first."""
    rows = Surgery.objects.filter(touched__post=find_thread(request.user, public_id))
    found = page(rows.select_related("actor").defer("before"), cursor, by="at")
    return {"items": [_surgery_shape(surgery) for surgery in found], "next": found.next or None}


@router.delete(
    "/surgeries/{slug:public_id}",
    response={200: SurgeryShape, **WRITING},
    summary="Undo what was done to a thread",
)
@surface("a surgery of a thread the reader may see, through the gate")
def undo(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """Put posts back where they stood, within a day."""
    seen = Post.objects.visible_to(request.user)
    surgery = (
        Surgery.objects.filter(touched__post__in=seen, public_id=public_id).select_related("actor").first()
    )
    if surgery is None:
        raise Http404
    return _surgery_shape(actions.undo(actor=request.user, surgery=surgery))


def _offer_shape(offered: Offer, reader: User) -> dict[str, Any]:
    source = offered.post.space
    return {
        "id": offered.public_id,
        "state": offered.state,
        "thread": offered.post.public_id,
        "title": offered.post.title,
        "origin": source.slug if visibility.sees_space(reader, source) else None,
        "to": offered.target.slug,
        "by": person_shape(offered.requester),
        "note": offered.note,
        "asked": offered.asked_at,
    }


@router.get("/offers", response={200: OfferList, **READING}, summary="Threads that wait for my consent")
@surface("offers to communities the reader moderates")
def waiting(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """Threads offered to communities I run, newest first."""
    found = page(offers_for(request.user), cursor, by="asked_at")
    return {"items": [_offer_shape(offered, request.user) for offered in found], "next": found.next or None}


@router.put(
    "/offers/{slug:public_id}", response={200: OfferShape, **WRITING}, summary="Take a thread in, or not"
)
@surface("offers to communities the reader moderates, through the gate")
def answer(request: HttpRequest, public_id: str, said: Answered) -> dict[str, Any]:
    """Consent to an offered thread, or decline it."""
    rows = Offer.objects.answered_by_right(request.user)
    found = rows.select_related("post__space", "target", "requester").filter(public_id=public_id).first()
    if found is None:
        raise Http404
    if said.accepted:
        if found.state != "accepted":
            offers.take_in(actor=request.user, offered=found)
    else:
        offers.decline(actor=request.user, offered=found, answer=said.answer)
    fresh = Offer.objects.select_related("post__space", "target", "requester").get(pk=found.pk)
    return _offer_shape(fresh, request.user)
