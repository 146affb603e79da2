"""Pages of the network report, for knowledge managers; for everybody else they do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from intranet.access.verdict import Refused
from intranet.runtime.surfaces import surface
from kms.consent.readers import may_decide, may_read_reports
from kms.forums.models import ForumRequest
from kms.network import actions, consenting, monthly, pairs
from kms.network.forms import ReportForm
from kms.network.models import Snapshot, SnapshotQuerySet, Subscription
from kms.network.names import Names
from kms.network.present import Report
from kms.network.terms import Definition, Level

EARLIER = 12
"""Reports listed below the one shown."""


def for_knowledge_managers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for anybody else, exactly as for an address that is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not may_read_reports(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@surface("knowledge managers; suppressed before it is stored; each look is logged")
@for_knowledge_managers
@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """The newest finished report, or the invitation to ask for the first."""
    return _page(request, _newest(), ReportForm.for_today())


@surface("knowledge managers; suppressed before it is stored; each look is logged")
@for_knowledge_managers
@require_GET
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """One report, finished or on its way."""
    return _page(request, get_object_or_404(_with_asker(), pk=pk), ReportForm.for_today())


@surface("knowledge managers; suppressed before it is stored; each look is logged")
@for_knowledge_managers
@require_GET
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The fragment that a waiting page fetches."""
    return render(request, "network/progress.html", {"snapshot": get_object_or_404(_with_asker(), pk=pk)})


@surface("knowledge managers")
@for_knowledge_managers
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Order a report."""
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, _newest(), form, status=422)
    try:
        snapshot = actions.ask_for_report(asked_by=request.user, **form.terms())
    except Refused as refusal:
        form.add_error("reason", str(refusal.verdict.message))
        return _page(request, _newest(), form, status=422)
    return redirect("network:report", pk=snapshot.pk)


@surface("knowledge managers; the shown cells of one pair of groups; each look is logged")
@for_knowledge_managers
@require_GET
def pair(request: HttpRequest, pk: int) -> HttpResponse:
    """What the figures of one pair of groups are made of."""
    snapshot = get_object_or_404(_with_asker().done(), pk=pk)
    sender, receiver = request.GET.get("from", ""), request.GET.get("to", "")
    if not {sender, receiver} <= set(snapshot.report["tie_matrix"]["order"]):
        raise Http404
    actions.look(person=request.user, snapshot=snapshot, form="pair")
    ways = [
        pairs.way(snapshot.report, one, other)
        for one, other in dict.fromkeys([(sender, receiver), (receiver, sender)])
    ]
    names = Names(snapshot.report["tie_matrix"]["order"])
    context = {
        "snapshot": snapshot,
        "sender": names.label(sender),
        "receiver": names.label(receiver),
        "ways": [(names.label(way.sender), names.label(way.receiver), way) for way in ways if way],
        "together": pairs.together(snapshot.report, sender, receiver),
        "redundancy": _redundancy(snapshot, sender, receiver),
        "history": pairs.history(snapshot, sender, receiver),
    }
    return render(request, "network/pair.html", context)


def _redundancy(snapshot: Snapshot, one: str, other: str) -> list[int] | None:
    return snapshot.report["redundancy"].get("|".join(sorted((one, other))))


@surface("knowledge managers; only people who consented to be shown; each look is logged")
@for_knowledge_managers
@require_GET
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """The network of the people who said that they may be shown by name."""
    snapshot = get_object_or_404(_with_asker().done(), pk=pk)
    actions.look(person=request.user, snapshot=snapshot, form="people")
    graph = consenting.of_people(snapshot)
    context = {"snapshot": snapshot, "drawing": consenting.drawing(graph) if graph else None}
    return render(request, "network/people.html", context)


@surface("knowledge managers and administrators; terms of reports that wait for a second person, no figures")
@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """Reports that need a second person, and what was decided."""
    return _requests(request)


def _requests(request: HttpRequest, refused: str = "", status: int = 200) -> HttpResponse:
    if not may_decide(request.user):
        raise Http404
    rows = _with_asker().select_related("decided_by").newest_first()
    context = {
        "waiting": rows.held(),
        "forums": ForumRequest.objects.held().select_related("asked_by", "community"),
        "decided": rows.exclude(decided_by=None)[:EARLIER],
        "refused": refused,
        "reads": may_read_reports(request.user),
    }
    return render(request, "network/requests.html", context, status=status)


@surface("knowledge managers and administrators; terms of reports, no figures")
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree to a report that needs a second person, or not."""
    if not may_decide(request.user):
        raise Http404
    snapshot = get_object_or_404(Snapshot, pk=pk)
    try:
        actions.decide(actor=request.user, snapshot=snapshot, agree=request.POST.get("agree") == "yes")
    except Refused as refusal:
        return _requests(request, str(refusal.verdict.message), 403)
    return redirect("network:requests")


@surface("knowledge managers; their own subscription")
@for_knowledge_managers
@require_POST
def subscribe(request: HttpRequest) -> HttpResponse:
    """Get the report by mail each month, or no longer."""
    definition, level = request.POST.get("definition", ""), request.POST.get("level", "")
    if definition not in Definition or level not in Level:
        raise Http404
    wanted = request.POST.get("wanted") == "yes"
    try:
        actions.subscribe(person=request.user, definition=definition, level=level, wanted=wanted)
    except Refused as refusal:
        messages.error(request, str(refusal.verdict.message))
    else:
        messages.success(
            request, _("You get it by mail each month.") if wanted else _("You no longer get it by mail.")
        )
    return redirect("network:newest")


def _page(
    request: HttpRequest, snapshot: Snapshot | None, form: ReportForm, status: int = 200
) -> HttpResponse:
    shown, subscribed, alerts = None, False, []
    if snapshot and snapshot.is_done:
        shown = Report(snapshot)
        actions.look(person=request.user, snapshot=snapshot)
        subscribed = Subscription.objects.filter(
            person=request.user, definition=snapshot.definition, level=snapshot.level
        ).exists()
        alerts = [
            (shown.label(one.groups[0]), shown.label(one.groups[1]), one)
            for one in monthly.alerts_of(snapshot)
        ]
    context = {
        "snapshot": snapshot,
        "report": shown,
        "subscribed": subscribed,
        "alerts": alerts,
        "form": form,
        "earlier": _with_asker().newest_first()[:EARLIER],
    }
    return render(request, "network/page.html", context, status=status)


def _newest() -> Snapshot | None:
    return _with_asker().done().of_the_organisation().newest_first().first()


def _with_asker() -> SnapshotQuerySet:
    return Snapshot.objects.select_related("asked_by", "decided_by", "forum")
