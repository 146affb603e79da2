"""The page of all that one follows, and the buttons that set a level."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from intranet.access.verdict import Refused
from intranet.content.models import Post, Space, Tag
from intranet.notify.controls import COLUMNS, LOOKS, MENU, control
from intranet.notify.following import follow
from intranet.notify.levels import MEANINGS
from intranet.notify.models import Digest, Follow, Rhythm
from intranet.people.models import User
from intranet.runtime.surfaces import surface
from intranet.ui.asked import by_script
from intranet.ui.paging import page

FOUND: dict[str, Callable[[User, str], Any]] = {
    "thread": lambda me, key: get_object_or_404(Post.objects.visible_to(me).threads(), public_id=key),
    "community": lambda me, key: get_object_or_404(Space.objects.visible_to(me), slug=key),
    "topic": lambda _me, key: get_object_or_404(Tag, slug=key),
    "person": lambda me, key: get_object_or_404(User.objects.visible_to(me), username=key),
}
"""What is called `key`, for each kind that can be followed; 404 for what the reader may not see."""
SHOWN = {
    "": gettext_lazy("All"),
    "thread": gettext_lazy("Threads"),
    "community": gettext_lazy("Communities and blogs"),
    "topic": gettext_lazy("Topics"),
    "person": gettext_lazy("People"),
}


@surface("what the reader follows, of what they may see now")
def following(request: HttpRequest) -> HttpResponse:
    """All my choices of what to hear of, latest first, each to be changed in its place."""
    mine = Follow.objects.visible_to(request.user)
    kind = request.GET.get("kind", "")
    kind = kind if kind in COLUMNS else ""
    counts = mine.aggregate(
        **{name: Count("pk", filter=Q(**{f"{column}__isnull": False})) for name, column in COLUMNS.items()}
    )
    wanted = mine.filter(**{f"{COLUMNS[kind]}__isnull": False}) if kind else mine
    shown = page(
        wanted.select_related("post__space", "space", "tag", "whom__unit"),
        request.GET.get("cursor", ""),
        by="since",
    )
    for row in shown:
        row.kind = next(name for name, column in COLUMNS.items() if getattr(row, f"{column}_id"))
        row.subject = getattr(row, COLUMNS[row.kind])
        row.meaning = MEANINGS[row.kind][row.level]
    digest = Digest.objects.filter(person=request.user).first()
    context = {
        "page": shown,
        "kind": kind,
        "chips": _chips(kind, counts),
        "rhythms": Rhythm.choices,
        "rhythm": digest.rhythm if digest else Rhythm.NEVER,
    }
    return render(request, "notify/following.html", context)


def _chips(kind: str, counts: dict[str, int]) -> list[dict[str, Any]]:
    every = {"": sum(counts.values()), **counts}
    return [
        {
            "label": label,
            "url": f"?kind={name}" if name else "?",
            "current": kind == name,
            "count": every[name],
        }
        for name, label in SHOWN.items()
    ]


def back(request: HttpRequest, fallback: str) -> HttpResponse:
    """To the page of this site that the form names, or to `fallback`."""
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    return redirect(target if safe else fallback)


@surface("threads, spaces, topics and people that the reader may see")
@require_POST
def set_level(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Set what I hear of a thread, a community, a topic or a person. A script gets the control as it is now."""
    if kind not in FOUND:
        raise Http404
    target = FOUND[kind](request.user, key)
    level = request.POST.get("level", "")
    try:
        follow(person=request.user, level=level, **{COLUMNS[kind]: target})
    except Refused as refused:
        return render(request, "403.html", {"verdict": refused.verdict}, status=403)
    asked = request.POST
    look = asked["look"] if asked.get("look") in LOOKS else MENU
    shown = control(kind, target, level, back=asked.get("next", ""), look=look)
    if by_script(request):
        return render(request, LOOKS[look], shown)
    messages.success(request, shown["said"])
    return back(request, target.get_absolute_url() if kind in ("thread", "community") else "/following/")
