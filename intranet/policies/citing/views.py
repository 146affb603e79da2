"""What waits for those who own policies: reviews, languages that lag, citations of clauses that have changed."""

from __future__ import annotations

from functools import partial

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from intranet.moderation.answering import done
from intranet.policies.actions import still_right
from intranet.policies.citing import actions
from intranet.policies.citing.care import policies_in_care
from intranet.policies.citing.models import StaleCitation, Verdict
from intranet.policies.citing.reading import queue
from intranet.policies.models import PolicyPage
from intranet.policies.views import for_owners
from intranet.runtime.surfaces import surface
from intranet.ui.forms import Form


class ReviewForm(Form):
    """When a policy that is still right is looked over again."""

    until = forms.DateField(label=gettext_lazy("Review again on"))


@surface("policy owners")
@require_GET
@for_owners
def care(request: HttpRequest) -> HttpResponse:
    """All policies with what they need: the ones that are mine first."""
    context = {
        "rows": policies_in_care(request.user),
        "citations": StaleCitation.objects.waiting().count(),
    }
    return render(request, "policies/care.html", context)


@surface("policy owners; what cites a clause is named only where they see it")
@require_GET
@for_owners
def citations(request: HttpRequest) -> HttpResponse:
    """Locks, flags and decisions whose clause reads otherwise now."""
    settled = request.GET.get("settled") == "1"
    options = [
        {"label": _("Waiting"), "url": "?", "current": not settled},
        {"label": _("Settled"), "url": "?settled=1", "current": settled},
    ]
    context = {"rows": queue(request.user, settled=settled), "settled": settled, "options": options}
    return render(request, "policies/citations.html", context)


@surface("policy owners")
@require_POST
@for_owners
def settle(request: HttpRequest, number: int) -> HttpResponse:
    """Say that a citation still stands, or ask who placed it to look again."""
    rows = StaleCitation.objects.select_related("changed_in__policy__post")
    citation = get_object_or_404(rows, pk=number)
    outcome = request.POST.get("outcome", "")
    deed = partial(actions.settle, owner=request.user, citation=citation, outcome=outcome)
    return done(request, deed, "policies:citations", said=dict(Verdict.choices).get(outcome, ""))


@surface("policy owners")
@require_POST
@for_owners
def reviewed(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that a policy is still right, and when it is looked over again."""
    policy = get_object_or_404(PolicyPage.objects.visible_to(request.user).select_related("post"), slug=slug)
    form = ReviewForm(request.POST)
    if not form.is_valid():
        raise Http404
    deed = partial(still_right, owner=request.user, policy=policy, **form.cleaned_data)
    return done(request, deed, "policies:care", said=_("Noted: it is still right."))
