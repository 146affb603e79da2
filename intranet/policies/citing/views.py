"""What waits for those who own policies: reviews, languages that lag, citations of clauses that have changed."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from intranet.access.verdict import Refused
from intranet.policies.actions import still_right
from intranet.policies.citing import actions
from intranet.policies.citing.care import policies_in_care
from intranet.policies.citing.models import StaleCitation
from intranet.policies.citing.reading import queue
from intranet.policies.models import PolicyPage
from intranet.policies.views import only_owners
from intranet.runtime.surfaces import surface
from intranet.ui.forms import Form


class ReviewForm(Form):
    """When a policy that is still right is looked over again."""

    until = forms.DateField(label=gettext_lazy("Review again on"))


@surface("policy owners")
@require_GET
def care(request: HttpRequest) -> HttpResponse:
    """All policies with what they need: the ones that are mine first."""
    if refusal := only_owners(request):
        return refusal
    context = {
        "rows": policies_in_care(request.user),
        "citations": StaleCitation.objects.waiting().count(),
    }
    return render(request, "policies/care.html", context)


@surface("policy owners; what cites a clause is named only where they see it")
@require_GET
def citations(request: HttpRequest) -> HttpResponse:
    """Locks, flags and decisions whose clause reads otherwise now."""
    if refusal := only_owners(request):
        return refusal
    settled = request.GET.get("settled") == "1"
    options = [
        {"label": _("Waiting"), "url": "?", "current": not settled},
        {"label": _("Settled"), "url": "?settled=1", "current": settled},
    ]
    context = {"rows": queue(request.user, settled=settled), "settled": settled, "options": options}
    return render(request, "policies/citations.html", context)


@surface("policy owners")
@require_POST
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a citation still stands, or ask who placed it to look again."""
    if refusal := only_owners(request):
        return refusal
    rows = StaleCitation.objects.select_related("changed_in__policy__post")
    citation = get_object_or_404(rows, pk=number)
    try:
        settled = actions.settle(
            owner=request.user, citation=citation, outcome=request.POST.get("outcome", "")
        )
    except Refused as refused:
        return render(request, "403.html", {"verdict": refused.verdict}, status=403)
    messages.success(request, settled.get_outcome_display())
    return redirect("policies:citations")


@surface("policy owners")
@require_POST
def reviewed(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a policy is still right, and when it is looked over again."""
    if refusal := only_owners(request):
        return refusal
    policy = get_object_or_404(PolicyPage.objects.visible_to(request.user).select_related("post"), slug=slug)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        raise Http404
    until: date = form.cleaned_data["until"]
    try:
        still_right(owner=request.user, policy=policy, until=until)
    except Refused as refused:
        return render(request, "403.html", {"verdict": refused.verdict}, status=403)
    messages.success(request, _("Noted: it is still right."))
    return redirect("policies:care")
