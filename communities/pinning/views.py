"""The pages where threads are pinned: all of a community, and one thread from its menu."""

from __future__ import annotations

from datetime import datetime, time

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.charters.answering import done
from communities.charters.frame import find, frame_of, tabs_of
from communities.pinning import actions
from communities.pinning.models import Pin
from communities.pinning.reading import pins_in
from communities.threads.listing import threads_in
from intranet.access import visibility
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict, refuse
from intranet.content.kinds import THREAD_KINDS, PostState
from intranet.content.models import Post
from intranet.moderation.checks import NOT_FOUND
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


@surface("a thread the reader may see in a community they moderate, through the gate")
@require_http_methods(["GET", "POST"])
def pin_thread(request: HttpRequest, public_id: str) -> HttpResponse:
    """Let one thread stand first until a day, change that day, or take it down."""
    posts = Post.objects.visible_to(request.user).threads().filter(kind__in=THREAD_KINDS)
    post = get_object_or_404(posts.select_related("space", "pin"), public_id=public_id)
    if request.method == "GET":
        if not visibility.moderates_space(request.user, post.space):
            return _page_of(
                request, post, refuse("not_moderator", _("Only moderators of this place can do that."))
            )
        return _page_of(request, post)
    try:
        if "unpin" in request.POST:
            actions.unpin(actor=request.user, post=post)
            said = _("The thread is no longer pinned.")
        else:
            actions.pin(actor=request.user, post=post, until=_end_of(request.POST.get("until", "")))
            said = _("The thread is pinned.")
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return _page_of(request, post, refusal.verdict)
    messages.success(request, said)
    return redirect(post.get_absolute_url())


def _page_of(request: HttpRequest, post: Post, verdict: Verdict | None = None) -> HttpResponse:
    pin = Pin.objects.holding(timezone.now()).filter(post=post, space=post.space).first()
    context = {
        "post": post,
        "space": post.space,
        "pin": pin,
        "until": request.POST.get("until")
        or (pin and pin.until and timezone.localdate(pin.until).isoformat()),
        "today": timezone.localdate(),
        "verdict": verdict,
        "may": visibility.moderates_space(request.user, post.space),
    }
    return render(
        request, "communities/pin.html", context, status=status_of(verdict) if verdict is not None else 200
    )


def _end_of(day: str) -> datetime | None:
    """The last minute of a day that was typed, or None for no end."""
    try:
        found = parse_date(day)
    except ValueError:
        found = None
    return timezone.make_aware(datetime.combine(found, time(23, 59))) if found else None
