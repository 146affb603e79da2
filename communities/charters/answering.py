"""How a page answers a deed that has no form of its own: done and onward, or refused with the reason."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from intranet.access.verdict import Refused
from intranet.moderation.checks import NOT_FOUND
from intranet.posting.writing import status_of


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
