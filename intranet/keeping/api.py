"""The audit trail for programs of administrators: what was done, newest first, with the filters of the page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema
from pydantic import StringConstraints

from intranet.access.verdict import Refused, refuse
from intranet.audit import trail as audit
from intranet.audit.kinds import GROUP_OF
from intranet.keeping import viewing
from intranet.keeping.forms import TrailForm
from intranet.posting.api import REFUSALS
from intranet.runtime.surfaces import surface
from intranet.settings.product import AUDIT_PAGE
from intranet.ui.paging import page

router = Router(tags=["audit"])

Word = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=150)]


class EntryShape(Schema):
    """One entry. `closed`: it happened where the reader does not see, so whom and what it was about is left out.

    `group` is what `what` filters by; `sentence` is in the language of the reader.
    """

    id: int
    at: datetime
    written: datetime
    deed: str
    group: str
    actor: str | None
    about: str | None
    community: str | None
    post: str | None
    event: int | None
    facts: dict[str, str]
    sentence: str
    closed: bool


class Trail(Schema):
    """Entries, newest first; `next` goes back as `cursor`."""

    items: list[EntryShape]
    next: str | None


def _shape(line: viewing.Line) -> dict[str, Any]:
    entry = line.entry
    return {
        "id": entry.pk,
        "at": entry.at,
        "written": entry.written,
        "deed": entry.deed,
        "group": GROUP_OF.get(entry.deed, ""),
        "actor": line.actor.username if line.actor else None,
        "about": line.about.username if line.about else None,
        "community": line.space.slug if line.space else None,
        "post": line.post.public_id if line.post else None,
        "event": entry.event,
        "facts": dict(line.facts),
        "sentence": line.what,
        "closed": line.closed,
    }


@router.get("/audit", response={200: Trail, **REFUSALS}, summary="The audit trail")
@surface("administrators; names of places and posts only where the reader sees them")
def read_trail(
    request: HttpRequest,
    who: Word = "",
    about: Word = "",
    what: Word = "",
    community: Word = "",
    since: date | None = None,
    until: date | None = None,
    cursor: Word = "",
) -> dict[str, Any]:
    """What was done, by `who`, about whom, of which group, where and when. Each reading leaves an entry itself."""
    if not request.user.administers:
        raise Refused(refuse("not_admin", _("The audit trail is for administrators.")))
    asked = {"who": who, "about": about, "what": what, "space": community, "since": since, "until": until}
    form = TrailForm(asked, reader=request.user)
    if not form.is_valid():
        said = " ".join(error for errors in form.errors.values() for error in errors)
        raise Refused(refuse("bad_value", said))
    shown = page(viewing.found(form.cleaned_data), cursor, by="at", size=AUDIT_PAGE)
    items = [_shape(line) for line in viewing.lines(shown.items, request.user)]
    kept = {name: str(value) for name, value in asked.items() if value}
    audit.write("exported", request.user, path=request.path, asked=str(kept) if kept else "")
    return {"items": items, "next": shown.next or None}
