"""The review of a charter, and what was decided about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.charters.answering import done
from communities.charters.frame import find, frame_of, tabs_of
from communities.charters.health import health_of
from communities.reviewing import actions
from communities.reviewing.forms import ReviewForm
from communities.reviewing.models import UNDECIDED, Decision, Review
from intranet.access.verdict import Refused, Verdict
from intranet.content.models import Space
from intranet.posting.writing import status_of
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in


@surface("a community about whose future the reader decides")
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Renew, merge or archive; also before the day."""
    space = find(request.user, slug)
    form = ReviewForm(request.user, space, request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, space, form, status=200 if request.method == "GET" else 422)
    try:
        said = _decide(request, space, form.cleaned_data)
    except Refused as refusal:
        return _page(request, space, form, refusal.verdict, status_of(refusal.verdict))
    messages.success(request, said)
    return redirect(space)


def _decide(request: HttpRequest, space: Space, said: dict[str, Any]) -> str:
    me, note = request.user, said["note"]
    if said["decision"] == "renew":
        actions.renew(actor=me, space=space, until=said["until"], note=note)
        return _("The community goes on.")
    if said["decision"] == "archive":
        actions.archive(actor=me, space=space, note=note)
        return _("The community is archived. It can be read, and you can reopen it.")
    made = actions.ask_to_merge(actor=me, space=space, into=said["into"], note=note)
    if made.decision == Decision.MERGED:
        return _("The communities are merged. Everything written here stays readable.")
    return _("The owner of the other community is asked.")


def _page(
    request: HttpRequest, space: Space, form: ReviewForm, verdict: Verdict | None = None, status: int = 200
) -> HttpResponse:
    context = frame_of(request, space)
    if not context["reviews"]:
        raise PermissionDenied(_("Only the owners and managers of this community come here."))
    rows = Review.objects.filter(space=space).select_related("decided_by", "into", "asked_by")
    context |= {
        "form": form,
        "verdict": verdict,
        "tabs": tabs_of(context, "about"),
        "open_review": rows.filter(decision__in=UNDECIDED).first(),
        "past": rows.exclude(decision__in=UNDECIDED)[:10],
        "health": health_of(space) if context["inside"] else None,
    }
    return render(request, "communities/review.html", context, status=status)


@surface("a community about whose future the reader decides, through the gate")
@require_POST
def reopen(request: HttpRequest, slug: str) -> HttpResponse:
    """Let people write again in an archived community."""
    space = find(request.user, slug)
    return done(
        request,
        lambda: actions.reopen(actor=request.user, space=space),
        "communities:community",
        slug,
        said=_("The community is open again."),
    )


@surface("proposals to merge a community into one that the reader runs")
@require_http_methods(["GET", "POST"])
def merges(request: HttpRequest, slug: str) -> HttpResponse:
    """Communities that would like to become part of this one."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    if not context["runs"]:
        raise PermissionDenied(_("Only the owners and managers of this community come here."))
    rows = Review.objects.filter(into=space, decision=Decision.MERGE_ASKED)
    rows = rows.select_related("space", "into", "asked_by")
    if request.method == "POST":
        proposal = get_object_or_404(rows, pk=number_in(request.POST.get("review", "")))
        accept = request.POST.get("answer") == "accept"
        return done(
            request,
            lambda: actions.answer_merge(actor=request.user, review=proposal, accept=accept),
            "communities:merges",
            slug,
        )
    context |= {"rows": rows, "tabs": tabs_of(context, "members")}
    return render(request, "communities/merges.html", context)
