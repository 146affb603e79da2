"""The review of a charter, and what was decided about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.charters.answering import done
from communities.charters.frame import find, frame_of, tabs_of
from communities.charters.health import health_of
from communities.reviewing import actions
from communities.reviewing.forms import ReviewForm
from communities.reviewing.models import UNDECIDED, Review
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.models import Space
from intranet.runtime.surfaces import surface


@surface("a community about whose future the reader decides")
@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """Renew or archive, also before the day; merging goes on to the page that says what it would mean."""
    space = find(request.user, slug)
    form = ReviewForm(request.user, space, request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _page(request, space, form, status=200 if request.method == "GET" else 422)
    if form.cleaned_data["decision"] == "merge":
        into = {"into": form.cleaned_data["into"].slug, "note": form.cleaned_data["note"]}
        return redirect(f"{reverse('communities:propose', args=[slug])}?{urlencode(into)}")
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
    actions.archive(actor=me, space=space, note=note)
    return _("The community is archived. It can be read, and you can reopen it.")


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
