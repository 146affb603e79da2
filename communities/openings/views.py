"""Where those who run a community write the skeletons of its threads."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.charters.answering import done
from communities.charters.frame import find, frame_of, must_run, tabs_of
from communities.openings import actions
from communities.openings.forms import OpeningForm
from communities.openings.models import Opening
from communities.openings.reading import openings_in
from intranet.access.verdict import Refused
from intranet.posting.writing import status_of
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in


@surface("templates of a community the reader runs")
@require_http_methods(["GET", "POST"])
def openings(request: HttpRequest, slug: str) -> HttpResponse:
    """The skeletons, and a form for one of them: a new one, or `?edit=` an old one."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    must_run(context)
    if "remove" in request.POST:
        row = get_object_or_404(Opening, pk=number_in(request.POST["remove"]), space=space)
        return done(
            request,
            lambda: actions.remove_opening(actor=request.user, opening=row),
            "communities:openings",
            slug,
            said=_("The template is removed."),
        )
    edited = Opening.objects.filter(space=space, pk=number_in(request.GET.get("edit", ""))).first()
    form = OpeningForm(request.POST or None, initial=_said_by(edited))
    verdict, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.save_opening(actor=request.user, space=space, opening=edited, **form.cleaned_data)
                return redirect("communities:openings", slug)
            except Refused as refusal:
                verdict, status = refusal.verdict, status_of(refusal.verdict)
    context |= {
        "tabs": tabs_of(context, ""),
        "rows": openings_in(space),
        "form": form,
        "edited": edited,
        "verdict": verdict,
    }
    return render(request, "communities/openings.html", context, status=status)


def _said_by(opening: Opening | None) -> dict[str, str]:
    names = ("kind", "name", "name_he", "title", "body")
    return {name: getattr(opening, name) for name in names} if opening else {}
