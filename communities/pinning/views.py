"""The page where threads are pinned."""

from __future__ import annotations

from datetime import datetime, time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.charters.answering import done
from communities.charters.frame import find, frame_of, tabs_of
from communities.pinning import actions
from communities.pinning.reading import pins_in
from communities.threads.listing import threads_in
from intranet.content.kinds import PostState
from intranet.runtime.surfaces import surface

OFFERED = 20


@surface("threads the reader may see in a community they moderate")
@require_http_methods(["GET", "POST"])
def pins(request: HttpRequest, slug: str) -> HttpResponse:
    """What stands first and until when; `?thread=` offers one thread, otherwise the latest are offered."""
    space = find(request.user, slug)
    context = frame_of(request, space)
    if not context["inside"]:
        raise Http404
    threads = threads_in(space, request.user).filter(state=PostState.PUBLISHED)
    if request.method == "POST":
        post = get_object_or_404(threads.select_related("space"), public_id=request.POST.get("thread", ""))
        if "unpin" in request.POST:
            return done(
                request, lambda: actions.unpin(actor=request.user, post=post), "communities:pins", slug
            )
        until = _end_of(request.POST.get("until", ""))
        return done(
            request,
            lambda: actions.pin(actor=request.user, post=post, until=until),
            "communities:pins",
            slug,
            said=_("The thread is pinned."),
        )
    held = pins_in(space, request.user)
    asked = request.GET.get("thread", "")
    wanted = (
        threads.filter(public_id=asked) if asked else threads.exclude(pk__in=[pin.post_id for pin in held])
    )
    context |= {
        "tabs": tabs_of(context, ""),
        "pins": held,
        "offered": wanted.by_activity()[:OFFERED],
        "asked": asked,
        "today": timezone.localdate(),
    }
    return render(request, "communities/pins.html", context)


def _end_of(day: str) -> datetime | None:
    """The last minute of a day that was typed, or None for no end."""
    try:
        found = parse_date(day)
    except ValueError:
        found = None
    return timezone.make_aware(datetime.combine(found, time(23, 59))) if found else None
