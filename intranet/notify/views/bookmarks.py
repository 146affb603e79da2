"""Bookmarks: the page of mine, and keeping a post."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from intranet.access.verdict import Refused
from intranet.content.models import Post
from intranet.notify.bookmarks import bookmark, drop_bookmark
from intranet.notify.forms import BookmarkForm
from intranet.notify.models import Bookmark
from intranet.notify.views.following import back
from intranet.runtime.surfaces import surface
from intranet.ui.paging import page

SHOWN: dict[str, tuple[Any, Q]] = {
    "": (gettext_lazy("All"), Q()),
    "ahead": (gettext_lazy("Reminder to come"), Q(remind_on__isnull=False, reminded_at=None)),
    "told": (gettext_lazy("Reminded"), Q(reminded_at__isnull=False)),
    "noted": (gettext_lazy("With a note"), ~Q(note="")),
}
"""Filters of the page: their words and what they leave."""


@surface("the reader's bookmarks of posts they may see now")
def bookmarks(request: HttpRequest) -> HttpResponse:
    """What I keep, latest first."""
    mine = Bookmark.objects.visible_to(request.user)
    show = request.GET.get("show", "")
    show = show if show in SHOWN else ""
    words = request.GET.get("q", "").strip()[:100]
    wanted = _with_words(mine.filter(SHOWN[show][1]), words)
    rows = wanted.select_related("post__root", "post__author", "post__space").defer(
        "post__html", "post__source", "post__root__html", "post__root__source"
    )
    counts = mine.aggregate(
        **{name or "all": Count("pk", filter=rule or None) for name, (_w, rule) in SHOWN.items()}
    )
    context = {
        "page": page(rows, request.GET.get("cursor", "")),
        "show": show,
        "words": words,
        "today": timezone.localdate(),
        "chips": [
            {
                "label": label,
                "url": f"?show={name}" if name else "?",
                "current": show == name,
                "count": counts[name or "all"],
            }
            for name, (label, _rule) in SHOWN.items()
        ],
    }
    return render(request, "notify/bookmarks.html", context)


def _with_words(rows: QuerySet[Bookmark], words: str) -> QuerySet[Bookmark]:
    """Those whose note, title or text holds `words`."""
    if not words:
        return rows
    return rows.filter(
        Q(note__icontains=words)
        | Q(post__title__icontains=words)
        | Q(post__root__title__icontains=words)
        | Q(post__text__icontains=words)
    )


def _found(request: HttpRequest, public_id: str) -> Post:
    posts = Post.objects.visible_to(request.user).select_related("root", "space", "author")
    return get_object_or_404(posts, public_id=public_id)


@surface("a post the reader may see; the bookmark is theirs alone")
@require_http_methods(["GET", "POST"])
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep a post, with a note and a day to be reminded, or change that."""
    post = _found(request, public_id)
    kept = Bookmark.objects.filter(person=request.user, post=post).first()
    if request.method == "GET":
        return _form(request, post, kept, BookmarkForm(instance=kept))
    form = BookmarkForm(
        request.POST, instance=Bookmark(note=kept.note, remind_on=kept.remind_on) if kept else None
    )
    if not form.is_valid():
        return _form(request, post, kept, form, 422)
    try:
        bookmark(person=request.user, post=post, **form.cleaned_data)
    except Refused as refused:
        form.add_error("remind_on", str(refused.verdict.message))
        return _form(request, post, kept, form, 422)
    messages.success(request, _("Kept among your bookmarks."))
    return back(request, post.get_absolute_url())


def _form(
    request: HttpRequest, post: Post, kept: Bookmark | None, form: BookmarkForm, status: int = 200
) -> HttpResponse:
    context = {"post": post, "kept": kept, "form": form, "next": request.POST.get("next", "")}
    return render(request, "notify/bookmark.html", context, status=status)


@surface("the reader's own bookmark")
@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Keep a post no longer."""
    post = _found(request, public_id)
    drop_bookmark(person=request.user, post=post)
    messages.success(request, _("No longer among your bookmarks."))
    return back(request, "/bookmarks/")
