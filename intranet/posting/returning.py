"""A text that was sent after the sign-in had ended comes back once its writer has signed in.

The page of a form lives longer than a session can. Django would send its writer to the sign-in page and drop what was
typed; here it waits in the new, still anonymous session. It comes back on the page of the same form, only to the person
who wrote it (the form says who that was), and once.
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

KEPT = "typed_before_sign_in"
LONGEST = 60_000
"""Characters of one form that are kept: three posts of the greatest length."""
WRITER = "writer"
LEFT_OUT = frozenset({"csrfmiddlewaretoken", WRITER})


class SignInKeepsText(LoginRequiredMiddleware):
    """Every page needs a sign-in unless it says otherwise; a form that is sent without one is kept."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponse]
    ) -> HttpResponse:
        writer = request.POST.get(WRITER) if request.method == "POST" else None
        if writer:
            _keep(request, writer)
        return super().handle_no_permission(request, view_func)


def _keep(request: HttpRequest, writer: str) -> None:
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in LEFT_OUT}
    if sum(len(value) for values in fields.values() for value in values) <= LONGEST:
        request.session[KEPT] = {"path": request.path, "writer": writer, "fields": fields}


def kept_text(request: HttpRequest) -> dict[str, list[str]] | None:
    """What this person sent to this address before signing in, handed out once; None when there is nothing."""
    kept = request.session.get(KEPT)
    if not kept or (kept["path"], kept["writer"]) != (request.path, request.user.get_username()):
        return None
    del request.session[KEPT]
    return kept["fields"]


def welcome_back() -> str:
    """What the page says above a text that came back."""
    return _("You were signed out when you sent this. Your text is here: send it once more.")
