"""Writing the skeletons that threads start from."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from communities.openings.models import KINDS, Opening
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.content.models import Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.text.lines import clean_line

MOST = 20


def save_opening(
    *,
    actor: User,
    space: Space,
    kind: str,
    name: str,
    name_he: str = "",
    title: str = "",
    body: str = "",
    opening: Opening | None = None,
) -> Opening:
    """Write a skeleton for threads of `kind`, or change `opening`. The same kind and name is the same one.

    Raises `Refused` for who does not run the community, for a missing name and for too many.
    """
    with gate.permit(actor, Deed.RUN, space=space) as permit:
        named = clean_line(name)[:60]
        if kind not in KINDS or not named:
            raise Refused(refuse("bad_opening", _("Give the template a name and choose a kind.")))
        rows = Opening.objects.filter(space=permit.space)
        row = rows.filter(kind=kind, name=named).first() or opening or Opening(space=permit.space)
        if row.pk is None and rows.count() >= MOST:
            raise Refused(
                refuse("too_many_openings", _("There are twenty templates already: remove one first."))
            )
        row.kind, row.name, row.name_he = kind, named, clean_line(name_he)[:60]
        row.title, row.body = clean_line(title)[:200], body.replace("\x00", "")[:4000]
        row.save()
        return row


def remove_opening(*, actor: User, opening: Opening) -> None:
    """Remove a skeleton; threads that started from it stay."""
    with gate.permit(actor, Deed.RUN, space=opening.space):
        opening.delete()
