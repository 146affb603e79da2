"""Deeds around cases: flag a post, claim a case, decide it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.moderation import gate, locks
from intranet.moderation.kinds import CaseState, Outcome, Scope
from intranet.moderation.models import Case, Decision, Flag
from intranet.moderation.verbs import ASKED_TO_EDIT, DECIDED, FLAGGED, HIDDEN, RESTORED
from intranet.people.models import User

REVIEW_WITHIN = timedelta(hours=24)


def flag(*, reporter: User, post: Post, clause: Any, note: str = "", at: datetime | None = None) -> Flag:
    """Report `post` under `clause` (a ClauseVersion); a second report by the same person updates the first."""
    moment = at or timezone.now()
    with gate.permit(reporter, Deed.FLAG, post=post) as permit:
        case, _made = Case.objects.get_or_create(
            post=permit.post,
            state=CaseState.OPEN,
            defaults={"opened": moment, "due": moment + REVIEW_WITHIN},
        )
        report, made = Flag.objects.update_or_create(
            case=case,
            reporter=permit.actor,
            defaults={"clause": clause, "note": note},
            create_defaults={"clause": clause, "note": note, "at": moment},
        )
        if made:
            record(FLAGGED, permit.actor, post=permit.post, at=moment, case=case.pk)
        return report


def claim(*, actor: User, case: Case, claimed: bool = True) -> Case:
    """Make `case` claimed by `actor`, or released; a case that somebody else holds is refused."""
    with gate.permit(actor, Deed.DECIDE, post=case.post) as permit:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        if fresh.claimed_by_id not in (None, permit.actor.pk):
            raise Refused(refuse("claimed", _("Another moderator is working on this case.")))
        fresh.claimed_by = permit.actor if claimed else None
        fresh.save(update_fields=["claimed_by"])
        return fresh


def decide(
    *,
    actor: User,
    case: Case,
    outcome: str,
    clause: Any,
    note: str = "",
    scope: str = Scope.ALL,
    until: datetime | None = None,
    at: datetime | None = None,
) -> Decision:
    """End `case` with `outcome` under `clause` (a ClauseVersion). Raises `Refused`.

    The author of a post never decides about it, and a case is decided once. A case that somebody else holds is
    theirs to decide.
    """
    if outcome not in Outcome.values:
        raise Refused(refuse("bad_outcome", _("Choose how the case ends.")))
    with transaction.atomic(), gate.permit(actor, Deed.DECIDE, post=case.post) as permit:
        fresh = Case.objects.select_for_update().get(pk=case.pk)
        if fresh.state == CaseState.DECIDED:
            raise Refused(refuse("decided", _("This case was decided in the meantime.")))
        if fresh.claimed_by_id not in (None, permit.actor.pk):
            raise Refused(refuse("claimed", _("Another moderator is working on this case.")))
        if permit.post.author_id == permit.actor.pk:
            raise Refused(refuse("party", _("You wrote this post, so another moderator decides about it.")))
        decision = Decision.objects.create(
            case=fresh,
            decider=permit.actor,
            outcome=outcome,
            clause=clause,
            note=note,
            at=at or timezone.now(),
        )
        fresh.state = CaseState.DECIDED
        fresh.save(update_fields=["state"])
        record(DECIDED, permit.actor, post=permit.post, at=decision.at, case=fresh.pk, outcome=outcome)
        _carry_out(permit, decision, scope=scope, until=until)
        return decision


def _carry_out(permit: gate.Permit, decision: Decision, *, scope: str, until: datetime | None) -> None:
    match decision.outcome:
        case Outcome.LOCK:
            locks.lock(
                actor=permit.actor,
                post=permit.post,
                clause=decision.clause,
                scope=scope,
                note=decision.note,
                until=until,
                case=decision.case,
                at=decision.at,
            )
        case Outcome.HIDE:
            Post.objects.filter(pk=permit.post.pk).update(state=PostState.HIDDEN)
            record(HIDDEN, permit.actor, about=permit.post.author, post=permit.post, at=decision.at)
        case Outcome.ASK_TO_EDIT:
            record(ASKED_TO_EDIT, permit.actor, about=permit.post.author, post=permit.post, at=decision.at)


def restore(*, actor: User, post: Post) -> Post:
    """Make a hidden `post` shown again; saying it twice changes nothing. Raises `Refused`."""
    with gate.permit(actor, Deed.DECIDE, post=post) as permit:
        if permit.post.state == PostState.HIDDEN:
            permit.post.state = PostState.PUBLISHED
            permit.post.save(update_fields=["state"])
            record(RESTORED, permit.actor, about=permit.post.author, post=permit.post)
        return permit.post
