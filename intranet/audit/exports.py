"""Every download of an export leaves an entry: the middleware knows them by the kind that their view declared."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from intranet.audit import trail
from intranet.runtime.surfaces import kind_of

GetResponse = Callable[[HttpRequest], HttpResponse]


class ExportsAreLogged:
    """Writes who took which export, after it was given out."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        match = request.resolver_match
        if response.status_code == 200 and match and kind_of(match.func) == "export":
            actor = request.user if request.user.is_authenticated else None
            trail.write("exported", actor, path=request.path, asked=request.GET.urlencode()[:500])
        return response
