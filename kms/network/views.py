"""Pages of the network report, for knowledge managers; for everybody else they do not exist."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from intranet.runtime.surfaces import surface
from kms.network import actions, exports
from kms.network.forms import ReportForm
from kms.network.models import Snapshot
from kms.network.present import Report

EARLIER = 12
"""Reports listed below the one shown."""


def for_knowledge_managers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for anybody else, exactly as for an address that is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not actions.may_read_reports(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@surface("knowledge managers; suppressed before it is stored; each look is logged")
@for_knowledge_managers
@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """The newest finished report, or the invitation to ask for the first."""
    snapshot = _with_asker().done().newest_first().first()
    return _page(request, snapshot, ReportForm.for_today())


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
        return _page(request, _with_asker().done().newest_first().first(), form, status=422)
    snapshot = actions.ask_for_report(asked_by=request.user, **form.terms())
    return redirect("network:report", pk=snapshot.pk)


@surface("knowledge managers; suppressed before it is stored; each look is logged", kind="export")
@for_knowledge_managers
@require_GET
def as_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole suppressed report."""
    snapshot = _exported(request, pk, "json")
    return JsonResponse(snapshot.report, json_dumps_params={"ensure_ascii": False, "indent": 1})


@surface("knowledge managers; suppressed before it is stored; each look is logged", kind="export")
@for_knowledge_managers
@require_GET
def as_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The suppressed matrix, for a spreadsheet."""
    snapshot = _exported(request, pk, "csv")
    text = "\ufeff" + exports.as_csv(snapshot.report or {})
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="network-{snapshot.pk}.csv"'},
    )


def _exported(request: HttpRequest, pk: int, form: str) -> Snapshot:
    snapshot = get_object_or_404(Snapshot.objects.done(), pk=pk)
    actions.look(person=request.user, snapshot=snapshot, form=form)
    return snapshot


def _page(
    request: HttpRequest, snapshot: Snapshot | None, form: ReportForm, status: int = 200
) -> HttpResponse:
    shown = None
    if snapshot and snapshot.is_done:
        shown = Report(snapshot)
        actions.look(person=request.user, snapshot=snapshot)
    context = {
        "snapshot": snapshot,
        "report": shown,
        "form": form,
        "earlier": _with_asker().newest_first()[:EARLIER],
    }
    return render(request, "network/page.html", context, status=status)


def _with_asker():
    return Snapshot.objects.select_related("asked_by")
