"""Addresses from which a report is taken away as a file. All read the same suppressed report; each look is logged."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from intranet.runtime.surfaces import surface
from kms.network import actions, consenting, exports, graphs
from kms.network.models import Snapshot
from kms.network.views import for_knowledge_managers

RULE = "knowledge managers; suppressed before it is stored; each look is logged"
GRAPHS = {
    "graphml": (graphs.as_graphml, "application/graphml+xml"),
    "gexf": (graphs.as_gexf, "application/gexf+xml"),
}


def _exported(request: HttpRequest, pk: int, form: str) -> Snapshot:
    snapshot = get_object_or_404(Snapshot.objects.done(), pk=pk)
    actions.look(person=request.user, snapshot=snapshot, form=form)
    return snapshot


def _attached(content: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@surface(RULE, kind="export")
@for_knowledge_managers
@require_GET
def as_json(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole suppressed report."""
    snapshot = _exported(request, pk, "json")
    return JsonResponse(snapshot.report, json_dumps_params={"ensure_ascii": False, "indent": 1})


@surface(RULE, kind="export")
@for_knowledge_managers
@require_GET
def as_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """The suppressed matrix, for a spreadsheet."""
    snapshot = _exported(request, pk, "csv")
    text = "\ufeff" + exports.as_csv(snapshot.report)
    return _attached(text, "text/csv; charset=utf-8", f"network-{snapshot.pk}.csv")


@surface(f"{RULE}; people only who consented to be shown", kind="export")
@for_knowledge_managers
@require_GET
def as_graph(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The network for Gephi and its like: groups, or with `?people=1` those people who consented."""
    write, kind = GRAPHS[form]
    snapshot = _exported(request, pk, form)
    if request.GET.get("people"):
        graph = consenting.of_people(snapshot)
        if graph is None:
            raise Http404
        return _attached(write(graph), kind, f"network-{snapshot.pk}-people.{form}")
    return _attached(write(graphs.of_groups(snapshot.report)), kind, f"network-{snapshot.pk}.{form}")
