"""The inbox, the bell, and how far a thread was read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from intranet.activity.verbs import verb_named
from intranet.content.models import Post
from intranet.notify.actions import see
from intranet.notify.frame import unseen
from intranet.notify.models import Notification
from intranet.notify.positions import read_up_to
from intranet.notify.reading import lines, same_thread
from intranet.runtime.surfaces import surface

DIGITS = 9
"""Longest number that an address may carry."""


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS else None


@surface("notifications of the reader about posts they may see now")
def inbox(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first, one line a thread."""
    mine = Notification.objects.visible_to(request.user)
    shown = lines(mine, request.user, request.GET.get("cursor", ""))
    return render(request, "notify/inbox.html", {"page": shown, "unseen": unseen(request.user)})


@surface("the reader's own notification of a post they may see")
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the first new thing that a line of the inbox tells, which marks all of it as seen."""
    mine = Notification.objects.visible_to(request.user).select_related("event__post__root", "event__space")
    notification = get_object_or_404(mine, pk=pk)
    first = mine.unseen().filter(same_thread(notification)).order_by("event_id").first() or notification
    see(person=request.user, notification=notification)
    event = first.event
    verb = verb_named(event.verb)
    if verb.page and "ref" in event.data:
        return redirect(verb.page, event.data["ref"])
    target = event.post or event.space
    elsewhere = verb.leads_to or reverse("notify:inbox")
    return redirect(target.get_absolute_url() if target else elsewhere)


@surface("notifications of the reader about posts they may see now")
def bell(request: HttpRequest) -> HttpResponse:
    """The bell with its number, fetched again when the socket says that something came."""
    return render(request, "ui/bell.html", {"count": unseen(request.user)})


@surface("the reader's own notifications")
@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    """Mark everything as seen."""
    see(person=request.user)
    return redirect("notify:inbox")


@surface("threads the reader may see; nothing is shown")
@require_http_methods(["GET", "POST"])
def read(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note how far I have read a thread. A script posts `number`; without one, a picture in the page asks with `?to=`.

    Asking with GET is safe to repeat and moves nothing but the reader's own position forward.
    """
    number = _number(request.POST.get("number", "") or request.GET.get("to", ""))
    thread = get_object_or_404(Post.objects.visible_to(request.user).threads(), public_id=public_id)
    if number is not None:
        read_up_to(person=request.user, thread=thread, number=number)
    return HttpResponse(status=204)
