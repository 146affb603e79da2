"""What programs do with any post: edit, vote, lock, flag. Each sets a state and is safe to repeat."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.forms import Form
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import DOCUMENT_KINDS, ReactionKind
from intranet.content.models import Post
from intranet.moderation import actions as moderation
from intranet.moderation import locks
from intranet.moderation.kinds import Reach, Scope
from intranet.moderation.models import Lock
from intranet.people.models import User
from intranet.policies.models import ClauseVersion
from intranet.policies.naming import clause_named
from intranet.posting import actions
from intranet.posting.shapes import (
    FlaggedShape,
    LockedProblem,
    LockedShape,
    Problem,
    ReplyShape,
    StaleProblem,
    ThanksShape,
    VoteShape,
    reply_shape,
)
from intranet.runtime.surfaces import surface

router = Router(tags=["posts"])

Storable = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$")]
"""Text without NUL, which no table can hold. The source of a post is judged by its action instead."""
Short = Annotated[Storable, StringConstraints(max_length=2_000)]
Number = Annotated[int, Field(ge=1, le=2_000_000_000)]
"""The id of a row."""
REFUSALS: dict[int, type[Schema]] = dict.fromkeys((400, 401, 403, 404, 413, 422, 429), Problem)
READING: dict[int, type[Schema]] = dict.fromkeys((401, 404, 422, 429), Problem)
WRITING: dict[int, type[Schema]] = {409: Problem, 423: LockedProblem, **REFUSALS}
"""What a deed in a thread may be answered with."""


class Edited(Schema):
    """A new text, based on a revision; of a thread, a new title as well."""

    source: str
    base_revision: int = Field(ge=1, le=2_000_000_000)
    title: str | None = None
    disclosures: list[str] | None = None


class Vote(Schema):
    """My vote: up, down or none."""

    value: Literal[-1, 0, 1]


class Thanks(Schema):
    """Whether I thank for a post."""

    thanked: bool


class LockWanted(Schema):
    """Whether a post is to be locked; a lock needs the clause it rests on, as `policy-slug#anchor`."""

    locked: bool
    scope: Scope = Scope.ALL
    clause: Short = ""
    note: Short = ""
    until: datetime | None = None
    reach: Reach = Reach.BRANCH


class Report(Schema):
    """A report: the clause that the post goes against, and a note that moderators alone read."""

    clause: Short
    note: Short = ""


def visible_post(reader: User, public_id: str) -> Post:
    """A post that `reader` sees, or 404."""
    posts = Post.objects.visible_to(reader).select_related("space", "author", "root", "parent")
    post = posts.filter(public_id=public_id).first()
    if post is None:
        raise Http404
    return post


def must_fit(form: Form, code: str) -> None:
    """Judge by the form of the page. Raises `Refused` with `code` and what is wrong with each field."""
    if not form.is_valid():
        wrong = (f"{name}: {' '.join(errors)}" for name, errors in form.errors.items())
        raise Refused(refuse(code, " ".join(wrong)))


def clause_or_refuse(name: str) -> ClauseVersion:
    """The clause called `name` of the policies that hold today. Raises `Refused`."""
    clause = clause_named(name)
    if clause is None:
        raise Refused(refuse("bad_clause", _("There is no such clause in the policies that hold today.")))
    return clause


def _lock_of(post: Post) -> Lock | None:
    return Lock.objects.holding().with_clause().filter(post=post).first()


@router.patch(
    "/posts/{slug:public_id}",
    response={200: ReplyShape, 202: ReplyShape, 409: StaleProblem, 423: LockedProblem, **REFUSALS},
    summary="Edit a post",
)
@surface("a post the reader may see, through the gate")
def edit(request: HttpRequest, public_id: str, said: Edited) -> Status:
    """Replace the text of a post, based on the revision that was read; a stale one is answered with 409.

    Without `disclosures` those of the post stay. A change that a moderator looks at first is answered with 202 and the
    post as readers still have it.
    """
    post = visible_post(request.user, public_id)
    if post.kind in DOCUMENT_KINDS:
        raise Refused(refuse("document", _("This is a document: edit it where it was written.")))
    title = said.title if post.root is None else None
    edited = actions.edit(
        editor=request.user,
        post=post,
        source=said.source,
        base_revision=said.base_revision,
        title=title,
        disclosures=said.disclosures,
    )
    return Status(202 if actions.waits(edited) else 200, reply_shape(edited, _lock_of(edited)))


@router.put(
    "/posts/{slug:public_id}/vote",
    response={200: VoteShape, 423: LockedProblem, **REFUSALS},
    summary="Set my vote",
)
@surface("a post the reader may see, through the gate")
def vote(request: HttpRequest, public_id: str, wanted: Vote) -> dict[str, Any]:
    """Make my vote for a post be up (1), down (-1) or none (0)."""
    post = visible_post(request.user, public_id)
    voted = actions.react(person=request.user, post=post, value=wanted.value)
    return {"id": voted.public_id, "score": voted.total_score, "value": wanted.value}


@router.put(
    "/posts/{slug:public_id}/thanks",
    response={200: ThanksShape, 423: LockedProblem, **REFUSALS},
    summary="Thank for a post",
)
@surface("a post the reader may see, through the gate")
def thank(request: HttpRequest, public_id: str, wanted: Thanks) -> dict[str, Any]:
    """Thank for a post, or take the thanks back."""
    post = visible_post(request.user, public_id)
    actions.react(person=request.user, post=post, value=int(wanted.thanked), kind=ReactionKind.THANKS)
    return {"id": public_id, "thanked": wanted.thanked}


@router.put(
    "/posts/{slug:public_id}/lock", response={200: LockedShape, **REFUSALS}, summary="Lock or unlock a post"
)
@surface("a post the reader may see and moderates, through the gate")
def lock(request: HttpRequest, public_id: str, wanted: LockWanted) -> dict[str, Any]:
    """Make a post locked under a clause, or not locked. For those who moderate its place."""
    post = visible_post(request.user, public_id)
    if not wanted.locked:
        locks.unlock(actor=request.user, post=post)
        return {"id": public_id, "locked": None}
    placed = locks.lock(
        actor=request.user,
        post=post,
        clause=clause_or_refuse(wanted.clause),
        scope=wanted.scope,
        note=wanted.note,
        until=wanted.until,
        reach=wanted.reach,
    )
    return {"id": public_id, "locked": placed.facts()}


@router.post(
    "/posts/{slug:public_id}/flags", response={200: FlaggedShape, **REFUSALS}, summary="Report a post"
)
@surface("a post the reader may see, through the gate")
def flag(request: HttpRequest, public_id: str, report: Report) -> dict[str, Any]:
    """Report a post to the moderators of its place; a second report by the same person replaces the first."""
    post = visible_post(request.user, public_id)
    moderation.flag(
        reporter=request.user, post=post, clause=clause_or_refuse(report.clause), note=report.note
    )
    return {"id": public_id, "flagged": True}
