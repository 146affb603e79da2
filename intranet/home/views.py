"""The page one comes home to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from intranet.home.feed import feed
from intranet.home.places import my_communities
from intranet.home.waiting import waiting_for
from intranet.policies.acknowledging.due import reading_list
from intranet.runtime.surfaces import surface
from intranet.ui.frame import Frame

NOON, EVENING = 12, 18


def greeting(hour: int) -> str:
    """Words for the time of day."""
    if hour < NOON:
        return _("Good morning")
    return _("Good afternoon") if hour < EVENING else _("Good evening")


@surface("posts, communities and policies the reader may see")
def home(request: HttpRequest) -> HttpResponse:
    """The ask box, what waits for the reader, and the feed; `?cursor=` shows earlier items of the feed alone."""
    cursor = request.GET.get("cursor", "")
    now = timezone.localtime()
    duties = [] if cursor else waiting_for(request.user)
    errands = [] if cursor else Frame(request.user, request.path).errands
    return render(
        request,
        "home/home.html",
        {
            "greeting": greeting(now.hour),
            "now": now,
            "earlier": bool(cursor),
            "duties": duties,
            "errands": errands,
            "waiting": len(duties) + len(errands),
            "page": feed(request.user, cursor, without=[duty.post.pk for duty in duties]),
            "spaces": my_communities(request.user),
            "policies": reading_list(request.user),
        },
    )
