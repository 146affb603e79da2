"""Asking to be let in, and deciding about it."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.joining.entering import enter
from communities.joining.models import JoinRequest, Outcome, Way
from communities.verbs import ASKED_TO_JOIN, LET_IN, NOT_LET_IN
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import Joining, SpaceRole
from intranet.content.models import Membership, Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.settings.product import JOIN_AGAIN_AFTER_DAYS
from intranet.text.lines import clean_line


def ask_to_join(*, person: User, space: Space, why: str) -> JoinRequest:
    """Ask to be let into `space`, with a reason. A request that waits already is the one returned.

    Raises `Refused` where one does not ask, without a reason, for a member, and soon after it was declined.
    """
    with gate.permit(person, Deed.JOIN, space=space, whole_space=True) as permit:
        if permit.space.joining != Joining.REQUEST or permit.actor.is_guest:
            raise Refused(refuse("no_requests", _("One does not ask to join here.")))
        if Membership.objects.filter(space=permit.space, person=permit.actor).exists():
            raise Refused(refuse("member_already", _("You are a member already.")))
        waits = waiting_request(permit.actor, permit.space)
        return waits or file_request(permit.space, permit.actor, _reason(why))


def file_request(space: Space, person: User, why: str, *, proposed_by: User | None = None) -> JoinRequest:
    """Put a request into the queue and tell those who decide. Called under the gate's lock on the whole space."""
    soon = timezone.now() - timedelta(days=JOIN_AGAIN_AFTER_DAYS)
    declined = JoinRequest.objects.filter(space=space, person=person, outcome=Outcome.DECLINED)
    if declined.filter(decided__gt=soon).exists():
        raise Refused(
            refuse("declined_lately", _("Your request was declined a short while ago. Ask again in a week."))
        )
    made = JoinRequest.objects.create(space=space, person=person, why=why, proposed_by=proposed_by)
    for decider in deciders(space):
        record(ASKED_TO_JOIN, person, about=decider, space=space)
    return made


def deciders(space: Space) -> list[User]:
    """Those who decide who comes in: the active owners and managers."""
    running = Membership.objects.filter(
        space=space, role__in=visibility.RUNNING_ROLES, person__is_active=True
    )
    return [row.person for row in running.select_related("person").order_by("pk")]


def waiting_request(person: User, space: Space) -> JoinRequest | None:
    """The request of `person` that waits in `space`, or None."""
    return JoinRequest.objects.filter(space=space, person=person, outcome=Outcome.WAITING).first()


def last_declined(person: User, space: Space) -> JoinRequest | None:
    """The latest request of `person` in `space` when it was declined, for the reason to be read."""
    latest = JoinRequest.objects.filter(space=space, person=person).order_by("-asked", "-pk").first()
    return latest if latest and latest.outcome == Outcome.DECLINED else None


def withdraw(*, person: User, space: Space) -> None:
    """Take the own request back; without one nothing happens."""
    with gate.permit(person, Deed.JOIN, space=space) as permit:
        JoinRequest.objects.filter(space=permit.space, person=permit.actor, outcome=Outcome.WAITING).update(
            outcome=Outcome.WITHDRAWN, decided=timezone.now(), decided_by=permit.actor
        )


def decide(*, actor: User, request: JoinRequest, let_in: bool, reason: str = "") -> JoinRequest:
    """Let the asker in, or decline with a reason that they read. What was decided already stays decided.

    Raises `Refused` for who does not run the community, and for declining without a reason.
    """
    with gate.permit(actor, Deed.RUN, space=request.space) as permit:
        row = JoinRequest.objects.select_for_update(of=("self",)).select_related("person").get(pk=request.pk)
        if row.outcome != Outcome.WAITING:
            return row
        if not let_in:
            row.reason = _reason(reason)
        row.outcome = Outcome.ACCEPTED if let_in else Outcome.DECLINED
        row.decided, row.decided_by = timezone.now(), permit.actor
        row.save()
        if let_in:
            enter(permit.space, row.person, SpaceRole.MEMBER, way=Way.REQUEST, by=permit.actor)
        record(LET_IN if let_in else NOT_LET_IN, permit.actor, about=row.person, space=permit.space)
        return row


def _reason(text: str) -> str:
    words = clean_line(text)[:400]
    if not words:
        raise Refused(refuse("no_reason", _("Say why in a sentence.")))
    return words
