"""Members: who they are, joining and leaving, asking to be let in and deciding about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.charters.answering import done
from communities.charters.frame import find, frame_of, must_run, tabs_of
from communities.joining import actions, requests
from communities.joining.forms import AddForm, AskToJoinForm
from communities.joining.models import JoinRequest, Outcome
from communities.joining.reading import PAGE, ROLES, members_in, rows_of
from communities.joining.requests import last_declined
from communities.roles.rank import roles_given_by
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.models import Space
from intranet.people.models import User
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in


@surface("members of a community the reader sees into")
@require_http_methods(["GET", "POST"])
def members(request: HttpRequest, slug: str) -> HttpResponse:
    """Who is in; those who run the community add people here."""
    space = find(request.user, slug)
    form = AddForm(request.POST or None)
    if request.method == "GET":
        return _members(request, space, AddForm())
    if not form.is_valid():
        return _members(request, space, form, status=422)
    person = (
        User.objects.active().visible_to(request.user).filter(username=form.cleaned_data["username"]).first()
    )
    if person is None:
        form.add_error("username", _("There is nobody with this username."))
        return _members(request, space, form, status=422)
    try:
        actions.add(actor=request.user, space=space, person=person, role=form.cleaned_data["role"])
    except Refused as refusal:
        return _members(request, space, form, refusal.verdict, status_of(refusal.verdict))
    messages.success(request, _("%(name)s is a member now.") % {"name": person})
    return redirect("communities:members", space.slug)


def _members(
    request: HttpRequest, space: Space, form: AddForm, verdict: Verdict | None = None, status: int = 200
) -> HttpResponse:
    context = frame_of(request, space)
    if not context["inside"]:
        raise Http404
    role, words = request.GET.get("role", ""), request.GET.get("q", "").strip()[:80]
    found = members_in(space, role=role, words=words)
    start = number_in(request.GET.get("from", ""), digits=6)
    rows = list(found[start : start + PAGE + 1])
    context |= {
        "tabs": tabs_of(context, "members"),
        "rows": rows_of(space, rows[:PAGE]),
        "next": start + PAGE if len(rows) > PAGE else None,
        "form": form,
        "verdict": verdict,
        "role_filter": role if role in ROLES else "",
        "words": words,
        "chips": _role_chips(space, role),
        "givable": roles_given_by(request.user, space) if context["runs"] else [],
        "waiting": _waiting(space) if context["runs"] else 0,
    }
    return render(request, "communities/members.html", context, status=status)


def _role_chips(space: Space, current: str) -> list[dict[str, Any]]:
    base = f"{space.get_absolute_url()}members/"
    chips = [{"label": _("All"), "url": base, "current": current not in ROLES}]
    return chips + [
        {"label": role.label, "url": f"{base}?role={role}", "current": current == role} for role in ROLES
    ]


def _waiting(space: Space) -> int:
    return JoinRequest.objects.filter(space=space, outcome=Outcome.WAITING).count()


@surface("a community the reader may know of, through the gate")
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Become a member, or ask to with a reason."""
    space = find(request.user, slug)
    if request.method == "GET":
        return way_in(request, space, AskToJoinForm())
    if "why" not in request.POST:
        return done(
            request,
            lambda: actions.join(person=request.user, space=space),
            "communities:community",
            space.slug,
        )
    form = AskToJoinForm(request.POST)
    if not form.is_valid():
        return way_in(request, space, form, status=422)
    return done(
        request,
        lambda: requests.ask_to_join(person=request.user, space=space, why=form.cleaned_data["why"]),
        "communities:community",
        space.slug,
        said=_("Your request is sent. You are told what was decided."),
    )


def way_in(request: HttpRequest, space: Space, form: AskToJoinForm, status: int = 200) -> HttpResponse:
    """How somebody who is no member comes in."""
    context = frame_of(request, space)
    context |= {
        "form": form,
        "tabs": tabs_of(context, ""),
        "declined": last_declined(request.user, space),
    }
    return render(request, "communities/closed.html", context, status=status)


@surface("the reader's own request")
@require_POST
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take my request back."""
    space = find(request.user, slug)
    return done(
        request,
        lambda: requests.withdraw(person=request.user, space=space),
        "communities:community",
        space.slug,
        said=_("Your request is taken back."),
    )


@surface("requests to join a community the reader runs")
@require_http_methods(["GET", "POST"])
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """Who asks to be let in and why; decided here, declined with a reason."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    if not context["inside"]:
        raise Http404
    must_run(context)
    refusal, refused = None, 0
    if request.method == "POST":
        asked = get_object_or_404(JoinRequest, pk=number_in(request.POST.get("request", "")), space=space)
        try:
            requests.decide(
                actor=request.user,
                request=asked,
                let_in=request.POST.get("decision") == "accept",
                reason=request.POST.get("reason", ""),
            )
            return redirect("communities:requests", space.slug)
        except Refused as problem:
            refusal, refused = problem.verdict, asked.pk
    rows = JoinRequest.objects.filter(space=space).select_related("person__unit", "proposed_by", "decided_by")
    context |= {
        "tabs": tabs_of(context, "members"),
        "waiting": rows.filter(outcome=Outcome.WAITING),
        "decided": rows.exclude(outcome=Outcome.WAITING).order_by("-decided")[:20],
        "verdict": refusal,
        "refused": refused,
    }
    return render(request, "communities/requests.html", context, status=200 if refusal is None else 422)


@surface("a community the reader may know of, through the gate")
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Stop being a member. A community that is secret or by request is out of sight afterwards."""
    space = find(request.user, slug)
    return done(request, lambda: actions.leave(person=request.user, space=space), "communities:index")


@surface("a community the reader may know of, through the gate")
@require_POST
def remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a member out."""
    space = find(request.user, slug)
    person = User.objects.visible_to(request.user).filter(username=request.POST.get("username", "")).first()
    if person is None:
        raise Http404
    return done(
        request,
        lambda: actions.remove(actor=request.user, space=space, person=person),
        "communities:members",
        space.slug,
    )
