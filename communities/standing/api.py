"""What programs say of a question: each call sets a state and is safe to repeat."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import StringConstraints

from communities.questions import urgency
from communities.questions.models import Mark, QuestionDetail
from communities.standing import actions, claims
from communities.standing.praise import praise
from communities.standing.reading import READ_WITH
from intranet.access import visibility
from intranet.content.kinds import PostKind, PostState, ReactionKind
from intranet.content.models import Post
from intranet.people.models import User
from intranet.posting import actions as posting
from intranet.posting.api import READING, WRITING, Short, visible_post
from intranet.posting.shapes import PersonShape, person_shape
from intranet.runtime.surfaces import surface

router = Router(tags=["questions"])
PublicId = Annotated[str, StringConstraints(max_length=16, pattern=r"^[\w-]*$")]


class MarkWanted(Schema):
    """Whether the question is to carry the mark, and the sentence that goes with it."""

    wanted: bool
    note: Short = ""


class UrgentWanted(Schema):
    """Whether my question is urgent, and why."""

    urgent: bool
    reason: Short = ""


class OriginalWanted(Schema):
    """The question that was asked before; null for none."""

    original: PublicId | None


class ClaimWanted(Schema):
    """Whether I am writing an answer."""

    claimed: bool


class GoodWanted(Schema):
    """Whether the answer is good beside the accepted one."""

    good: bool


class HelpedWanted(Schema):
    """Whether the post helped: true, false, or null for no answer. The last one counts, one for each person."""

    helped: bool | None


class StandingShape(Schema):
    """Where a question stands. `original` is null also for who may not see it; `urgent` is why it is, or null; `due` has no meaning while `paused`."""

    id: str
    state: str
    due: datetime
    paused: bool
    note: str
    said_by: PersonShape | None
    said_at: datetime | None
    original: str | None
    claimed_by: PersonShape | None
    claimed_until: datetime | None
    urgent: str | None
    first_answer: datetime | None
    accepted: str | None


class DoneShape(Schema):
    id: str
    value: bool


def _question(reader: User, public_id: str) -> Post:
    questions = Post.objects.visible_to(reader).threads().filter(kind=PostKind.QUESTION)
    question = questions.select_related("space", "author").filter(public_id=public_id).first()
    if question is None:
        raise Http404
    return question


def standing_shape(reader: User, question: Post) -> dict[str, Any]:
    """Where `question` stands, as `reader` may know it. One query."""
    rows = QuestionDetail.objects.select_related(
        *(name.removeprefix("question_detail__") for name in READ_WITH), "accepted"
    )
    detail = rows.get(post=question)
    holder, original = detail.claimant(), detail.original
    seen = original and original.state == PostState.PUBLISHED and visibility.sees_post(reader, original)
    return {
        "id": question.public_id,
        "state": detail.state,
        "due": detail.due,
        "paused": detail.stands,
        "note": detail.mark_note,
        "said_by": person_shape(detail.mark_by) if detail.mark_by else None,
        "said_at": detail.mark_at,
        "original": original.public_id if seen else None,
        "claimed_by": person_shape(holder) if holder else None,
        "claimed_until": detail.claimed_until if holder else None,
        "urgent": detail.urgent_note if detail.is_urgent else None,
        "first_answer": detail.first_answer,
        "accepted": detail.accepted.public_id if detail.accepted else None,
    }


@router.get(
    "/threads/{slug:public_id}/standing",
    response={200: StandingShape, **READING},
    summary="Where a question stands",
)
@surface("a question the reader may see")
def standing(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """State, due time, what was said of it and who is writing an answer."""
    return standing_shape(request.user, _question(request.user, public_id))


@router.put(
    "/threads/{slug:public_id}/needs_info",
    response={200: StandingShape, **WRITING},
    summary="Ask the asker back, or not",
)
@surface("a question the reader may see, through the gate")
def needs_info(request: HttpRequest, public_id: str, wanted: MarkWanted) -> dict[str, Any]:
    """Say what is missing, which tells the asker and stops the clock; or that nothing is."""
    return _set(request, public_id, Mark.NEEDS_INFO, wanted)


@router.put(
    "/threads/{slug:public_id}/obsolete",
    response={200: StandingShape, **WRITING},
    summary="Mark a question as no longer current, or not",
)
@surface("a question the reader may see, through the gate")
def obsolete(request: HttpRequest, public_id: str, wanted: MarkWanted) -> dict[str, Any]:
    """Say that a question is no longer current and why, or that it is."""
    return _set(request, public_id, Mark.OBSOLETE, wanted)


def _set(request: HttpRequest, public_id: str, mark: Mark, wanted: MarkWanted) -> dict[str, Any]:
    if not wanted.wanted:
        return _after(request, public_id, actions.reopen, mark=mark)
    deed = actions.ask_back if mark == Mark.NEEDS_INFO else actions.retire
    return _after(request, public_id, deed, note=wanted.note)


def _after(request: HttpRequest, public_id: str, deed: Callable[..., Any], **said: Any) -> dict[str, Any]:
    """Where the question stands once `deed` was done to it."""
    question = _question(request.user, public_id)
    deed(actor=request.user, question=question, **said)
    return standing_shape(request.user, question)


@router.put(
    "/threads/{slug:public_id}/duplicate",
    response={200: StandingShape, **WRITING},
    summary="Mark a question as asked before, or not",
)
@surface("a question the reader may see, through the gate")
def duplicate(request: HttpRequest, public_id: str, wanted: OriginalWanted) -> dict[str, Any]:
    """Lead a question and its followers to the one that was asked before; null undoes it."""
    if wanted.original is None:
        return _after(request, public_id, actions.reopen, mark=Mark.DUPLICATE)
    return _after(request, public_id, actions.repeat, original=_question(request.user, wanted.original))


@router.put(
    "/threads/{slug:public_id}/urgent",
    response={200: StandingShape, **WRITING},
    summary="Mark my question as urgent, or not",
)
@surface("a question of the reader's own, through the gate")
def urgent(request: HttpRequest, public_id: str, wanted: UrgentWanted) -> dict[str, Any]:
    """Say why a question of mine is urgent, out of so many a month, or take that back."""
    if wanted.urgent:
        return _after(request, public_id, urgency.hurry, reason=wanted.reason)
    return _after(request, public_id, urgency.calm)


@router.put(
    "/threads/{slug:public_id}/claim",
    response={200: StandingShape, **WRITING},
    summary="Say that I am writing an answer, or not",
)
@surface("a question the reader may see, through the gate")
def claim(request: HttpRequest, public_id: str, wanted: ClaimWanted) -> dict[str, Any]:
    """Claim a question for ten minutes, or give it up; 409 while somebody else holds it."""
    return _after(request, public_id, claims.claim if wanted.claimed else claims.release)


@router.put(
    "/posts/{slug:public_id}/good",
    response={200: DoneShape, **WRITING},
    summary="Mark an answer as good too, or not",
)
@surface("a post the reader may see, through the gate")
def good(request: HttpRequest, public_id: str, wanted: GoodWanted) -> dict[str, Any]:
    """Say that an answer is good beside the accepted one."""
    praise(actor=request.user, answer=visible_post(request.user, public_id), good=wanted.good)
    return {"id": public_id, "value": wanted.good}


@router.put(
    "/posts/{slug:public_id}/helped",
    response={200: DoneShape, **WRITING},
    summary="Say that a post solved it for me too, or not",
)
@surface("a post the reader may see, through the gate")
def helped(request: HttpRequest, public_id: str, wanted: HelpedWanted) -> dict[str, Any]:
    """Make my answer to "did this help?" be yes, no, or none."""
    post = visible_post(request.user, public_id)
    value = 0 if wanted.helped is None else 1 if wanted.helped else -1
    posting.react(person=request.user, post=post, value=value, kind=ReactionKind.HELPED)
    return {"id": public_id, "value": bool(wanted.helped)}
