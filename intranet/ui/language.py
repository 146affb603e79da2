"""Which language a person reads in: their own choice, kept with the account, over what the browser asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language
from django.contrib.auth.decorators import login_not_required

LANGUAGES = frozenset(code for code, _name in settings.LANGUAGES)


def person_language(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a signed-in person reads in their own language on every device."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language in LANGUAGES:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


@login_not_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Change the language and go back to the page; kept in a cookie, and with the account when signed in."""
    language = request.POST.get("language", "")
    if language in LANGUAGES and request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return set_language(request)
