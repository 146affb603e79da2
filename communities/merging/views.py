"""The pages of merging: what it would mean, proposals to a community, and where a merger stands."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.charters.frame import find, frame_of, tabs_of
from communities.merging import actions
from communities.merging.forms import ProposalForm
from communities.merging.models import Merger, MergerState
from communities.merging.reading import prospect, seen_by, stays_behind
from intranet.access import visibility
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.models import Space
from intranet.moderation.checks import NOT_FOUND
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in


@surface("a community about whose future the reader decides, and those they may know of")
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose a community (`?into=`), read what merging into it would mean, and propose it."""
    space = find(request.user, slug)
    if space.archived_at and (last := Merger.objects.filter(source=space).first()):
        return redirect(last)
    form = ProposalForm(request.user, space, request.POST or request.GET or None)
    if request.method == "GET" or not form.is_valid():
        return _proposing(request, space, form, status=200 if request.method == "GET" else 422)
    said = form.cleaned_data
    try:
        merger = actions.propose(
            actor=request.user, space=space, into=said["into"], note=said["note"], readers=_confirmed(request)
        )
    except Refused as refusal:
        return _proposing(request, space, form, refusal.verdict)
    messages.success(request, _said_of(merger))
    return redirect(merger)


def _confirmed(request: HttpRequest) -> int:
    """How many new readers were ticked off."""
    return number_in(request.POST.get("readers", ""), digits=7)


def _said_of(merger: Merger) -> str:
    if merger.state == MergerState.DONE:
        return _("The communities are merged.")
    if merger.state == MergerState.ASKED:
        return _("Those who run the other community are asked.")
    return _("The merging has begun. You can leave this page.")


def _proposing(
    request: HttpRequest, space: Space, form: ProposalForm, verdict: Verdict | None = None, status: int = 200
) -> HttpResponse:
    context = frame_of(request, space)
    if not context["reviews"]:
        raise PermissionDenied(_("Only the owners and managers of this community come here."))
    into = form.cleaned_data.get("into") if form.is_bound and form.is_valid() else None
    context |= {
        "form": form,
        "tabs": tabs_of(context, "about"),
        "prospect": prospect(space, into) if into else None,
        "at_once": into is not None and actions.may_consent(request.user, into),
        "verdict": verdict,
    }
    return render(
        request,
        "communities/propose.html",
        context,
        status=status_of(verdict) if verdict is not None else status,
    )


@surface("proposals to merge a community into one that the reader runs, through the gate")
@require_http_methods(["GET", "POST"])
def proposals(request: HttpRequest, slug: str) -> HttpResponse:
    """Communities that would like to become part of this one; the answer of those who run it."""
    space = find(request.user, slug)
    if request.method == "GET":
        return _proposals(request, space)
    rows = Merger.objects.select_related("source", "target", "asked_by").filter(target=space)
    merger = get_object_or_404(rows, public_id=request.POST.get("merger", ""))
    if not visibility.runs_space(request.user, space):
        raise PermissionDenied(_("Only the owners and managers of this community come here."))
    try:
        merger = actions.answer(
            actor=request.user,
            merger=merger,
            accept=request.POST.get("answer") == "accept",
            keep_roles="keep_roles" in request.POST,
            readers=_confirmed(request),
        )
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return _proposals(request, space, refusal.verdict)
    if merger.state == MergerState.DECLINED:
        messages.success(request, _("Declined. The other community is told."))
        return redirect("communities:merges", slug)
    messages.success(request, _said_of(merger))
    return redirect(merger)


def _proposals(request: HttpRequest, space: Space, verdict: Verdict | None = None) -> HttpResponse:
    context = frame_of(request, space)
    if not context["runs"]:
        raise PermissionDenied(_("Only the owners and managers of this community come here."))
    waiting = Merger.objects.waiting().filter(target=space).select_related("source", "target", "asked_by")
    context |= {
        "tabs": tabs_of(context, "about"),
        "rows": [(merger, prospect(merger.source, space)) for merger in waiting],
        "verdict": verdict,
    }
    status = status_of(verdict) if verdict is not None else 200
    return render(request, "communities/merges.html", context, status=status)


@surface("a merger of communities on one of whose sides the reader decides, through the gate")
@require_http_methods(["GET", "POST"])
def merger(request: HttpRequest, public_id: str) -> HttpResponse:
    """How far a merger has come; `withdraw`, `undo` and `resume` take back a proposal or a merger, or go on."""
    found = seen_by(request.user, public_id)
    if found is None:
        raise Http404
    if request.method == "GET":
        return _show(request, found)
    try:
        if "withdraw" in request.POST:
            actions.withdraw(actor=request.user, merger=found)
        elif "undo" in request.POST:
            actions.take_back(actor=request.user, merger=found)
        else:
            actions.resume(actor=request.user, merger=found)
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return _show(request, found, refusal.verdict)
    return redirect(found)


def _show(request: HttpRequest, found: Merger, verdict: Verdict | None = None) -> HttpResponse:
    asked = found.state == MergerState.ASKED
    context = {
        "merger": found,
        "verdict": verdict,
        "may_answer": asked and actions.may_consent(request.user, found.target),
        "may_undo": found.undoable and visibility.reviews_space(request.user, found.target),
        "may_withdraw": asked and visibility.reviews_space(request.user, found.source),
        "may_resume": found.state == MergerState.STOPPED
        and visibility.runs_space(request.user, found.target),
        "stays": stays_behind(found) if found.state == MergerState.UNDONE else 0,
    }
    status = status_of(verdict) if verdict is not None else 200
    return render(request, "communities/merger.html", context, status=status)
