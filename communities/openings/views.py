"""Where those who run a community write the skeletons of its threads."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.charters.answering import Rows, keep_rows
from communities.charters.frame import find, frame_of, must_run, tabs_of
from communities.openings import actions
from communities.openings.forms import OpeningForm
from communities.openings.models import Opening
from communities.openings.reading import openings_in
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in


@surface("templates of a community the reader runs")
@require_http_methods(["GET", "POST"])
def openings(request: HttpRequest, slug: str) -> HttpResponse:
    """The skeletons, and a form for one of them: a new one, or `?edit=` an old one."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    must_run(context)
    edited = Opening.objects.filter(space=space, pk=number_in(request.GET.get("edit", ""))).first()
    page = Rows(
        to="communities:openings",
        rows=Opening.objects.filter(space=space),
        ending="remove",
        end=lambda row: actions.remove_opening(actor=request.user, opening=row),
        ended=_("The template is removed."),
        keep=partial(actions.save_opening, actor=request.user, space=space, opening=edited),
    )
    form = OpeningForm(request.POST or None, initial=_said_by(edited))
    came = keep_rows(request, slug, form, page)
    if came.answer:
        return came.answer
    context |= {
        "tabs": tabs_of(context, ""),
        "rows": openings_in(space),
        "form": form,
        "edited": edited,
        "verdict": came.verdict,
    }
    return render(request, "communities/openings.html", context, status=came.status)


def _said_by(opening: Opening | None) -> dict[str, str]:
    names = ("kind", "name", "name_he", "title", "body")
    return {name: getattr(opening, name) for name in names} if opening else {}
