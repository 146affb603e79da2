"""How a page answers: let in or not, done and onward, or refused with the reason, its form kept where it has one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.moderation.checks import NOT_FOUND
from intranet.ui.forms import Form

View = Callable[..., Any]
Target = Any
"""The name of a page, an address, or a row that has one."""


def forbidden(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The page of a refusal."""
    return render(request, "403.html", {"verdict": verdict}, status=status_of(verdict))


def seen(refused: Refused) -> Verdict:
    """The verdict of a refusal; what one may not see is not there."""
    if refused.verdict.code == NOT_FOUND:
        raise Http404
    return refused.verdict


def only_for(may: Callable[[Any], bool], verdict: Verdict) -> Callable[[View], View]:
    """Let in for whom `may` is true; others read the `verdict`, whatever the address."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            return view(request, *args, **kwargs) if may(request.user) else forbidden(request, verdict)

        return guarded

    return guard


def done(
    request: HttpRequest, deed: Callable[[], object], to: Target, *named: object, said: str = ""
) -> HttpResponse:
    """Do `deed`, say `said` and go to the page or address `to`; a refusal gives its reason, or 404."""
    try:
        deed()
    except Refused as refused:
        return forbidden(request, seen(refused))
    if said:
        messages.success(request, said)
    return redirect(to, *named)


@dataclass(frozen=True)
class Sent:
    """What came of a form: an `answer` that leads on, or its page again with a status and perhaps a refusal."""

    answer: HttpResponse | None = None
    verdict: Verdict | None = None
    status: int = 200

    def page(self, request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
        """The page of the form, with the reason where it was refused."""
        return render(request, template, {**context, "verdict": self.verdict}, status=self.status)


def send(
    request: HttpRequest, form: Form, deed: Callable[..., Any], to: str = "", *named: object, said: str = ""
) -> Sent:
    """Do `deed` with what the form says, say `said` and go to `to`; without one, to what the deed gives back.

    A visit does nothing; a form with mistakes, or one that is refused, comes back as it was typed.
    """
    if request.method != "POST":
        return Sent()
    if not form.is_valid():
        return Sent(status=422)
    try:
        made = deed(**form.cleaned_data)
    except Refused as refused:
        return Sent(verdict=seen(refused), status=status_of(refused.verdict))
    if said:
        messages.success(request, said)
    return Sent(made if isinstance(made, HttpResponse) else redirect(to or made, *named))
