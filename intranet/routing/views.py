"""The fragment on the ask page that says who will be asked."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from intranet.content.models import Space
from intranet.routing.candidates import Asked, who
from intranet.runtime.surfaces import surface

TITLE_MAX = 200


@surface("people who may read the question, by evidence the asker may see")
def candidates(request: HttpRequest) -> HttpResponse:
    """Who would be asked `title` with the topics in `tags` in `community`, as the asker may know it."""
    slug = request.GET.get("community", "").replace("\0", "")
    asked = Asked(
        reader=request.user,
        title=request.GET.get("title", "")[:TITLE_MAX],
        topics=tuple(
            name.strip() for name in request.GET.get("tags", "")[:TITLE_MAX].split(",") if name.strip()
        ),
        space=Space.objects.entered_by(request.user).filter(slug=slug).first() if slug else None,
    )
    known = slug == "" or asked.space is not None
    people = who(asked) if known and (asked.title or asked.topics) else []
    return render(request, "routing/who.html", {"people": people, "asked": asked})
