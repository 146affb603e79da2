"""How a page answers a deed: done and onward, or refused with the reason, its form kept where it has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from intranet.access.verdict import Refused, Verdict
from intranet.moderation.checks import NOT_FOUND
from intranet.posting.writing import status_of
from intranet.ui.forms import Form
from intranet.ui.numbers import number_in


def done(
    request: HttpRequest, deed: Callable[[], object], to: str, *named: str, said: str = ""
) -> HttpResponse:
    """Do `deed`, say `said` and go to the page called `to`; a refusal gives its reason, or 404."""
    try:
        deed()
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return render(request, "403.html", {"verdict": refusal.verdict}, status=status_of(refusal.verdict))
    if said:
        messages.success(request, said)
    return redirect(to, *named)


@dataclass(frozen=True)
class Rows:
    """A page with a list and a form: `end` one of `rows` when `ending` names it, `keep` what the form says otherwise.

    Both lead back to the page called `to`; `ended` and `kept` are what is said then.
    """

    to: str
    rows: QuerySet[Any]
    ending: str
    end: Callable[[Any], object]
    ended: str
    keep: Callable[..., object]
    kept: str = ""


@dataclass(frozen=True)
class Outcome:
    """What came of a request to such a page: an `answer`, or the page itself with its status and perhaps a refusal."""

    answer: HttpResponse | None = None
    verdict: Verdict | None = None
    status: int = 200


def keep_rows(request: HttpRequest, slug: str, form: Form, page: Rows) -> Outcome:
    """Do what was sent to the `page` of the community called `slug`; a refused form comes back with its reason."""
    if page.ending in request.POST:
        row = get_object_or_404(page.rows, pk=number_in(request.POST[page.ending]))
        return Outcome(done(request, lambda: page.end(row), page.to, slug, said=page.ended))
    if request.method == "GET":
        return Outcome()
    if not form.is_valid():
        return Outcome(status=422)
    try:
        page.keep(**form.cleaned_data)
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return Outcome(verdict=refusal.verdict, status=status_of(refusal.verdict))
    if page.kept:
        messages.success(request, page.kept)
    return Outcome(redirect(page.to, slug))
