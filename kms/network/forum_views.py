"""Pages on which imported forums are let into reports of their own, and reports on them ordered."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from intranet.access.verdict import Refused
from intranet.content.models import Space
from intranet.runtime.surfaces import surface
from kms.consent.readers import may_decide, may_read_reports
from kms.forums import actions as deciding
from kms.forums import reading
from kms.forums.models import ForumRequest, ForumRequestQuerySet
from kms.network import actions
from kms.network.forms import CountForm, ForumReportForm, months_of_forum
from kms.network.models import Snapshot
from kms.network.views import EARLIER, for_knowledge_managers

RULE = "knowledge managers and administrators; imported communities that are not secret, and who decided; no figures"


@surface(RULE)
@require_GET
def forums(request: HttpRequest) -> HttpResponse:
    """Imported forums, and whether their authors are counted."""
    _check(request)
    newest = {row.community_id: row for row in ForumRequest.objects.order_by("pk")}
    listed = [(one, newest.get(one.pk)) for one in reading.imported()]
    context = {"forums": listed, "reads": may_read_reports(request.user)}
    return render(request, "network/forums.html", context)


@surface(RULE)
@require_GET
def forum(request: HttpRequest, slug: str) -> HttpResponse:
    """One imported forum: what was decided, and for knowledge managers a form to order a report on it."""
    _check(request)
    return _page(request, _community(slug))


@surface(RULE)
@require_POST
def count(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask that the authors of a forum be counted."""
    _check(request)
    community, form = _community(slug), CountForm(request.POST)
    if not form.is_valid():
        return _page(request, community, 422, count=form)
    deciding.ask_to_count(actor=request.user, community=community, **form.cleaned_data)
    return redirect("network:forum", slug=slug)


@surface(RULE)
@require_POST
def decide(request: HttpRequest, slug: str) -> HttpResponse:
    """Agree that the authors of a forum are counted, or not, or no longer."""
    _check(request)
    community = _community(slug)
    asked = _requests(community).first()
    if asked is None:
        raise Http404
    deed = deciding.agree if request.POST.get("agree") == "yes" else deciding.end
    try:
        deed(actor=request.user, request=asked)
    except Refused as refusal:
        return _page(request, community, 403, refused=str(refusal.verdict.message))
    return redirect("network:forum", slug=slug)


@surface("knowledge managers")
@for_knowledge_managers
@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Order a report on the authors of a forum."""
    community = _community(slug)
    form = ForumReportForm(request.POST, months=months_of_forum(community))
    if not form.is_valid():
        return _page(request, community, 422, report=form)
    try:
        snapshot = actions.ask_for_report(asked_by=request.user, forum=community, **form.terms())
    except Refused as refusal:
        form.add_error("reason", str(refusal.verdict.message))
        return _page(request, community, 422, report=form)
    return redirect("network:report", pk=snapshot.pk)


def _check(request: HttpRequest) -> None:
    """404 for whoever may not decide, exactly as for an address that is not there."""
    if not may_decide(request.user):
        raise Http404


def _community(slug: str) -> Space:
    return get_object_or_404(reading.imported(), slug=slug)


def _requests(community: Space) -> ForumRequestQuerySet:
    rows = ForumRequest.objects.filter(community=community).order_by("-pk")
    return rows.select_related("asked_by", "decided_by", "stopped_by")


def _page(
    request: HttpRequest,
    community: Space,
    status: int = 200,
    *,
    count: CountForm | None = None,
    report: ForumReportForm | None = None,
    refused: str = "",
) -> HttpResponse:
    """The page of one forum; a form that was refused stands there with what was typed."""
    asked = list(_requests(community))
    counted = bool(asked and asked[0].is_counted)
    reads = may_read_reports(request.user)
    if report is None and counted and reads:
        report = ForumReportForm(months=months_of_forum(community))
    reports = Snapshot.objects.filter(forum=community).select_related("asked_by").newest_first()
    context = {
        "community": community,
        "asked": asked,
        "count": count or CountForm(),
        "report": report if counted else None,
        "reads": reads,
        "refused": refused,
        "earlier": reports[:EARLIER] if reads else [],
    }
    return render(request, "network/forum.html", context, status=status)
