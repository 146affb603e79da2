"""Warn, silence, suspend, and lift again. Called by decisions and by what takes them back, inside their permit."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.moderation import gate, locks
from intranet.moderation.kinds import Scope
from intranet.moderation.models import Decision, Penalty
from intranet.moderation.penalties.models import PenaltyKind
from intranet.moderation.verbs import LIFTED, SILENCED, SUSPENDED, WARNED
from intranet.people.models import User
from intranet.settings.product import SILENCE_LADDER


def _note(decision: Decision, permit: gate.Permit, kind: str, **facts: Any) -> Penalty:
    return Penalty.objects.create(
        person=permit.post.author,
        kind=kind,
        space=permit.space,
        decision=decision,
        at=decision.at,
        **facts,
    )


def _tell(verb: Any, decision: Decision, permit: gate.Permit, **place: Any) -> None:
    record(verb, permit.actor, about=permit.post.author, at=decision.at, ref=decision.pk, **place)


def warn(decision: Decision, permit: gate.Permit) -> None:
    """Write to the author; nothing else changes."""
    _note(decision, permit, PenaltyKind.WARNING)
    _tell(WARNED, decision, permit, post=permit.post)


def silence(decision: Decision, permit: gate.Permit, hours: int) -> None:
    """Pause the author's right to write in this place for one step of the ladder."""
    if hours not in SILENCE_LADDER:
        raise Refused(refuse("bad_hours", _("Choose one of the steps: 24 hours, 3, 7 or 30 days.")))
    until = timezone.now() + timedelta(hours=hours)
    placed = locks.lock(
        actor=permit.actor,
        space=permit.space,
        person=permit.post.author,
        clause=decision.clause,
        scope=Scope.ALL,
        note=decision.note,
        until=until,
        case=decision.case,
        at=decision.at,
    )
    _note(decision, permit, PenaltyKind.SILENCE, hours=hours, until=until, lock=placed)
    decision.until = until
    _tell(SILENCED, decision, permit, space=permit.space)


def suspend(decision: Decision, permit: gate.Permit, hours: int) -> None:
    """Pause the author's right to write everywhere. Only moderators of the whole organisation do that."""
    if not permit.actor.moderates_everywhere:
        raise Refused(
            refuse(
                "not_moderator", _("Only moderators of the whole organisation suspend somebody. Escalate it.")
            )
        )
    if hours not in SILENCE_LADDER:
        raise Refused(refuse("bad_hours", _("Choose one of the steps: 24 hours, 3, 7 or 30 days.")))
    person = permit.post.author
    until = timezone.now() + timedelta(hours=hours)
    if person.suspended_until and person.suspended_until > until:
        raise Refused(refuse("longer", _("This person is suspended for longer already.")))
    User.objects.filter(pk=person.pk).update(suspended_until=until)
    _note(decision, permit, PenaltyKind.SUSPENSION, hours=hours, until=until)
    decision.until = until
    _tell(SUSPENDED, decision, permit)


def lift(decision: Decision, actor: User) -> None:
    """Take back what `decision` meant for the author; the record says that it was lifted and when."""
    penalty = Penalty.objects.select_related("person", "lock", "space").filter(decision=decision).first()
    if penalty is None or penalty.lifted_at:
        return
    if penalty.lock:
        locks.release(actor=actor, lock=penalty.lock)
    if penalty.kind == PenaltyKind.SUSPENSION:
        # A later suspension has another end and is left alone.
        User.objects.filter(pk=penalty.person_id, suspended_until=penalty.until).update(suspended_until=None)
    penalty.lifted_at = timezone.now()
    penalty.save(update_fields=["lifted_at"])
    if penalty.kind != PenaltyKind.WARNING:
        record(LIFTED, actor, about=penalty.person, ref=decision.pk)
