"""Links that let their holders in."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.inviting.models import InviteLink, link_number
from communities.joining.entering import enter
from communities.joining.models import Way
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.settings.product import LINK_DAYS, LINK_MOST_USES

ENDED = refuse("ended", _("This link no longer opens anything. Ask who sent it for a new one."))


def make_link(
    *, actor: User, space: Space, days: int = 7, most_uses: int = 10, for_guests: bool = False
) -> InviteLink:
    """A link into `space` that ends after `days` or `most_uses` people. Raises `Refused` for who does not run it."""
    with gate.permit(actor, Deed.RUN, space=space) as permit:
        if days not in LINK_DAYS or not 1 <= most_uses <= LINK_MOST_USES:
            raise Refused(
                refuse("bad_link", _("Choose how long the link lives and how many people may use it."))
            )
        return InviteLink.objects.create(
            space=permit.space,
            by=permit.actor,
            for_guests=for_guests,
            most_uses=most_uses,
            expires=timezone.now() + timedelta(days=days),
        )


def revoke_link(*, actor: User, link: InviteLink) -> None:
    """Make the link open nothing from now on."""
    with gate.permit(actor, Deed.RUN, space=link.space):
        InviteLink.objects.filter(pk=link.pk, revoked=None).update(revoked=timezone.now())


def opened_by(person: User, token: str) -> InviteLink | None:
    """The link behind `token` if it opens for `person`; None for one that ended as for one that never was.

    A guest from outside comes in only by a link made for guests. Whose maker no longer runs the place opens nothing.
    """
    links = InviteLink.objects.open_at(timezone.now()).select_related("space", "by")
    link = links.filter(pk=link_number(token)).first()
    if link is None or (person.is_guest and not link.for_guests):
        return None
    trusted = visibility.runs_space(link.by, link.space) and not link.by.is_suspended
    return link if trusted else None


def use_link(*, person: User, token: str) -> Membership:
    """Come in by a link. A member comes in without using it up. Raises `Refused` when it opens nothing."""
    link = opened_by(person, token)
    if link is None:
        raise Refused(ENDED)
    with gate.permit(link.by, Deed.RUN, space=link.space) as permit:
        if person.is_suspended or not person.is_active:
            raise Refused(refuse("suspended", _("Your right to write is paused.")))
        if mine := Membership.objects.filter(space=permit.space, person=person).first():
            return mine
        # Counted under the lock of its row, so of two who come at once for the last place one is refused.
        held = InviteLink.objects.select_for_update(of=("self",)).get(pk=link.pk)
        if not held.is_open:
            raise Refused(ENDED)
        held.uses += 1
        held.save(update_fields=["uses"])
        return enter(permit.space, person, SpaceRole.MEMBER, way=Way.LINK, by=permit.actor)[0]
