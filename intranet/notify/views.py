"""The inbox, the bell and the follow button."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from intranet.access.verdict import Refused
from intranet.activity.verbs import verb_named
from intranet.content.models import Post, Space
from intranet.notify.actions import see
from intranet.notify.following import follow
from intranet.notify.frame import unseen
from intranet.notify.models import Notification
from intranet.notify.sentences import REASONS, sentence
from intranet.runtime.surfaces import surface
from intranet.ui.paging import page


@surface("notifications of the reader about posts they may see now")
def inbox(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first."""
    mine = Notification.objects.visible_to(request.user).select_related(
        "event__actor", "event__post__root", "event__post__space", "event__space"
    )
    shown = page(mine, request.GET.get("cursor", ""))
    for notification in shown:
        notification.sentence = sentence(notification.event)
        notification.icon = verb_named(notification.event.verb).icon
        notification.why = REASONS[notification.reason]
    return render(request, "notify/inbox.html", {"page": shown, "unseen": unseen(request.user)})


@surface("the reader's own notification of a post they may see")
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notification is about, which marks it as seen."""
    mine = Notification.objects.visible_to(request.user).select_related("event__post__root", "event__space")
    notification = get_object_or_404(mine, pk=pk)
    see(person=request.user, notification=notification)
    event = notification.event
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


def _back(request: HttpRequest, fallback: str) -> HttpResponse:
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if safe else fallback)


@surface("threads the reader may see")
@require_POST
def follow_thread(request: HttpRequest, public_id: str) -> HttpResponse:
    """Set my level for a thread."""
    post = get_object_or_404(Post.objects.visible_to(request.user).threads(), public_id=public_id)
    return _set_level(request, post.get_absolute_url(), post=post)


@surface("spaces the reader may know of")
@require_POST
def follow_space(request: HttpRequest, slug: str) -> HttpResponse:
    """Set my level for a community or blog."""
    space = get_object_or_404(Space.objects.visible_to(request.user), slug=slug)
    return _set_level(request, space.get_absolute_url(), space=space)


def _set_level(request: HttpRequest, address: str, **target: Post | Space) -> HttpResponse:
    try:
        follow(person=request.user, level=request.POST.get("level", ""), **target)
    except Refused as refused:
        return render(request, "403.html", {"verdict": refused.verdict}, status=403)
    return _back(request, address)
