"""What a community promises, how it keeps it, and who is on duty; those who run it change it here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.charters.frame import find, frame_of, tabs_of
from communities.promises import actions
from communities.promises.duty import turns_of
from communities.promises.forms import HoursForm, ReasonForm, TurnsForm
from communities.promises.keeping import explained, keeping_of
from communities.promises.models import DutyPerson
from communities.questions.promises import promise_of
from intranet.access.deeds import Deed
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.moderation.checks import NOT_FOUND
from intranet.people.models import User
from intranet.runtime.surfaces import surface
from intranet.settings.product import HIT_RATE_DAYS
from intranet.ui.forms import Form
from intranet.ui.numbers import number_in

PERIODS = (HIT_RATE_DAYS, 90, 365)
PAGE = 20
WEEKS = 8


def _inside(request: HttpRequest, slug: str) -> dict[str, Any]:
    """The frame of a community into which the reader sees, or 404."""
    context = frame_of(request, find(request.user, slug))
    if not context["inside"]:
        raise Http404
    return context | {"tabs": tabs_of(context, "queues"), "promise": promise_of(context["space"])}


@surface("a community the reader sees into; its questions and whom they were put to")
def promise(request: HttpRequest, slug: str) -> HttpResponse:
    """The promise: hours, calendar, turns, the rate at which it is kept, and the misses."""
    return _promise(request, slug)


def _promise(
    request: HttpRequest, slug: str, verdict: Verdict | None = None, status: int = 200
) -> HttpResponse:
    context = _inside(request, slug)
    space = context["space"]
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS) else HIT_RATE_DAYS
    kept = keeping_of(space, days=days)
    start = number_in(request.GET.get("from", ""), digits=5)
    shown = kept.missed[start : start + PAGE]
    context |= {
        "keeping": kept,
        "misses": explained(shown, space, request.user, kept.until),
        "next": start + PAGE if len(kept.missed) > start + PAGE else None,
        "days": days,
        "periods": [
            {"label": _("%(n)s days") % {"n": n}, "url": f"?days={n}", "current": n == days} for n in PERIODS
        ],
        "turns": turns_of(space, weeks=WEEKS, now=kept.until),
        "office": getattr(space, "office_hours", None),
        "today": kept.until.astimezone(context["promise"].calendar.zone).date(),
        "people": _takers(space),
        "verdict": verdict,
    }
    return render(request, "communities/promise.html", context, status=status)


def _takers(space: Space) -> list[User]:
    rows = DutyPerson.objects.filter(space=space, person__is_active=True).select_related("person")
    return [row.person for row in rows]


def _change(
    request: HttpRequest, slug: str, form: Form, template: str, deed: Callable[[Space], object]
) -> HttpResponse:
    """Show `form` to those who run the community, and do `deed` when it was sent and fits."""
    context = _inside(request, slug)
    space = context["space"]
    allowed = gate.verdict_on(
        gate.Permit(actor=request.user, deed=Deed.MANAGE, space=space, post=None, root=None)
    )
    if not allowed:
        return render(request, "403.html", {"verdict": allowed}, status=status_of(allowed))
    verdict, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                deed(space)
            except Refused as refusal:
                verdict, status = refusal.verdict, status_of(refusal.verdict)
            else:
                messages.success(request, _("Saved."))
                return redirect("communities:promise", slug)
    return render(request, template, context | {"form": form, "verdict": verdict}, status=status)


@surface("a community the reader runs, through the gate")
@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, slug: str) -> HttpResponse:
    """Change when the community works and within how many hours it answers."""
    space = find(request.user, slug)
    initial = HoursForm.initial_of(promise_of(space).hours, getattr(space, "office_hours", None))
    form = HoursForm(request.POST or None, initial=initial)
    return _change(
        request,
        slug,
        form,
        "communities/promise_hours.html",
        lambda place: actions.set_hours(actor=request.user, space=place, working=form.working()),
    )


@surface("a community the reader runs, through the gate")
@require_http_methods(["GET", "POST"])
def rota(request: HttpRequest, slug: str) -> HttpResponse:
    """Change who takes turns of duty, in which order."""
    space = find(request.user, slug)
    listed = "\n".join(person.username for person in _takers(space))
    form = TurnsForm(request.POST if request.method == "POST" else None, initial={"people": listed})

    def deed(place: Space) -> None:
        people = [actions.colleague(request.user, name) for name in form.usernames()]
        actions.set_turns(actor=request.user, space=place, people=people)

    return _change(request, slug, form, "communities/promise_rota.html", deed)


@surface("a community the reader runs, through the gate")
@require_POST
def swap(request: HttpRequest, slug: str) -> HttpResponse:
    """Give one week of duty to somebody, or back to whose turn it is."""
    space = find(request.user, slug)
    name = request.POST.get("person", "")
    try:
        week = date.fromisoformat(request.POST.get("week", ""))
    except ValueError:
        raise Http404 from None
    return _deed(
        request,
        slug,
        lambda: actions.swap(
            actor=request.user,
            space=space,
            week=week,
            person=actions.colleague(request.user, name) if name else None,
        ),
    )


@surface("a question the reader may see, through the gate")
@require_POST
def explain(request: HttpRequest, slug: str, public_id: str) -> HttpResponse:
    """Say why a promise was missed."""
    questions = Post.objects.visible_to(request.user).threads().filter(space__slug=slug)
    question = get_object_or_404(questions, public_id=public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        raise Http404
    reason = form.cleaned_data["reason"]
    return _deed(request, slug, lambda: actions.explain(actor=request.user, question=question, reason=reason))


def _deed(request: HttpRequest, slug: str, deed: Callable[[], object]) -> HttpResponse:
    try:
        deed()
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return _promise(request, slug, refusal.verdict, status_of(refusal.verdict))
    messages.success(request, _("Saved."))
    return redirect("communities:promise", slug)
