"""Cases, decisions, locks on places and people, appeals: for programs, under the rights of the person behind the token."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from pydantic import Field

from intranet.content.models import Space
from intranet.moderation import actions, locks
from intranet.moderation.appeals.actions import appeal
from intranet.moderation.cases.outcomes import Means
from intranet.moderation.kinds import Condition, Outcome, Reach, Scope
from intranet.moderation.models import Case, Decision, Lock
from intranet.moderation.queue import waiting_for
from intranet.moderation.reading import case_for
from intranet.people.models import User
from intranet.posting.api import READING, REFUSALS, LockWanted, Short, Storable, clause_or_refuse
from intranet.posting.shapes import LockShape
from intranet.runtime.surfaces import surface

router = Router(tags=["moderation"])


class CaseShape(Schema):
    """An open case: the post it is about, what its flags weigh, by when it is due and who has taken it."""

    id: str
    post: str
    community: str
    title: str
    state: str
    flags: int
    weight: float
    due: datetime
    claimed_by: str | None
    url: str


class CaseList(Schema):
    """Open cases, the riskiest first."""

    items: list[CaseShape]
    next: None


class DecisionWanted(Schema):
    """How a case ends. `hours` counts for silence and suspension, `words` for taking words out, one passage a line."""

    outcome: Outcome
    clause: Short
    note: Short = ""
    scope: Scope = Scope.ALL
    reach: Reach = Reach.BRANCH
    until: datetime | None = None
    condition: Condition = Condition.NONE
    hours: int = Field(0, ge=0, le=720)
    words: Short = ""
    hide: bool = False
    move_to: Short = ""


class DecisionShape(Schema):
    """A decision: what, under which clause and version, and whether it still stands."""

    id: int
    post: str
    outcome: str
    policy: str
    clause: str
    version: int
    note: str
    at: datetime
    until: datetime | None
    stands: bool


class DecisionList(Schema):
    """Decisions, the latest first."""

    items: list[DecisionShape]
    next: None


class AppealWanted(Schema):
    """What should be looked at again, and why."""

    text: Storable = Field(max_length=4_000)


class AppealShape(Schema):
    """An appeal and by when another moderator decides it."""

    id: str
    state: str
    due: datetime


class PlaceLock(Schema):
    """The lock on a place, or on the right of one person to write in it."""

    community: str
    person: str | None
    locked: LockShape | None


def _case_shape(case: Case) -> dict[str, Any]:
    post = case.post
    return {
        "id": case.public_id,
        "post": post.public_id,
        "community": post.space.slug,
        "title": post.thread.title,
        "state": case.state,
        "flags": case.flag_count,
        "weight": round(case.weight, 2),
        "due": case.due,
        "claimed_by": case.claimed_by.username if case.claimed_by else None,
        "url": case.get_absolute_url(),
    }


def _decision_shape(decision: Decision) -> dict[str, Any]:
    clause = decision.clause
    return {
        "id": decision.pk,
        "post": decision.case.post.public_id,
        "outcome": decision.outcome,
        "policy": clause.version.policy.slug,
        "clause": clause.name,
        "version": clause.version.number,
        "note": decision.note,
        "at": decision.at,
        "until": decision.until,
        "stands": decision.stands,
    }


@router.get("/moderation/cases", response={200: CaseList, **READING}, summary="Open cases")
@surface("cases in spaces the reader moderates")
def cases(request: HttpRequest) -> dict[str, Any]:
    """The open cases where I moderate, the riskiest first; none for who moderates nothing."""
    return {"items": [_case_shape(case) for case in waiting_for(request.user, timezone.now())], "next": None}


@router.post(
    "/moderation/cases/{slug:public_id}/decisions",
    response={200: DecisionShape, **REFUSALS},
    summary="Decide a case",
)
@surface("a case in a space the reader moderates, through the gate")
def decide(request: HttpRequest, public_id: str, wanted: DecisionWanted) -> dict[str, Any]:
    """End a case. One that was decided meanwhile, or that somebody else holds, is refused."""
    case = case_for(request.user, public_id)
    if case is None:
        raise Http404
    place = Space.objects.communities().entered_by(request.user).filter(slug=wanted.move_to).first()
    means = Means(
        scope=wanted.scope,
        reach=wanted.reach,
        until=wanted.until,
        condition=wanted.condition,
        hours=wanted.hours,
        words=wanted.words,
        hide=wanted.hide,
        move_to=place,
    )
    made = actions.decide(
        actor=request.user,
        case=case,
        outcome=wanted.outcome,
        clause=clause_or_refuse(wanted.clause),
        note=wanted.note,
        means=means,
    )
    return _decision_shape(Decision.objects.with_all().get(pk=made.pk))


@router.put(
    "/communities/{slug:slug}/lock",
    response={200: PlaceLock, **REFUSALS},
    summary="Lock or unlock a community, or a person in it",
)
@surface("a space the reader moderates, through the gate")
def lock_place(request: HttpRequest, slug: str, wanted: LockWanted, person: str = "") -> dict[str, Any]:
    """Make a community locked under a clause, or not; with `person`, that person's right to write in it."""
    space = Space.objects.visible_to(request.user).filter(slug=slug).first()
    whom = User.objects.visible_to(request.user).filter(username=person).first() if person else None
    if space is None or (person and whom is None):
        raise Http404
    placed: Lock | None = None
    if wanted.locked:
        placed = locks.lock(
            actor=request.user,
            space=space,
            person=whom,
            clause=clause_or_refuse(wanted.clause),
            scope=wanted.scope,
            note=wanted.note,
            until=wanted.until,
        )
    else:
        locks.unlock(actor=request.user, space=space, person=whom)
    return {
        "community": slug,
        "person": whom.username if whom else None,
        "locked": placed.facts() if placed else None,
    }


@router.get("/me/decisions", response={200: DecisionList, **READING}, summary="Decisions about my posts")
@surface("decisions about the reader's own posts")
def mine(request: HttpRequest) -> dict[str, Any]:
    """What was decided about my posts, the latest first."""
    rows = Decision.objects.about(request.user).with_all().order_by("-at")[:100]
    return {"items": [_decision_shape(row) for row in rows], "next": None}


@router.post("/me/decisions/{int:pk}/appeal", response={200: AppealShape, **REFUSALS}, summary="Appeal")
@surface("decisions about the reader's own posts")
def appeal_against(request: HttpRequest, pk: int, wanted: AppealWanted) -> dict[str, Any]:
    """Ask that another moderator looks at a decision about a post of mine."""
    decision = Decision.objects.about(request.user).with_all().filter(pk=pk).first()
    if decision is None:
        raise Http404
    made = appeal(appellant=request.user, against=decision, text=wanted.text)
    return {"id": made.public_id, "state": made.state, "due": made.due}
