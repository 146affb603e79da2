"""Bringing people in: by name, and answering an invitation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from communities.charters.answering import done
from communities.charters.frame import find, frame_of, tabs_of
from communities.inviting import actions
from communities.inviting.models import Invitation
from communities.inviting.reading import chosen_people, found_people
from communities.joining import actions as joining
from communities.roles.rank import roles_given_by
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.kinds import SpaceRole
from intranet.content.models import Space
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in


@surface("people the reader may know of; a community into which they may invite")
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose people by name and invite them, or add them at once. The search works without scripts."""
    space = find(request.user, slug)
    context = _context(request, space)
    if request.method == "GET":
        return _page(request, space, context)
    people = chosen_people(request.user, request.POST.getlist("who"))
    role = request.POST.get("role", SpaceRole.MEMBER)
    if not people:
        return _page(request, space, context, problem=_("Choose at least one person."), status=422)
    at_once = "add" in request.POST
    note = request.POST.get("note", "")
    try:
        with transaction.atomic():
            for person in people:
                if at_once:
                    joining.add(actor=request.user, space=space, person=person, role=role)
                else:
                    actions.invite(actor=request.user, space=space, person=person, role=role, note=note)
    except Refused as refusal:
        return _page(request, space, context, verdict=refusal.verdict, status=status_of(refusal.verdict))
    messages.success(request, _told(len(people), at_once=at_once))
    return redirect("communities:invite", space.slug)


def _told(n: int, *, at_once: bool) -> str:
    if at_once:
        return ngettext("%(n)d person was added.", "%(n)d people were added.", n) % {"n": n}
    return ngettext("%(n)d person was invited.", "%(n)d people were invited.", n) % {"n": n}


def _context(request: HttpRequest, space: Space) -> dict[str, Any]:
    context = frame_of(request, space)
    if not context["inside"]:
        raise Http404
    if not context["may_invite"]:
        raise PermissionDenied(actions.may_invite(request.user, space).message or _("It is archived."))
    return context


def _page(
    request: HttpRequest,
    space: Space,
    context: dict[str, Any],
    *,
    verdict: Verdict | None = None,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    sent = request.POST or request.GET
    words = sent.get("q", "")[:80]
    chosen = chosen_people(request.user, sent.getlist("who"))
    waiting = Invitation.objects.open_at(timezone.now()).filter(space=space).select_related("person", "by")
    roles = [role for role in roles_given_by(request.user, space) if role in joining.GIVEN]
    context |= {
        "tabs": tabs_of(context, "members"),
        "words": words,
        "chosen": chosen,
        "found": [each for each in found_people(request.user, space, words) if each not in chosen],
        "roles": roles if context["runs"] else [SpaceRole.MEMBER],
        "role_chosen": sent.get("role", SpaceRole.MEMBER),
        "note": sent.get("note", "")[:400],
        "waiting": waiting if context["runs"] else waiting.filter(by=request.user),
        "verdict": verdict,
        "problem": problem,
    }
    return render(request, "communities/invite.html", context, status=status)


@surface("people the reader may know of; a community into which they may invite")
def people(request: HttpRequest, slug: str) -> HttpResponse:
    """People called what is being typed, as a fragment."""
    space = find(request.user, slug)
    _context(request, space)
    found = found_people(request.user, space, request.GET.get("q", "")[:80])
    return render(request, "communities/found_people.html", {"found": found})


@surface("an invitation into a community the reader runs, or that they made")
@require_POST
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take an invitation back."""
    space = find(request.user, slug)
    rows = Invitation.objects.filter(space=space).select_related("space", "by")
    invitation = get_object_or_404(rows, pk=number_in(request.POST.get("invitation", "")))
    return done(
        request,
        lambda: actions.take_back(actor=request.user, invitation=invitation),
        "communities:invite",
        space.slug,
    )


@surface("the reader's own invitations")
@require_http_methods(["GET", "POST"])
def invitations(request: HttpRequest) -> HttpResponse:
    """Invitations that wait for my answer; here alone is a secret community named to who is not in it yet."""
    mine = Invitation.objects.open_at(timezone.now()).filter(person=request.user)
    mine = mine.select_related("space__charter__owner", "by__unit")
    if request.method == "GET":
        return render(request, "communities/invitations.html", {"rows": mine})
    invitation = get_object_or_404(mine, pk=number_in(request.POST.get("invitation", "")))
    if request.POST.get("answer") != "accept":
        actions.decline(person=request.user, invitation=invitation)
        return redirect("communities:invitations")
    try:
        joined = actions.accept(person=request.user, invitation=invitation)
    except Refused as refusal:
        return render(request, "403.html", {"verdict": refusal.verdict}, status=403)
    if joined is None:
        messages.success(request, _("Your request is sent. You are told what was decided."))
        return redirect("communities:invitations")
    return redirect(invitation.space)
