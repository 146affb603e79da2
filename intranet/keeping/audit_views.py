"""The audit trail: looking, and taking it along."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from intranet.audit import heads
from intranet.audit.models import AuditBatch, AuditEntry
from intranet.keeping import retention as keeping
from intranet.keeping import viewing
from intranet.keeping.desk import for_administrators, parts
from intranet.keeping.forms import TrailForm
from intranet.moderation.desk import tabs
from intranet.people.models import User
from intranet.runtime.surfaces import surface
from intranet.settings.product import AUDIT_PAGE
from intranet.ui.paging import page

RULE = "administrators; names of places and posts only where the reader sees them"
COLUMNS = ("id", "at", "deed", "actor", "about", "space", "post", "event", "facts", "sentence")
CHUNK = 500


@surface(RULE)
@require_GET
@for_administrators
def trail(request: HttpRequest) -> HttpResponse:
    """What was done, newest first, with filters."""
    form = TrailForm(request.GET if _asks(request) else None, reader=request.user)
    rows = AuditEntry.objects.all()
    if form.is_bound:
        rows = viewing.found(form.cleaned_data) if form.is_valid() else rows.none()
    shown = page(rows, request.GET.get("cursor", ""), by="at", size=AUDIT_PAGE)
    query = request.GET.copy()
    query.pop("cursor", None)
    context = {
        "form": form,
        "lines": viewing.lines(shown.items, request.user),
        "next": shown.next,
        "query": f"{query.urlencode()}&" if query else "",
        "head": AuditBatch.objects.order_by("-number").only("number", "digest", "sealed_at").first(),
        "written": _last_written(),
        "filtered": any(form.cleaned_data.values()) if form.is_bound and form.is_valid() else False,
        "tabs": tabs(request, "audit"),
        "parts": parts("audit"),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "keeping/audit.html", context, status=status)


def _asks(request: HttpRequest) -> bool:
    return bool(set(request.GET) & set(TrailForm.base_fields))


def _last_written() -> heads.Head | None:
    """The head that was written to a file last."""
    try:
        written = heads.exported()
    except heads.BadHeads:
        return None
    return written[-1] if written else None


@surface(RULE, kind="export")
@require_GET
@for_administrators
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The entries that fit the filters, as a table; taking it leaves an entry."""
    form = TrailForm(request.GET, reader=request.user)
    if not form.is_valid():
        return render(
            request,
            "keeping/audit.html",
            {"form": form, "tabs": tabs(request, "audit"), "parts": parts("audit")},
            status=422,
        )
    rows = viewing.found(form.cleaned_data).order_by("-at", "-pk")
    body = StreamingHttpResponse(
        _table(list(rows.values_list("pk", flat=True)), request.user), content_type="text/csv; charset=utf-8"
    )
    body["Content-Disposition"] = 'attachment; filename="audit.csv"'
    return body


class _Line:
    """A file that gives each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _table(ids: list[int], reader: User) -> Iterator[str]:
    """The lines of the table, made while they are sent; a byte order mark first, for spreadsheets."""
    writer = csv.writer(_Line())
    yield "\ufeff"
    yield writer.writerow(COLUMNS)
    for start in range(0, len(ids), CHUNK):
        entries = AuditEntry.objects.filter(pk__in=ids[start : start + CHUNK]).order_by("-at", "-pk")
        for line in viewing.lines(list(entries), reader):
            yield writer.writerow([_harmless(cell) for cell in _cells(line)])


def _cells(line: viewing.Line) -> list[str]:
    entry = line.entry
    facts = "; ".join(f"{name}={value}" for name, value in line.facts)
    return [
        str(entry.pk),
        entry.at.isoformat(),
        entry.deed,
        line.actor.username if line.actor else "",
        line.about.username if line.about else "",
        line.space.slug if line.space else "",
        line.post.public_id if line.post else "",
        str(entry.event or ""),
        facts,
        line.what,
    ]


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


@surface("administrators; counts only")
@require_GET
@for_administrators
def retention(request: HttpRequest) -> HttpResponse:
    """What is deleted after which time, and how many rows that would be tonight."""
    counts = keeping.due()
    rows = [{"label": kind.label, "days": kind.keep.days, "due": counts[kind.name]} for kind in keeping.KINDS]
    last = AuditEntry.objects.filter(deed="retention_run").order_by("-at").first()
    context = {"rows": rows, "last": last, "tabs": tabs(request, "audit"), "parts": parts("retention")}
    return render(request, "keeping/retention.html", context)
