"""What the pages of moderation share: who is let in, the tabs, a refusal as a page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from intranet.access import visibility
from intranet.access.verdict import Refused, Verdict, refuse
from intranet.content.models import Post
from intranet.moderation.checks import LOCKED, NOT_FOUND
from intranet.moderation.models import Appeal
from intranet.moderation.queue import moderates_something
from intranet.moderation.standing import edits, held

View = Callable[..., HttpResponse]
STATUS = {LOCKED: 423, "slow_mode": 429, "too_many_flags": 429}


def forbidden(request: HttpRequest, verdict: Verdict) -> HttpResponse:
    """The page of a refusal."""
    return render(request, "403.html", {"verdict": verdict}, status=STATUS.get(verdict.code, 403))


def seen(refused: Refused) -> Verdict:
    """The verdict of a refusal; what one may not see is not there."""
    if refused.verdict.code == NOT_FOUND:
        raise Http404
    return refused.verdict


def for_moderators(view: View) -> View:
    """Let in who moderates something; others read why not, whatever the address."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not moderates_something(request.user):
            return forbidden(request, refuse("not_moderator", _("Cases are decided by moderators.")))
        return view(request, *args, **kwargs)

    return guarded


def visible_post(request: HttpRequest, public_id: str) -> Post:
    """A post that the reader sees, or 404."""
    posts = Post.objects.visible_to(request.user).select_related(
        "space", "author__unit", "root__author", "parent__author"
    )
    return get_object_or_404(posts, public_id=public_id)


def must_moderate(request: HttpRequest, post: Post) -> HttpResponse | None:
    """The refusal of somebody who does not decide where `post` stands, or None."""
    if visibility.moderates_space(request.user, post.space):
        return None
    return forbidden(request, refuse("not_moderator", _("Only moderators of this place can do that.")))


def done_or_refused(
    request: HttpRequest, deed: Callable[[], Any], back: str, words: str = ""
) -> HttpResponse:
    """Do `deed` and go to `back` with `words`, or show why not."""
    try:
        deed()
    except Refused as refused:
        return forbidden(request, seen(refused))
    if words:
        messages.success(request, words)
    return redirect(back)


def tabs(request: HttpRequest, current: str) -> list[dict[str, Any]]:
    """The parts of the moderators' desk with what waits in each."""
    person = request.user
    waits = held.waiting(person).count() + edits.waiting_edits(person).count()
    appeals = Appeal.objects.open().for_moderator(person).count()
    rows = (
        ("queue", "moderation:queue", _("Cases"), ""),
        ("held", "moderation:held", _("Before publishing"), waits or ""),
        ("appeals", "moderation:appeals", _("Appeals"), appeals or ""),
        ("locks", "moderation:locks", _("Locks"), ""),
        ("rules", "rules:index", _("Rules"), ""),
        ("fairness", "moderation:fairness", _("Alike and fair"), ""),
    )
    shown = [
        {"label": label, "url": reverse(address), "current": name == current, "count": count}
        for name, address, label, count in rows
    ]
    if person.administers:
        shown.append({"label": _("Audit"), "url": reverse("keeping:audit"), "current": current == "audit"})
    return shown
