"""Where administrators place and end holds, take copies of people's data, and erase people, always two of them."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.access import visibility
from intranet.audit import holds as holding
from intranet.audit.models import LegalHold
from intranet.keeping import erasing, takeouts
from intranet.keeping.desk import for_administrators, parts
from intranet.keeping.forms import AboutForm, HoldForm
from intranet.keeping.models import Erasure, Takeout
from intranet.moderation.answering import Sent, done, send
from intranet.moderation.desk import tabs
from intranet.people.models import User
from intranet.runtime.surfaces import surface

RULE = "administrators; names of places and posts only where the reader sees them"


def _named(hold: LegalHold, reader: User) -> LegalHold:
    """The hold with what the page says of it: `target`, empty where the reader does not see, and what can be done."""
    hold.target, hold.url = "", ""
    if hold.person:
        hold.target, hold.url = hold.person.display_name, f"/people/{hold.person.username}/"
    elif hold.post and visibility.sees_post(reader, hold.post):
        hold.target, hold.url = str(hold.post), hold.post.get_absolute_url()
    elif hold.space and visibility.sees_space(reader, hold.space):
        hold.target, hold.url = hold.space.label, hold.space.get_absolute_url()
    hold.settling = holding.may_settle(reader, hold, hold.step)
    return hold


@surface(RULE)
@require_http_methods(["GET", "POST"])
@for_administrators
def holds(request: HttpRequest) -> HttpResponse:
    """Every hold, and asking for a new one."""
    form = HoldForm(request.POST or None, reader=request.user)

    def ask(target: dict[str, Any], reason: str, **_typed: str) -> None:
        holding.request_hold(actor=request.user, reason=reason, **target)

    words = _("Asked for. It holds when another administrator agrees.")
    sent = send(request, form, ask, "keeping:holds", said=words)
    rows = LegalHold.objects.select_related(
        "person",
        "post__space",
        "post__root",
        "space",
        "requested_by",
        "approved_by",
        "release_asked_by",
        "released_by",
        "declined_by",
    )[:200]
    context = {
        "form": form,
        "holds": [_named(hold, request.user) for hold in sorted(rows, key=lambda row: not row.waits)],
        "tabs": tabs(request, "audit"),
        "parts": parts("holds"),
    }
    return sent.answer or sent.page(request, "keeping/holds.html", context)


@surface(RULE)
@require_POST
@for_administrators
def settle_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a hold or to its end, say no to it, or ask for its end."""
    hold = get_object_or_404(LegalHold, pk=pk)
    deeds: dict[str, tuple[Any, str]] = {
        "approve": (partial(holding.settle_request, agreed=True), _("It holds.")),
        "decline": (partial(holding.settle_request, agreed=False), _("Declined.")),
        "ask": (holding.ask_release, _("Asked for. It holds until another administrator agrees to end it.")),
        "release": (partial(holding.settle_release, agreed=True), _("It ended.")),
        "keep": (partial(holding.settle_release, agreed=False), _("It goes on.")),
    }
    wanted = request.POST.get("deed", "")
    if wanted not in deeds:
        return redirect("keeping:holds")
    deed, words = deeds[wanted]
    return done(request, partial(deed, actor=request.user, hold=hold), "keeping:holds", said=words)


def _people_page(
    request: HttpRequest, sent: Sent, *, copy: AboutForm | None = None, erasure: AboutForm | None = None
) -> HttpResponse:
    rows = list(Erasure.objects.select_related("person", "requested_by", "settled_by")[:100])
    for row in rows:
        row.agreeing = erasing.may_agree(request.user, row)
        row.hindrance = erasing.hindrance(row.person) if row.waits else None
    mine = Takeout.objects.visible_to(request.user).exclude(person=request.user).select_related("person")
    context = {
        "copy": copy or AboutForm(prefix="copy"),
        "erasure": erasure or AboutForm(prefix="erasure"),
        "erasures": sorted(rows, key=lambda row: not row.waits),
        "takeouts": mine[:50],
        "tabs": tabs(request, "audit"),
        "parts": parts("people"),
    }
    return sent.page(request, "keeping/people.html", context)


@surface(RULE)
@require_GET
@for_administrators
def people(request: HttpRequest) -> HttpResponse:
    """Copies that I asked for, and erasures that wait or are done."""
    return _people_page(request, Sent())


@surface("administrators; a copy without what they may not read")
@require_POST
@for_administrators
def ask_copy(request: HttpRequest) -> HttpResponse:
    """Ask for a copy of somebody's data."""
    form = AboutForm(request.POST, prefix="copy")
    words = _("It is being made. Come back to this page in a minute.")
    deed = partial(takeouts.request_takeout, actor=request.user)
    sent = send(request, form, deed, "keeping:people", said=words)
    return sent.answer or _people_page(request, sent, copy=form)


@surface("administrators")
@require_POST
@for_administrators
def ask_erasure(request: HttpRequest) -> HttpResponse:
    """Ask that somebody be erased."""
    form = AboutForm(request.POST, prefix="erasure")
    words = _("Asked for. Another administrator has to agree.")
    deed = partial(erasing.request_erasure, actor=request.user)
    sent = send(request, form, deed, "keeping:people", said=words)
    return sent.answer or _people_page(request, sent, erasure=form)


@surface("administrators")
@require_POST
@for_administrators
def settle_erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase the person as somebody else asked, or decline."""
    erasure = get_object_or_404(Erasure, pk=pk)
    agreed = request.POST.get("deed") == "erase"
    deed, words = (erasing.erase, _("Erased.")) if agreed else (erasing.decline, _("Declined."))
    return done(request, partial(deed, actor=request.user, erasure=erasure), "keeping:people", said=words)
