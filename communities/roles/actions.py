"""Deeds around roles: give one, offer oneself as an expert, decide about the offer, step back."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.joining.entering import must_not_be_last_owner
from communities.joining.models import Outcome
from communities.joining.requests import deciders
from communities.roles.models import Expertise
from communities.roles.rank import must_outrank
from communities.verbs import NAMED_EXPERT, NOT_NAMED_EXPERT, OFFERED_EXPERTISE, ROLE_GIVEN
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Space, Tag
from intranet.moderation import gate
from intranet.people.models import User
from intranet.text.lines import clean_line

HELD = (Outcome.WAITING, Outcome.ACCEPTED)


def give_role(*, actor: User, space: Space, person: User, role: str) -> Membership:
    """Make `role` what the member `person` is in `space`. Safe to repeat.

    Raises `Refused` for who may not give it, for a person from outside who is to be more than a guest, and for the last
    owner.
    """
    with gate.permit(actor, Deed.RUN, space=space, whole_space=True) as permit:
        mine = Membership.objects.filter(space=permit.space, person=person).first()
        if mine is None or role not in SpaceRole.values:
            raise Refused(refuse("bad_member", _("Choose a member and one of the roles in the list.")))
        if mine.role == role:
            return mine
        must_outrank(permit.actor, permit.space, role, mine.role)
        if person.is_guest:
            raise Refused(refuse("guest_stays", _("Somebody from outside is a guest here.")))
        if mine.role == SpaceRole.OWNER:
            must_not_be_last_owner(permit.space, person)
        mine.role = role
        mine.save(update_fields=["role"])
        record(ROLE_GIVEN, permit.actor, about=person, space=permit.space, role=role)
        return mine


def offer_expertise(*, person: User, space: Space, tag: Tag, sentence: str) -> Expertise:
    """Offer to answer about `tag` in `space`, with a sentence. The same offer twice is one.

    Raises `Refused` for who is no member, a guest, or says nothing.
    """
    with gate.permit(person, Deed.LEAVE, space=space, whole_space=True) as permit:
        mine = Membership.objects.filter(space=permit.space, person=permit.actor).first()
        if mine is None or mine.role == SpaceRole.GUEST or permit.space.archived_at:
            raise Refused(refuse("not_member", _("Members of this community offer themselves as experts.")))
        known = Expertise.objects.filter(
            space=permit.space, person=permit.actor, tag=tag, outcome__in=HELD
        ).first()
        if known:
            return known
        offer = Expertise.objects.create(
            space=permit.space, person=permit.actor, tag=tag, sentence=_said(sentence)
        )
        for decider in deciders(permit.space):
            record(OFFERED_EXPERTISE, permit.actor, about=decider, space=permit.space)
        return offer


def decide_expertise(*, actor: User, offer: Expertise, accept: bool, reason: str = "") -> Expertise:
    """Name the person an expert for the topic, or decline with a reason. What was decided stays decided."""
    with gate.permit(actor, Deed.RUN, space=offer.space, whole_space=True) as permit:
        row = Expertise.objects.select_related("person", "tag").get(pk=offer.pk)
        if row.outcome != Outcome.WAITING:
            return row
        row.outcome = Outcome.ACCEPTED if accept else Outcome.DECLINED
        row.reason = "" if accept else _said(reason)
        row.decided, row.decided_by = timezone.now(), permit.actor
        row.save()
        _settle_role(permit.space, row.person)
        record(
            NAMED_EXPERT if accept else NOT_NAMED_EXPERT, permit.actor, about=row.person, space=permit.space
        )
        return row


def end_expertise(*, actor: User, offer: Expertise) -> None:
    """Take a topic back: the expert their own, those who run the community anybody's."""
    own = offer.person_id == actor.pk
    with gate.permit(actor, Deed.LEAVE if own else Deed.RUN, space=offer.space, whole_space=True) as permit:
        Expertise.objects.filter(pk=offer.pk, outcome__in=HELD).update(
            outcome=Outcome.WITHDRAWN, decided=timezone.now(), decided_by=permit.actor
        )
        _settle_role(permit.space, offer.person)


def _settle_role(space: Space, person: User) -> None:
    """A member with a topic is an expert; one whose last topic went is a member. Higher roles stay."""
    topics = Expertise.objects.filter(space=space, person=person, outcome=Outcome.ACCEPTED)
    was, becomes = (
        (SpaceRole.MEMBER, SpaceRole.EXPERT) if topics.exists() else (SpaceRole.EXPERT, SpaceRole.MEMBER)
    )
    Membership.objects.filter(space=space, person=person, role=was).update(role=becomes)


def _said(text: str) -> str:
    words = clean_line(text)[:400]
    if not words:
        raise Refused(refuse("no_reason", _("Say why in a sentence.")))
    return words
