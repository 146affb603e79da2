"""Legal holds: two people place one, two people end it; what is held is neither cleaned up nor erased."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, Verdict, refuse
from intranet.audit import trail
from intranet.audit.models import HOLDING, RELEASING, REQUESTED, LegalHold
from intranet.content.models import Post, Space
from intranet.people.models import User


def may_hold(person: User) -> bool:
    """Whether `person` asks for, places and ends holds: administrators."""
    return person.is_active and person.administers


def _require(person: User) -> None:
    if not may_hold(person):
        raise Refused(refuse("not_admin", _("Legal holds are placed and ended by administrators.")))


@transaction.atomic
def request_hold(
    *,
    actor: User,
    reason: str,
    person: User | None = None,
    post: Post | None = None,
    space: Space | None = None,
) -> LegalHold:
    """Ask for a hold on one person, thread or space. Raises `Refused`, also when it is held already."""
    _require(actor)
    thread = post.thread if post else None
    same = LegalHold.objects.filter(
        person=person, post=thread, space=space, released_at=None, declined_at=None
    )
    if same.exists():
        raise Refused(refuse("held_already", _("There is such a hold already.")))
    hold = LegalHold.objects.create(
        person=person, post=thread, space=space, reason=reason, requested_by=actor
    )
    _tell(hold, "hold_requested", actor)
    return hold


def _locked(hold: LegalHold) -> LegalHold:
    return LegalHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)


def may_settle(actor: User, hold: LegalHold, step: str, *, agreed: bool = True) -> Verdict:
    """Whether `actor` may say yes or no to what was asked of the hold in `step`.

    Yes takes somebody else than who asked; no may be said by both, so that a slip is taken back.
    """
    asked_by = hold.requested_by_id if step == REQUESTED else hold.release_asked_by_id
    if not may_hold(actor):
        return refuse("not_admin", _("Legal holds are placed and ended by administrators."))
    if hold.step != step:
        return refuse("settled", _("This was settled meanwhile."))
    if agreed and asked_by == actor.pk:
        return refuse("same_person", _("Another administrator than who asked has to agree."))
    return Verdict(True)


def _to_settle(actor: User, hold: LegalHold, step: str, *, agreed: bool) -> LegalHold:
    hold = _locked(hold)
    verdict = may_settle(actor, hold, step, agreed=agreed)
    if not verdict:
        raise Refused(verdict)
    return hold


@transaction.atomic
def settle_request(*, actor: User, hold: LegalHold, agreed: bool) -> LegalHold:
    """Place the hold that somebody else asked for, or decline it; who asked can take it back. Raises `Refused`."""
    hold = _to_settle(actor, hold, REQUESTED, agreed=agreed)
    now = timezone.now()
    if agreed:
        hold.approved_by, hold.approved_at = actor, now
    else:
        hold.declined_by, hold.declined_at = actor, now
    hold.save()
    _tell(hold, "hold_approved" if agreed else "hold_declined", actor)
    return hold


@transaction.atomic
def ask_release(*, actor: User, hold: LegalHold) -> LegalHold:
    """Ask to end a hold; it holds until somebody else agrees. Raises `Refused`."""
    _require(actor)
    hold = _locked(hold)
    if hold.step != HOLDING:
        raise Refused(refuse("settled", _("This was settled meanwhile.")))
    hold.release_asked_by, hold.release_asked_at = actor, timezone.now()
    hold.save()
    _tell(hold, "hold_release_asked", actor)
    return hold


@transaction.atomic
def settle_release(*, actor: User, hold: LegalHold, agreed: bool) -> LegalHold:
    """End the hold as somebody else asked, or keep it. Raises `Refused`."""
    hold = _to_settle(actor, hold, RELEASING, agreed=agreed)
    if agreed:
        hold.released_by, hold.released_at = actor, timezone.now()
    else:
        hold.release_asked_by = hold.release_asked_at = None
    hold.save()
    _tell(hold, "hold_released" if agreed else "hold_kept", actor)
    return hold


def _tell(hold: LegalHold, deed: str, actor: User) -> None:
    trail.write(deed, actor, about=hold.person, space=hold.space, post=hold.post, hold=hold.pk)


def held_people() -> Q:
    """People who are held, or who wrote where a hold stands; for a query over people."""
    held = LegalHold.objects.holding()
    wrote = Post.objects.filter(author=OuterRef("pk"))
    in_thread = wrote.filter(
        Q(pk__in=held.exclude(post=None).values("post")) | Q(root__in=held.exclude(post=None).values("post"))
    )
    in_space = wrote.filter(space__in=held.exclude(space=None).values("space"))
    return Q(pk__in=held.exclude(person=None).values("person")) | Q(Exists(in_thread)) | Q(Exists(in_space))


def is_held(person: User) -> bool:
    """Whether a hold keeps `person` from being erased, and what is theirs from being cleaned up."""
    return User.objects.filter(held_people(), pk=person.pk).exists()
