"""Saying no to a suggestion."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from communities.charters.frame import find
from communities.suggesting.models import NotForMe
from intranet.runtime.surfaces import surface


@surface("a community the reader may know of; the choice is their own")
@require_POST
def not_for_me(request: HttpRequest, slug: str) -> HttpResponse:
    """Do not suggest this community to me again. Safe to repeat."""
    NotForMe.objects.get_or_create(space=find(request.user, slug), person=request.user)
    return redirect("communities:index")
