"""Ending a case, and taking that back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.models import Post
from intranet.moderation import gate, locks
from intranet.moderation.cases import outcomes
from intranet.moderation.cases.actions import under_review
from intranet.moderation.cases.outcomes import Means
from intranet.moderation.kinds import CaseState, Condition, Outcome, Scope
from intranet.moderation.models import Case, Decision
from intranet.moderation.verbs import DECIDED, UNDONE
from intranet.people.models import User
from intranet.settings.product import DECISION_UNDO_HOURS

GOES_ON = frozenset({Outcome.ASK_TO_EDIT, Outcome.ESCALATE})
"""Outcomes after which the case has not ended."""

INTERIM = frozenset({Condition.CASE_DECIDED, Condition.EDIT_ACCEPTED})
"""What a lock can wait for that the case itself brings: it goes on until then."""


def goes_on(outcome: str, means: Means) -> bool:
    """Whether the case still waits for something after this outcome."""
    return means.beside or outcome in GOES_ON or (outcome == Outcome.LOCK and means.condition in INTERIM)


def decide(
    *,
    actor: User,
    case: Case,
    outcome: str,
    clause: Any,
    note: str = "",
    scope: str = Scope.ALL,
    until: datetime | None = None,
    means: Means | None = None,
    at: datetime | None = None,
) -> Decision:
    """End `case` with `outcome` under `clause` (a ClauseVersion). Raises `Refused`.

    The author of a post never decides about it, nor does who is party to the case, and a case is decided once. A case
    that somebody else holds is theirs to decide. `scope` and `until` are the means of a plain lock.
    """
    if outcome not in Outcome.values:
        raise Refused(refuse("bad_outcome", _("Choose how the case ends.")))
    # A silence is a lock on a person: what is being written in the place is waited for, so that none comes after it.
    whole = outcome == Outcome.SILENCE
    with gate.permit(actor, Deed.DECIDE, post=case.post, whole_space=whole) as permit:
        fresh = under_review(permit.actor, case, permit)
        if outcome == Outcome.ACCEPTED and fresh.state != CaseState.AWAITING:
            raise Refused(refuse("bad_outcome", _("Nobody asked for an edit here.")))
        decision = _note(permit, fresh, outcome, clause, note, at or timezone.now())
        wanted = means or Means(scope=scope, until=until)
        ends = not goes_on(outcome, wanted)
        if ends:
            fresh.state = CaseState.DECIDED
            fresh.save(update_fields=["state"])
        record(DECIDED, permit.actor, post=permit.post, at=decision.at, case=fresh.pk, outcome=outcome)
        outcomes.carry_out(permit, decision, wanted)
        if ends:
            _settle(permit.actor, fresh, outcome)
        return decision


def _note(
    permit: gate.Permit, case: Case, outcome: str, clause: Any, note: str, moment: datetime
) -> Decision:
    post = permit.post
    said = {"title": post.title, "source": post.source, "html": post.html, "revision": post.revision}
    return Decision.objects.create(
        case=case,
        decider=permit.actor,
        outcome=outcome,
        clause=clause,
        note=note,
        snapshot=said,
        at=moment,
    )


def _settle(actor: User, case: Case, outcome: str) -> None:
    """What the end of a case means for those who reported it and for locks that waited for it."""
    case.flags.update(upheld=outcome != Outcome.NO_ACTION)
    locks.release_when(Condition.CASE_DECIDED, actor=actor, case=case)


def may_undo(person: User, decision: Decision, now: datetime) -> bool:
    """Whether `person` can take `decision` back now: their own, or as a moderator of the whole organisation."""
    fresh = now - decision.at <= timedelta(hours=DECISION_UNDO_HOURS)
    mine = decision.decider_id == person.pk or person.moderates_everywhere
    return decision.stands and fresh and mine and decision.outcome != Outcome.ESCALATE


def undo(*, actor: User, decision: Decision) -> Decision:
    """Take `decision` back within a day: its effect is reversed and the case waits again. Raises `Refused`."""
    post = decision.case.post
    with gate.permit(actor, Deed.DECIDE, post=post) as permit:
        case = Case.objects.select_for_update(of=("self",)).get(pk=decision.case_id)
        case.post = permit.post
        fresh = Decision.objects.with_all().get(pk=decision.pk)
        if permit.post.author_id == permit.actor.pk or not may_undo(permit.actor, fresh, timezone.now()):
            raise Refused(refuse("too_late", _("This can no longer be taken back. The author can appeal.")))
        outcomes.take_back(permit, fresh)
        fresh.undone_at, fresh.undone_by = timezone.now(), permit.actor
        fresh.save(update_fields=["undone_at", "undone_by"])
        if not Case.objects.open().filter(post=permit.post).exclude(pk=case.pk).exists():
            case.state, case.asked_revision = CaseState.OPEN, None
            case.save(update_fields=["state", "asked_revision"])
        case.flags.update(upheld=None)
        record(UNDONE, permit.actor, about=permit.post.author, post=permit.post, ref=fresh.pk)
        return fresh


def restore(*, actor: User, post: Post) -> Post:
    """Make a hidden `post` shown again; saying it twice changes nothing. Raises `Refused`."""
    with gate.permit(actor, Deed.DECIDE, post=post) as permit:
        outcomes.show(permit)
        return permit.post
