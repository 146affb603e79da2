"""The page that answers "who knows?"."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from experts.finder.find import Expert, find, open_lines
from experts.finder.forms import FinderForm
from intranet.people.models import User
from intranet.runtime.surfaces import surface
from intranet.search.results import shown as found_before
from intranet.search.similar import similar

PEOPLE = 10
"""People on the first page; the others are one press away."""

ANSWERED = 3
"""Threads and documents named that may answer the question without asking anybody."""

LINES = 5
"""Lines shown behind a rank; the page of the person has all."""


@surface("people the reader may know, by evidence on posts the reader may see")
def finder(request: HttpRequest) -> HttpResponse:
    """People who know about what was asked, best first, with the evidence behind each rank."""
    form = FinderForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": ""}
    people = _of_kind(find(request.user, wanted["q"]), wanted, request.user) if wanted["q"] else []
    shown = people if "all" in request.GET else people[:PEOPLE]
    open_lines(shown, LINES)
    context = {
        "form": form,
        "question": wanted["q"],
        "lines": LINES,
        "people": shown,
        "answered": found_before(similar(request.user, wanted["q"], limit=ANSWERED), ()),
        "count": len(people),
        "more": len(people) - len(shown),
        "rest": request.GET.urlencode(),
    }
    return render(request, "experts/finder.html", context)


def _of_kind(people: list[Expert], wanted: dict, reader: User) -> list[Expert]:
    """Those of `people` whom the ticked choices leave in."""
    return [
        each
        for each in people
        if (not wanted.get("available") or each.candidate.available)
        and (not wanted.get("other") or each.person.unit_id != reader.unit_id)
        and (not wanted.get("speaks") or (each.profile and wanted["speaks"] in each.profile.languages))
    ]
