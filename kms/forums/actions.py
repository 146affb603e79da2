"""Letting the authors of an imported site be counted: one person asks, another agrees, anyone of them may stop it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.content.models import Space
from intranet.people.models import User
from kms.consent.readers import may_decide
from kms.forums import reading
from kms.forums.models import ForumRequest, Ground, Stand


@transaction.atomic
def ask_to_count(*, actor: User, community: Space, ground: str, reason: str) -> ForumRequest:
    """Ask that the authors of an imported site be counted in reports of their own; safe to repeat while it is open.

    Raises Refused for who may not decide either, without a ground and a reason, and where nothing may be counted.
    """
    _check(actor)
    if ground not in Ground or not reason.strip():
        raise Refused(refuse("reason", _("Say on what ground these people may be counted, and why.")))
    if not reading.imported().filter(pk=community.pk).exists():
        raise Refused(refuse("not_imported", _("Only an imported site that is not secret can be counted.")))
    return ForumRequest.objects.open().get_or_create(
        community=community, defaults={"ground": ground, "reason": reason.strip()[:300], "asked_by": actor}
    )[0]


@transaction.atomic
def agree(*, actor: User, request: ForumRequest) -> ForumRequest:
    """Agree as the second person; safe to repeat. Raises Refused, also to who asked."""
    _check(actor)
    held = ForumRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if held.asked_by_id == actor.pk:
        raise Refused(refuse("own", _("You asked for it, so somebody else decides.")))
    return _decided(held, Stand.COUNTED, actor) if held.is_held else held


@transaction.atomic
def end(*, actor: User, request: ForumRequest) -> ForumRequest:
    """Deny a request that waits, or take back one that holds: no later report counts these people. Safe to repeat."""
    _check(actor)
    found = ForumRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if found.is_held:
        return _decided(found, Stand.DENIED, actor)
    if found.is_counted:
        found.stand, found.stopped_by, found.stopped_at = Stand.STOPPED, actor, timezone.now()
        found.save(update_fields=["stand", "stopped_by", "stopped_at"])
    return found


def _check(actor: User) -> None:
    if not may_decide(actor):
        raise Refused(refuse("role", _("A knowledge manager or an administrator decides.")))


def _decided(held: ForumRequest, stand: Stand, actor: User) -> ForumRequest:
    held.stand, held.decided_by, held.decided_at = stand, actor, timezone.now()
    held.save(update_fields=["stand", "decided_by", "decided_at"])
    return held
