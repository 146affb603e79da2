"""Addresses of Wagtail and of Django's admin in whose place stands something of our own, or nothing."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from intranet.runtime.surfaces import surface


@surface("nobody: it names the newest page of each type, whoever may see it")
def no_report(request: HttpRequest) -> HttpResponse:
    """In the place of Wagtail's report about page types, which does not ask who may see the pages it names."""
    raise Http404


@login_not_required
@surface("everybody; nothing is shown")
def one_door(request: HttpRequest) -> HttpResponse:
    """In the place of sign-in pages that know neither a second factor nor our limits."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect_to_login(request.GET.get("next", "/"))


@surface("nothing is shown")
def no_account(request: HttpRequest) -> HttpResponse:
    """In the place of Wagtail's account page: name and language are said once, on the person's own page."""
    return redirect("experts:profile", request.user.username)
