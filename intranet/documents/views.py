"""Addresses of the editors' desk that are not given to anybody."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from intranet.runtime.surfaces import surface


@surface("nobody: it names the newest page of each type, whoever may see it")
def no_report(request: HttpRequest) -> HttpResponse:
    """In the place of Wagtail's report about page types, which does not ask who may see the pages it names."""
    raise Http404
