"""Writing ready answers, and finding them."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.canned.models import Canned
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import ALLOWED, Refused, Verdict, refuse
from intranet.content.kinds import SpaceRole
from intranet.content.models import Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.settings.product import CANNED_MOST
from intranet.text.lines import clean_line

BODY_MAX = 8000


def may_write(person: User, space: Space) -> Verdict:
    """Whether `person` writes ready answers in `space`: its experts and those who look after it."""
    expert = person.space_roles.get(space.pk) == SpaceRole.EXPERT
    if expert or visibility.moderates_space(person, space):
        return ALLOWED
    return refuse(
        "not_expert", _("Ready answers are written by the experts and the managers of the community.")
    )


def canned_in(space: Space) -> QuerySet[Canned]:
    """The ready answers of `space` by name; one query."""
    return Canned.objects.filter(space=space).select_related("by")


def _demand(person: User, space: Space) -> None:
    verdict = may_write(person, space)
    if not verdict:
        raise Refused(verdict)


def save_canned(*, actor: User, space: Space, name: str, body: str, canned: Canned | None = None) -> Canned:
    """Write a ready answer, or change `canned`. The same name is the same one. Raises `Refused`."""
    with gate.permit(actor, Deed.START, space=space) as permit:
        _demand(permit.actor, permit.space)
        named, text = clean_line(name)[:80], body.replace("\x00", "").strip()
        if not named or not text:
            raise Refused(refuse("empty", _("Give the answer a name and a text.")))
        if len(text) > BODY_MAX:
            raise Refused(
                refuse("too_long", _("A ready answer can have up to %(n)s characters.") % {"n": BODY_MAX})
            )
        rows = Canned.objects.filter(space=permit.space)
        row = rows.filter(name=named).first() or canned or Canned(space=permit.space)
        if row.pk is None and rows.count() >= CANNED_MOST:
            raise Refused(refuse("too_many_canned", _("There are fifty already: remove one first.")))
        row.name, row.body, row.by, row.at = named, text, permit.actor, timezone.now()
        row.save()
        return row


def remove_canned(*, actor: User, canned: Canned) -> None:
    """Remove a ready answer; answers that were made from it stay. Raises `Refused`."""
    with gate.permit(actor, Deed.START, space=canned.space) as permit:
        _demand(permit.actor, permit.space)
        canned.delete()
