"""Which language a person reads in: their own choice, kept with the account, over what the browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)

Responder = Callable[[HttpRequest], HttpResponse]


def person_language(get_response: Responder) -> Responder:
    """Middleware: a signed-in person reads in their own language on every device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language in LANGUAGES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware
