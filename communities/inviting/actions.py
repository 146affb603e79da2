"""Inviting one person by name, and their answer."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.inviting.models import Invitation
from communities.joining.actions import must_be_givable
from communities.joining.entering import enter
from communities.joining.models import Outcome, Way
from communities.joining.requests import file_request, waiting_request
from communities.roles.rank import must_outrank
from communities.verbs import INVITED
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Refused, Verdict, refuse
from intranet.activity.log import record
from intranet.content.kinds import Joining, SpaceRole
from intranet.content.models import Membership, Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.settings.product import INVITATION_DAYS
from intranet.text.lines import clean_line

ENDED = refuse("ended", _("This invitation no longer holds. Ask for a new one."))


def may_invite(person: User, space: Space) -> Verdict:
    """Whether `person` may invite into `space`: those who run it, and its members unless one joins by invitation only.

    Where one asks to join, a member's invitation leads into the queue; where joining is open it leads in.
    """
    if visibility.runs_space(person, space):
        return ALLOWED
    role = person.space_roles.get(space.pk)
    if role and role != SpaceRole.GUEST and space.joining != Joining.INVITE:
        return ALLOWED
    return refuse("may_not_invite", _("Only the owners and managers of this community invite people."))


def invite(
    *, actor: User, space: Space, person: User, role: str = SpaceRole.MEMBER, note: str = ""
) -> Invitation:
    """Invite `person` into `space`, to be answered within a month. An invitation that waits is the one returned.

    Raises `Refused` for who may not invite, for a role they may not give and for a member.
    """
    with gate.permit(actor, Deed.LEAVE, space=space, whole_space=True) as permit:
        _must_be_invitable(permit, person, role)
        now = timezone.now()
        stale = Invitation.objects.filter(space=permit.space, person=person, outcome=Outcome.WAITING)
        stale.filter(expires__lte=now).update(outcome=Outcome.WITHDRAWN, answered=now)
        if known := stale.filter(expires__gt=now).first():
            return known
        made = Invitation.objects.create(
            space=permit.space,
            person=person,
            by=permit.actor,
            role=SpaceRole.GUEST if person.is_guest else role,
            note=clean_line(note)[:400],
            expires=now + timedelta(days=INVITATION_DAYS),
        )
        # Without its space: the name of a secret community is told on the page of the invitation alone.
        record(INVITED, permit.actor, about=person)
        return made


def _must_be_invitable(permit: gate.Permit, person: User, role: str) -> None:
    if permit.space.archived_at:
        raise Refused(refuse("archived", _("This community is archived and can only be read.")))
    verdict = may_invite(permit.actor, permit.space)
    if not verdict:
        raise Refused(verdict)
    must_be_givable(permit.actor, person, role)
    runs = visibility.runs_space(permit.actor, permit.space)
    if not runs and (role != SpaceRole.MEMBER or person.is_guest):
        raise Refused(refuse("bad_role", _("Members invite colleagues as members.")))
    must_outrank(permit.actor, permit.space, role)
    if Membership.objects.filter(space=permit.space, person=person).exists():
        raise Refused(refuse("member_already", _("This person is a member already.")))


def accept(*, person: User, invitation: Invitation) -> Membership | None:
    """Take an invitation; the membership, or None when it now waits in the queue of requests.

    Raises `Refused` when it no longer holds: it expired, was taken back, or who invited may not invite any more.
    """
    if person.is_suspended or not person.is_active:
        raise Refused(refuse("suspended", _("Your right to write is paused.")))
    if invitation.by.is_suspended or not invitation.by.is_active:
        raise Refused(ENDED)
    with gate.permit(invitation.by, Deed.LEAVE, space=invitation.space, whole_space=True) as permit:
        now = timezone.now()
        row = Invitation.objects.open_at(now).filter(pk=invitation.pk, person=person).first()
        if row is None or not may_invite(permit.actor, permit.space):
            raise Refused(ENDED)
        row.outcome, row.answered = Outcome.ACCEPTED, now
        row.save(update_fields=["outcome", "answered"])
        return _let_in(permit, row)


def decline(*, person: User, invitation: Invitation) -> None:
    """Decline an invitation; nobody is told."""
    waiting = Invitation.objects.filter(pk=invitation.pk, person=person, outcome=Outcome.WAITING)
    waiting.update(outcome=Outcome.DECLINED, answered=timezone.now())


def _let_in(permit: gate.Permit, row: Invitation) -> Membership | None:
    queued = permit.space.joining == Joining.REQUEST and not visibility.runs_space(permit.actor, permit.space)
    if not queued:
        return enter(permit.space, row.person, row.role, way=Way.INVITATION, by=permit.actor)[0]
    if waiting_request(row.person, permit.space) is None:
        why = row.note or str(_("Invited by a member."))
        file_request(permit.space, row.person, why, proposed_by=permit.actor)
    return None


def take_back(*, actor: User, invitation: Invitation) -> None:
    """Take an invitation back: who made it, and those who run the community."""
    own = invitation.by_id == actor.pk
    with gate.permit(actor, Deed.LEAVE if own else Deed.RUN, space=invitation.space):
        Invitation.objects.filter(pk=invitation.pk, outcome=Outcome.WAITING).update(
            outcome=Outcome.WITHDRAWN, answered=timezone.now()
        )
