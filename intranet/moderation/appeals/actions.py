"""Appealing, and deciding an appeal. Another moderator decides, and the first decision is marked, never erased."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Refused, Verdict, refuse
from intranet.activity.log import record
from intranet.content.models import Space
from intranet.moderation import gate, locks
from intranet.moderation.cases import outcomes
from intranet.moderation.kinds import AppealState, Outcome
from intranet.moderation.models import Appeal, Decision, Held, Lock
from intranet.moderation.standing import edits, held
from intranet.moderation.verbs import APPEAL_DECIDED, APPEALED
from intranet.people.models import User
from intranet.settings.product import APPEAL_DAYS, APPEAL_REVIEW_HOURS

TEXT_MAX = 4_000
NO_APPEAL = frozenset({Outcome.NO_ACTION, Outcome.ACCEPTED, Outcome.ESCALATE})
"""Outcomes that take nothing from the author."""

Against = Decision | Lock


def _facts(against: Against) -> tuple[User | None, datetime, bool, Space]:
    """Whom it concerns, since when, whether it still holds, and where."""
    if isinstance(against, Decision):
        post = against.case.post
        return post.author, against.at, against.stands, post.space
    place = against.space or against.post.space
    return against.concerns, against.placed_at, against.released_at is None, place


def may_appeal(person: User, against: Against) -> Verdict:
    """Whether `person` may appeal against a decision or a lock now: the author, once, for two weeks, while it stands."""
    concerns, since, stands, _space = _facts(against)
    if concerns is None or concerns.pk != person.pk:
        return refuse("not_found", _("There is nothing here."))
    if Appeal.objects.filter(**_target(against)).exists():
        return refuse("appealed", _("You have appealed already. Another moderator looks at it."))
    if isinstance(against, Decision) and against.outcome in NO_APPEAL:
        return refuse("nothing_taken", _("This decision takes nothing from you."))
    if not stands:
        return refuse("over", _("This no longer holds, so there is nothing to appeal."))
    if timezone.now() - since > timedelta(days=APPEAL_DAYS):
        return refuse("too_late", _("An appeal is possible for two weeks after the decision."))
    return ALLOWED


def _target(against: Against) -> dict[str, Any]:
    return {"decision" if isinstance(against, Decision) else "lock": against}


def appeal(*, appellant: User, against: Against, text: str) -> Appeal:
    """Ask that another moderator looks at `against`. Suspended and silenced people can appeal. Raises `Refused`."""
    said = text.strip()
    if not said:
        raise Refused(refuse("empty", _("Say in your words what should be looked at again.")))
    if len(said) > TEXT_MAX:
        raise Refused(
            refuse("too_long", _("This is too long: up to %(limit)s characters.") % {"limit": TEXT_MAX})
        )
    with transaction.atomic():
        rows = type(against).objects.select_for_update(of=("self",))
        rows.get(pk=against.pk)  # of two appeals at the same moment the second one waits here
        verdict = may_appeal(appellant, against)
        if not verdict:
            raise Refused(verdict)
        now = timezone.now()
        _concerns, _since, _stands, space = _facts(against)
        made = Appeal.objects.create(
            **_target(against),
            space=space,
            appellant=appellant,
            text=said,
            at=now,
            due=now + timedelta(hours=APPEAL_REVIEW_HOURS),
        )
        record(APPEALED, appellant, post=made.post, space=space, ref=made.public_id)
        return made


def may_decide(person: User, appeal: Appeal) -> Verdict:
    """Whether `person` may decide `appeal`: a moderator of the place who neither decided first nor is a party."""
    if not visibility.moderates_space(person, appeal.space):
        return refuse("not_moderator", _("Only moderators of this place can do that."))
    if appeal.first_decider.pk == person.pk:
        return refuse(
            "first_decider", _("You decided this at first, so another moderator looks at the appeal.")
        )
    recused = appeal.case and appeal.case.recusals.filter(person=person).exists()
    if appeal.appellant_id == person.pk or recused:
        return refuse("party", _("You are party to this, so another moderator looks at the appeal."))
    return ALLOWED


def decide_appeal(*, actor: User, appeal: Appeal, overturned: bool, note: str) -> Appeal:
    """Let the decision stand, or overturn it: its effect is taken back and it is marked. Raises `Refused`."""
    if not note.strip():
        raise Refused(refuse("empty", _("Say to the author, in a sentence or two, why.")))
    target: dict[str, Any] = {"post": appeal.post} if appeal.post else {"space": appeal.space}
    with gate.permit(actor, Deed.DECIDE, **target) as permit:
        fresh = Appeal.objects.select_for_update(of=("self",)).with_all().get(pk=appeal.pk)
        if fresh.state != AppealState.OPEN:
            raise Refused(refuse("decided", _("This appeal was decided in the meantime.")))
        verdict = may_decide(permit.actor, fresh)
        if not verdict:
            raise Refused(verdict)
        if overturned:
            _overturn(permit, fresh)
        fresh.state = AppealState.OVERTURNED if overturned else AppealState.UPHELD
        fresh.decided_by, fresh.decided_at, fresh.note = permit.actor, timezone.now(), note.strip()
        fresh.save(update_fields=["state", "decided_by", "decided_at", "note"])
        record(
            APPEAL_DECIDED,
            permit.actor,
            about=fresh.appellant,
            post=permit.post,
            space=permit.space,
            ref=fresh.public_id,
        )
        return fresh


def _overturn(permit: gate.Permit, appeal: Appeal) -> None:
    if appeal.lock:
        locks.release(actor=permit.actor, lock=appeal.lock)
        return
    decision = appeal.decision
    if decision.stands:
        if decision.outcome == Outcome.REFUSE:
            waits = Held.objects.filter(post=permit.post).first()
            if waits:
                held.release(permit, waits)
        outcomes.take_back(permit, decision)
        if decision.outcome == Outcome.REFUSE_EDIT:
            edits.publish_again(permit)
        decision.overturned_at = timezone.now()
        decision.save(update_fields=["overturned_at"])
        decision.case.flags.update(upheld=False)
