"""Giving a thread to a community that others run: an offer, and their consent."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.moving.actions import move
from communities.moving.models import Offer, OfferState, Surgery
from communities.verbs import DECLINED, OFFERED
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import THREAD_KINDS
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.moderation.checks import NOT_FOUND, NOTHING_HERE
from intranet.people.models import User


def move_or_offer(*, actor: User, thread: Post, target: Space, note: str = "") -> Surgery | Offer:
    """Move `thread` to `target` where `actor` runs both sides, otherwise offer it to those who run `target`.

    Raises `Refused`. A second offer of the same thread replaces the first.
    """
    if visibility.moderates_space(actor, target):
        return move(actor=actor, thread=thread, target=target, note=note)
    return offer(actor=actor, thread=thread, target=target, note=note)


def offer(*, actor: User, thread: Post, target: Space, note: str = "") -> Offer:
    """Ask those who run `target` to take `thread` in. They see its title, who started it and the note."""
    with gate.permit(actor, Deed.MOVE, post=thread) as permit:
        if not visibility.sees_space(permit.actor, target):
            raise Refused(refuse(NOT_FOUND, NOTHING_HERE))
        if permit.post.root_id or permit.post.kind not in THREAD_KINDS:
            raise Refused(refuse("not_a_thread", _("That is no thread of a community.")))
        if target.archived_at or target.pk == permit.space.pk:
            raise Refused(refuse("not_open", _("Choose another community that is not archived.")))
        made, fresh = Offer.objects.update_or_create(
            post=permit.post,
            state=OfferState.WAITING,
            defaults={"target": target, "requester": permit.actor, "note": note, "asked_at": timezone.now()},
        )
        for person in _who_decide(target, permit.actor):
            record(OFFERED, permit.actor, about=person, space=target, offer=made.pk, again=not fresh)
        return made


def _who_decide(space: Space, asking: User) -> list[User]:
    """The people whose role in `space` lets them answer."""
    roles = space.memberships.filter(role__in=visibility.MODERATING_ROLES, person__is_active=True)
    return [row.person for row in roles.exclude(person=asking).select_related("person")]


def take_in(*, actor: User, offered: Offer) -> Surgery:
    """Consent: the thread moves now. Who offered it must still run the community it comes from. Raises `Refused`."""
    if not visibility.moderates_space(offered.requester, offered.post.space):
        sentence = _("Whoever offered this thread may no longer give it away. Ask for a new offer.")
        raise Refused(refuse("offer_void", sentence))
    return move(actor=actor, thread=offered.post, target=offered.target, offered=offered, note=offered.note)


def decline(*, actor: User, offered: Offer, answer: str = "") -> None:
    """Leave the thread where it is, with a sentence for who offered it. Raises `Refused`; safe to repeat."""
    with gate.permit(actor, Deed.TAKE, space=offered.target) as permit:
        closed = Offer.objects.waiting().filter(pk=offered.pk)
        if closed.update(
            state=OfferState.DECLINED, answered_by=permit.actor, answered_at=timezone.now(), answer=answer
        ):
            record(DECLINED, permit.actor, about=offered.requester, post=offered.post, offer=offered.pk)


def withdraw(*, actor: User, offered: Offer) -> None:
    """Take an offer back. Raises `Refused`; safe to repeat."""
    with gate.permit(actor, Deed.MOVE, post=offered.post) as permit:
        Offer.objects.waiting().filter(pk=offered.pk).update(
            state=OfferState.WITHDRAWN, answered_by=permit.actor, answered_at=timezone.now()
        )
