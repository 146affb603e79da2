"""Who asks for an answer: a page that is opened, or a script that puts a piece into the page it stands on."""

from __future__ import annotations

from django.http import HttpRequest


def by_script(request: HttpRequest) -> bool:
    """Whether a script asks, which takes a piece of a page or plain facts."""
    return request.headers.get("X-Requested-With") == "fetch"
