"""The pages of policies."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intranet.access.verdict import Refused, refuse
from intranet.people.models import User
from intranet.policies import actions
from intranet.policies.models import Audience, PolicyPage
from intranet.policies.reading import Reading, by_aim, read
from intranet.policies.roots import ROLES, ensure_policies, sync_editor
from intranet.runtime.surfaces import surface

VIEWS = ("clauses", "changes", "versions")


@surface("policies that concern the reader")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All policies that concern me, by what they are for."""
    audience = request.GET.get("for", "")
    options = [{"label": _("All"), "url": "?", "current": audience not in Audience.values}]
    options += [
        {"label": label, "url": f"?for={value}", "current": value == audience}
        for value, label in Audience.choices
    ]
    context = {
        "groups": by_aim(request.user, audience),
        "options": options,
        "may_write": request.user.has_role(*ROLES),
    }
    return render(request, "policies/index.html", context)


def _reading(reader: User, slug: str, version: str) -> Reading:
    if version and not (version.isascii() and version.isdecimal() and len(version) < 7):
        raise Http404
    reading = read(reader, slug, int(version) if version else None)
    if reading is None:
        raise Http404
    return reading


@surface("policies that concern the reader")
@require_GET
def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """One policy: its clauses, what changed, its versions; `?version=` shows it as it was."""
    reading = _reading(request.user, slug, request.GET.get("version", ""))
    view = request.GET.get("view", "")
    at = "" if reading.current else f"version={reading.version.number}&"
    labels = {"clauses": _("Clauses"), "changes": _("What changed"), "versions": _("All versions")}
    counts = {"changes": len(reading.changes) or "", "versions": len(reading.versions)}
    view = view if view in VIEWS and (view != "changes" or reading.previous) else "clauses"
    tabs = [
        {"label": label, "url": f"?{at}view={name}", "current": name == view, "count": counts.get(name, "")}
        for name, label in labels.items()
        if name != "changes" or reading.previous
    ]
    context = {
        "reading": reading,
        "view": view,
        "tabs": tabs,
        "may_write": request.user.has_role(*ROLES),
    }
    return render(request, f"policies/{view}.html", context)


@surface("policies that concern the reader")
@require_GET
def post(request: HttpRequest, public_id: str) -> HttpResponse:
    """From the post of a policy to the policy."""
    page = get_object_or_404(PolicyPage.objects.visible_to(request.user), post__public_id=public_id)
    return redirect(page.get_absolute_url())


@surface("policies that concern the reader")
@require_POST
def acknowledge(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that I have read the current version."""
    reading = _reading(request.user, slug, request.POST.get("version", ""))
    try:
        actions.acknowledge(person=request.user, version=reading.version)
    except Refused as refused:
        return render(request, "403.html", {"verdict": refused.verdict}, status=403)
    messages.success(request, _("Noted: you have read version %(n)s.") % {"n": reading.version.number})
    return redirect(reverse("policies:policy", args=[slug]))


@surface("policy owners; signs in to the editors' desk")
@require_GET
def desk(request: HttpRequest) -> HttpResponse:
    """To the editors' desk, for those who write policies."""
    if not request.user.has_role(*ROLES):
        verdict = refuse("not_policy_owner", _("Policies are written by policy owners."))
        return render(request, "403.html", {"verdict": verdict}, status=403)
    folder = ensure_policies()
    sync_editor(request.user)
    return redirect("wagtailadmin_explore", folder.pk)
