"""The page on which a knowledge manager sees where ties come from, and brings files in."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.contrib import messages
from django.db.models import Count, Max, Min
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intranet.runtime.surfaces import surface
from intranet.text.tables import BadTable
from kms.network.formats import MAIL, TEAMS
from kms.network.forms import ImportForm
from kms.network.imports import Report, import_interactions
from kms.network.models import Interaction
from kms.network.views import for_knowledge_managers


@surface("knowledge managers; how many rows each source has, never whose")
@for_knowledge_managers
@require_http_methods(["GET", "POST"])
def sources(request: HttpRequest) -> HttpResponse:
    """Where ties come from, and a form to bring a file in."""
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if request.method == "POST" and form.is_valid():
        try:
            report = _taken_in(form)
        except BadTable as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _in_words(report))
            return redirect("network:sources")
    rows = Interaction.objects.exclude(origin__startswith="survey-").values("origin")
    found = rows.annotate(n=Count("pk"), first=Min("at"), last=Max("at")).order_by("origin")
    context = {"form": form, "sources": found, "teams": TEAMS, "mail": MAIL}
    return render(request, "network/sources.html", context, status=422 if form.errors else 200)


def _taken_in(form: ImportForm) -> Report:
    """Import the file of a valid form. Raises BadTable."""
    said = form.cleaned_data
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / Path(said["file"].name).name
        with path.open("wb") as out:
            for chunk in said["file"].chunks():
                out.write(chunk)
        return import_interactions(path, form=said["form"], origin=said["origin"])


def _in_words(report: Report) -> str:
    return _(
        "%(rows)d rows: %(added)d added, %(known)d known already, %(unknown)d with people who are not here."
    ) % {
        "rows": report.rows,
        "added": report.added,
        "known": report.known,
        "unknown": report.unknown_people,
    }
