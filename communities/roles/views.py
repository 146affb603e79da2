"""Giving roles, and experts of a community by topic."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.charters.answering import done
from communities.charters.frame import find, frame_of, tabs_of
from communities.joining.models import Outcome
from communities.roles import actions
from communities.roles.forms import OfferForm
from communities.roles.models import Expertise
from communities.roles.reading import experts_in
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.tagging import tags_named
from intranet.people.models import User
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in


@surface("members of a community the reader runs, through the gate")
@require_POST
def give(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a member is trusted with."""
    space = find(request.user, slug)
    person = User.objects.visible_to(request.user).filter(username=request.POST.get("username", "")).first()
    if person is None:
        raise Http404
    role = request.POST.get("role", "")
    return done(
        request,
        lambda: actions.give_role(actor=request.user, space=space, person=person, role=role),
        "communities:members",
        slug,
        said=_("%(name)s has the new role.") % {"name": person},
    )


@surface("experts of a community the reader sees into; offers to those who run it and to their authors")
@require_http_methods(["GET", "POST"])
def experts(request: HttpRequest, slug: str) -> HttpResponse:
    """Who answers about what; a member offers themself, those who run the place decide."""
    if request.method == "GET":
        return _experts(request, slug, OfferForm(initial={"topic": request.GET.get("topic", "")}))
    space = find(request.user, slug)
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _experts(request, slug, form, status=422)
    tag = tags_named([form.cleaned_data["topic"]])
    if not tag:
        form.add_error("topic", _("Name a topic."))
        return _experts(request, slug, form, status=422)
    try:
        actions.offer_expertise(
            person=request.user, space=space, tag=tag[0], sentence=form.cleaned_data["sentence"]
        )
    except Refused as refusal:
        return _experts(request, slug, form, refusal.verdict, status_of(refusal.verdict))
    messages.success(request, _("Your offer is sent. You are told what was decided."))
    return redirect("communities:experts", slug)


def _experts(
    request: HttpRequest, slug: str, form: OfferForm, verdict: Verdict | None = None, status: int = 200
) -> HttpResponse:
    space = find(request.user, slug)
    context = frame_of(request, space)
    if not context["inside"]:
        raise Http404
    offers = Expertise.objects.filter(space=space, outcome=Outcome.WAITING).select_related(
        "person__unit", "tag"
    )
    mine = Expertise.objects.filter(space=space, person=request.user).exclude(outcome=Outcome.WITHDRAWN)
    context |= {
        "tabs": tabs_of(context, "members"),
        "experts": experts_in(space),
        "offers": offers if context["runs"] else [],
        "mine": mine.select_related("tag"),
        "form": form,
        "verdict": verdict,
    }
    return render(request, "communities/experts.html", context, status=status)


@surface("an offer in a community the reader runs, or their own")
@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Approve, decline or end what somebody answers about."""
    space = find(request.user, slug)
    rows = Expertise.objects.filter(space=space).select_related("space")
    offer = get_object_or_404(rows, pk=number_in(request.POST.get("offer", "")))
    if request.POST.get("decision") == "end":
        return done(
            request,
            lambda: actions.end_expertise(actor=request.user, offer=offer),
            "communities:experts",
            slug,
        )
    return done(
        request,
        lambda: actions.decide_expertise(
            actor=request.user,
            offer=offer,
            accept=request.POST.get("decision") == "accept",
            reason=request.POST.get("reason", ""),
        ),
        "communities:experts",
        slug,
    )
