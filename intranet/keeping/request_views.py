"""Where administrators place and end holds, take copies of people's data, and erase people, always two of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from intranet.access import visibility
from intranet.access.verdict import Refused, Verdict
from intranet.audit import holds as holding
from intranet.audit.models import LegalHold
from intranet.keeping import erasing, takeouts
from intranet.keeping.desk import for_administrators, parts
from intranet.keeping.forms import AboutForm, HoldForm
from intranet.keeping.models import Erasure, Takeout
from intranet.moderation.desk import done_or_refused, tabs
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
    hold.approving = holding.may_approve(reader, hold)
    hold.releasing = holding.may_release(reader, hold)
    return hold


@surface(RULE)
@require_http_methods(["GET", "POST"])
@for_administrators
def holds(request: HttpRequest) -> HttpResponse:
    """Every hold, and asking for a new one."""
    form, verdict, status = HoldForm(request.POST or None, reader=request.user), None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                holding.request_hold(
                    actor=request.user, reason=form.cleaned_data["reason"], **form.cleaned_data["target"]
                )
            except Refused as refused:
                verdict, status = refused.verdict, 409
            else:
                messages.success(request, _("Asked for. It holds when another administrator agrees."))
                return redirect("keeping:holds")
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
        "verdict": verdict,
        "holds": [_named(hold, request.user) for hold in rows],
        "tabs": tabs(request, "audit"),
        "parts": parts("holds"),
    }
    return render(request, "keeping/holds.html", context, status=status)


@surface(RULE)
@require_POST
@for_administrators
def settle_hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a hold or to its end, say no to it, or ask for its end."""
    hold, actor = get_object_or_404(LegalHold, pk=pk), request.user
    deeds: dict[str, tuple[Any, str]] = {
        "approve": (lambda: holding.settle_request(actor=actor, hold=hold, agreed=True), _("It holds.")),
        "decline": (lambda: holding.settle_request(actor=actor, hold=hold, agreed=False), _("Declined.")),
        "ask": (
            lambda: holding.ask_release(actor=actor, hold=hold),
            _("Asked for. It holds until another administrator agrees to end it."),
        ),
        "release": (lambda: holding.settle_release(actor=actor, hold=hold, agreed=True), _("It ended.")),
        "keep": (lambda: holding.settle_release(actor=actor, hold=hold, agreed=False), _("It goes on.")),
    }
    wanted = request.POST.get("deed", "")
    if wanted not in deeds:
        return redirect("keeping:holds")
    deed, words = deeds[wanted]
    return done_or_refused(request, deed, "keeping:holds", words)


def _people_page(
    request: HttpRequest,
    *,
    copy: AboutForm | None = None,
    erasure: AboutForm | None = None,
    verdict: Verdict | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = list(Erasure.objects.select_related("person", "requested_by", "settled_by")[:100])
    for row in rows:
        row.agreeing = erasing.may_agree(request.user, row)
        row.hindrance = erasing.hindrance(row.person) if row.waits else None
    mine = Takeout.objects.visible_to(request.user).exclude(person=request.user).select_related("person")
    context = {
        "copy": copy or AboutForm(prefix="copy"),
        "erasure": erasure or AboutForm(prefix="erasure"),
        "verdict": verdict,
        "erasures": rows,
        "takeouts": mine[:50],
        "tabs": tabs(request, "audit"),
        "parts": parts("people"),
    }
    return render(request, "keeping/people.html", context, status=status)


@surface(RULE)
@require_GET
@for_administrators
def people(request: HttpRequest) -> HttpResponse:
    """Copies that I asked for, and erasures that wait or are done."""
    return _people_page(request)


@surface("administrators; a copy without what they may not read")
@require_POST
@for_administrators
def ask_copy(request: HttpRequest) -> HttpResponse:
    """Ask for a copy of somebody's data."""
    form = AboutForm(request.POST, prefix="copy")
    if not form.is_valid():
        return _people_page(request, copy=form, status=422)
    try:
        takeouts.request_takeout(actor=request.user, **form.cleaned_data)
    except Refused as refused:
        return _people_page(request, copy=form, verdict=refused.verdict, status=409)
    messages.success(request, _("It is being made. Come back to this page in a minute."))
    return redirect("keeping:people")


@surface("administrators")
@require_POST
@for_administrators
def ask_erasure(request: HttpRequest) -> HttpResponse:
    """Ask that somebody be erased."""
    form = AboutForm(request.POST, prefix="erasure")
    if not form.is_valid():
        return _people_page(request, erasure=form, status=422)
    try:
        erasing.request_erasure(actor=request.user, **form.cleaned_data)
    except Refused as refused:
        return _people_page(request, erasure=form, verdict=refused.verdict, status=409)
    messages.success(request, _("Asked for. Another administrator has to agree."))
    return redirect("keeping:people")


@surface("administrators")
@require_POST
@for_administrators
def settle_erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """Erase the person as somebody else asked, or decline."""
    erasure = get_object_or_404(Erasure, pk=pk)
    if request.POST.get("deed") != "erase":
        return done_or_refused(
            request,
            lambda: erasing.decline(actor=request.user, erasure=erasure),
            "keeping:people",
            _("Declined."),
        )
    return done_or_refused(
        request, lambda: erasing.erase(actor=request.user, erasure=erasure), "keeping:people", _("Erased.")
    )
