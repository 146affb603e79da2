"""What each outcome does, and how it is taken back. Called inside a permit to decide, with the case locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.activity.verbs import Verb
from intranet.content.kinds import PostState
from intranet.content.models import Space
from intranet.moderation import gate, locks
from intranet.moderation.cases import seams
from intranet.moderation.cases.changes import refuse_change, wait_again
from intranet.moderation.cases.redacting import put_back, redact
from intranet.moderation.kinds import CaseState, Condition, Outcome, Reach, Scope
from intranet.moderation.models import Case, Decision, Lock, Unlisted
from intranet.moderation.penalties import actions as penalties
from intranet.moderation.verbs import (
    ASKED_TO_EDIT,
    EDIT_ACCEPTED,
    HELD_REFUSED,
    HIDDEN,
    MOVED_BY_MODERATOR,
    REDACTED,
    RESTORED,
    UNLISTED,
)
from intranet.people.models import User
from intranet.settings.product import REVIEW_HOURS


@dataclass(frozen=True)
class Means:
    """The particulars of an outcome; each outcome reads only its own.

    For a lock: scope, reach, until, condition. For silence and suspension: hours. For a move: move_to. For taking words
    out: words, one passage a line. `hide` hides the post beside a warning, silence or suspension. `beside`: something else about the
    case is still to be decided, so it goes on.
    """

    scope: str = Scope.ALL
    reach: str = Reach.BRANCH
    until: datetime | None = None
    condition: str = Condition.NONE
    hours: int = 0
    move_to: Space | None = None
    words: str = ""
    hide: bool = False
    beside: bool = False


STAYS_HIDDEN = frozenset(
    {Outcome.HIDE, Outcome.ASK_TO_EDIT, Outcome.ESCALATE, Outcome.REFUSE, Outcome.REFUSE_EDIT}
)
"""Outcomes after which a post that flags had hidden stays so."""


def carry_out(permit: gate.Permit, decision: Decision, means: Means) -> None:
    """Do what `decision` says; what is needed to take it back goes into its `effect`."""
    decision.effect["was"] = permit.post.state
    if decision.case.auto_hidden_at and not means.hide and decision.outcome not in STAYS_HIDDEN:
        show(permit, decision)
    if means.hide and decision.outcome != Outcome.HIDE:
        _hide(permit, decision, means)
    _DO.get(Outcome(decision.outcome), _nothing)(permit, decision, means)
    decision.save()


def _nothing(permit: gate.Permit, decision: Decision, means: Means) -> None:
    """No action: the post stands as it is."""


def _tell(verb: Verb, permit: gate.Permit, decision: Decision) -> None:
    record(verb, permit.actor, about=permit.post.author, post=permit.post, at=decision.at, ref=decision.pk)


def show(permit: gate.Permit, decision: Decision | None = None) -> None:
    """Make a hidden post shown again."""
    if permit.post.state == PostState.HIDDEN:
        permit.post.state = PostState.PUBLISHED
        permit.post.save(update_fields=["state"])
        at = decision.at if decision else None
        record(RESTORED, permit.actor, about=permit.post.author, post=permit.post, at=at)
        seams.has_changed(permit.post)


def _hide(permit: gate.Permit, decision: Decision, means: Means) -> None:
    decision.effect["hid"] = True
    permit.post.state = PostState.HIDDEN
    permit.post.save(update_fields=["state"])
    _tell(HIDDEN, permit, decision)
    seams.has_changed(permit.post)


def _lock(permit: gate.Permit, decision: Decision, means: Means) -> None:
    placed = locks.lock(
        actor=permit.actor,
        post=permit.post,
        clause=decision.clause,
        scope=means.scope,
        reach=means.reach,
        note=decision.note,
        until=means.until,
        condition=means.condition,
        case=decision.case,
        at=decision.at,
    )
    decision.until = means.until
    decision.effect["lock"] = placed.pk
    if means.condition == Condition.EDIT_ACCEPTED:
        _set_case(decision.case, state=CaseState.AWAITING, asked_revision=permit.post.revision)


def _unlist(permit: gate.Permit, decision: Decision, means: Means) -> None:
    Unlisted.objects.get_or_create(post=permit.post, defaults={"by": permit.actor})
    _tell(UNLISTED, permit, decision)


def _redact(permit: gate.Permit, decision: Decision, means: Means) -> None:
    redact(permit.post, decision, words=means.words)
    _tell(REDACTED, permit, decision)


def _move(permit: gate.Permit, decision: Decision, means: Means) -> None:
    target = means.move_to
    if not seams.can_move() or target is None or not visibility.enters_space(permit.actor, target):
        raise Refused(refuse("bad_place", _("Choose a community to move it to.")))
    decision.effect["from"] = permit.space.pk
    decision.effect["move"] = seams.move(actor=permit.actor, post=permit.post, space=target)
    _tell(MOVED_BY_MODERATOR, permit, decision)


def _ask_to_edit(permit: gate.Permit, decision: Decision, means: Means) -> None:
    _set_case(decision.case, state=CaseState.AWAITING, asked_revision=permit.post.revision)
    _tell(ASKED_TO_EDIT, permit, decision)


def _accept_edit(permit: gate.Permit, decision: Decision, means: Means) -> None:
    show(permit, decision)
    locks.release_when(Condition.EDIT_ACCEPTED, actor=permit.actor, case=decision.case)
    _tell(EDIT_ACCEPTED, permit, decision)


def _escalate(permit: gate.Permit, decision: Decision, means: Means) -> None:
    moment = timezone.now()
    due = moment + timedelta(hours=REVIEW_HOURS)
    _set_case(decision.case, state=CaseState.OPEN, escalated_at=moment, claimed_by=None, due=due)


def _set_case(case: Case, **facts: Any) -> None:
    for name, value in facts.items():
        setattr(case, name, value)
    case.save(update_fields=list(facts))


_DO: dict[Outcome, Callable[[gate.Permit, Decision, Means], None]] = {
    Outcome.LOCK: _lock,
    Outcome.HIDE: _hide,
    Outcome.REFUSE: lambda permit, decision, means: _tell(HELD_REFUSED, permit, decision),
    Outcome.REFUSE_EDIT: refuse_change,
    Outcome.UNLIST: _unlist,
    Outcome.REDACT: _redact,
    Outcome.MOVE: _move,
    Outcome.ASK_TO_EDIT: _ask_to_edit,
    Outcome.ACCEPTED: _accept_edit,
    Outcome.ESCALATE: _escalate,
    Outcome.WARN: lambda permit, decision, means: penalties.warn(decision, permit),
    Outcome.SILENCE: lambda permit, decision, means: penalties.silence(decision, permit, means.hours),
    Outcome.SUSPEND: lambda permit, decision, means: penalties.suspend(decision, permit, means.hours),
}


def take_back(permit: gate.Permit, decision: Decision) -> None:
    """Reverse what `decision` did. Raises `Refused` where what came after stands in the way."""
    if decision.effect.get("hid"):
        show(permit)
    match decision.outcome:
        case Outcome.LOCK:
            _open_lock(permit.actor, decision.effect.get("lock"))
        case Outcome.REFUSE_EDIT:
            wait_again(permit, decision)
        case Outcome.UNLIST:
            Unlisted.objects.filter(post=permit.post).delete()
        case Outcome.REDACT:
            for redaction in decision.redactions.filter(undone_at=None):
                put_back(redaction)
        case Outcome.MOVE:
            home = Space.objects.get(pk=decision.effect["from"])
            seams.move(actor=permit.actor, post=permit.post, space=home, back=decision.effect["move"])
    penalties.lift(decision, permit.actor)


def _open_lock(actor: User, pk: int | None) -> None:
    lock = Lock.objects.with_clause().filter(pk=pk).first()
    if lock:
        locks.release(actor=actor, lock=lock)
