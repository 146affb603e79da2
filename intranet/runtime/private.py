"""Answers to signed-in people are theirs alone: no cache, shared or local, may keep them."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class PrivateAnswers:
    """Middleware that marks every answer of a session, a token or a fresh cookie `private, no-store`.

    It asks for the credentials, not for the user: that costs no query, and errs on the safe side.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        is_static = request.path.startswith(settings.STATIC_URL)
        if (signed_in and not is_static) or settings.SESSION_COOKIE_NAME in response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        return response
