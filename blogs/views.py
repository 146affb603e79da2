"""The pages on which blogs are read."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blogs.forms import CommentForm
from blogs.models import BlogPage
from blogs.reading import Entry, blog_for, entries, entry_for, listed
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused
from intranet.content.kinds import PostKind, ReactionKind
from intranet.content.models import Post
from intranet.moderation.checks import LOCKED
from intranet.posting import actions as posting
from intranet.posting.verbs import COMMENTED
from intranet.posting.writing import Composer, check, opened, received, refused, stored
from intranet.runtime.surfaces import surface


@surface("posts the reader may see")
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The latest posts of all blogs, or my own."""
    mine = request.GET.get("mine") == "1"
    rows = entries(request.user, author=request.user if mine else None)
    options = [
        {"label": _("Latest"), "url": "?", "current": not mine},
        {"label": _("Mine"), "url": "?mine=1", "current": mine},
    ]
    context = {
        "page": listed(rows, request.GET.get("cursor", "")),
        "options": options,
        "query": "mine=1&" if mine else "",
        "mine": mine,
        "blogs": BlogPage.objects.written_by(request.user),
    }
    return render(request, "blogs/index.html", context)


@surface("posts the reader may see")
@require_GET
def blog(request: HttpRequest, slug: str) -> HttpResponse:
    """One blog, its newest post first."""
    found = blog_for(request.user, slug)
    if found is None:
        raise Http404
    rows = entries(request.user, space=found.page.space)
    context = {
        "blog": found,
        "page": listed(rows, request.GET.get("cursor", "")),
        "may_lock": request.user.moderates_everywhere,
    }
    return render(request, "blogs/blog.html", context)


def _entry(request: HttpRequest, public_id: str) -> Entry:
    found = entry_for(request.user, public_id)
    if found is None:
        raise Http404
    return found


def _post_page(
    request: HttpRequest,
    entry: Entry,
    composer: Composer,
    status: int = 200,
) -> HttpResponse:
    context = {"entry": entry, "post": entry.post, "composer": composer}
    return render(request, "blogs/post.html", context, status=status)


@surface("posts the reader may see")
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, public_id: str) -> HttpResponse:
    """A blog post with its comments; sending the form adds one."""
    entry = _entry(request, public_id)
    key = f"comment:{public_id}"
    if request.method == "GET":
        return _post_page(request, entry, opened(request, CommentForm, key))
    form = received(request, CommentForm, post=entry.post)
    if not form.is_valid():
        return _post_page(request, entry, refused(request, form, key), 422)
    try:
        check(request, form, entry.post.space)
        written = posting.reply(
            author=request.user, parent=entry.post, kind=PostKind.COMMENT, verb=COMMENTED, **form.cleaned_data
        )
    except Refused as refusal:
        status = 423 if refusal.verdict.code == LOCKED else status_of(refusal.verdict)
        return _post_page(request, entry, refused(request, form, key, refusal), status)
    stored(request, key)
    return redirect(written.post.get_absolute_url())


@surface("posts the reader may see")
@require_POST
def thank(request: HttpRequest, public_id: str) -> HttpResponse:
    """Thank for a post or a comment under one, or take the thanks back: the wanted state is in `value`."""
    found = get_object_or_404(
        Post.objects.visible_to(request.user).select_related("root"), public_id=public_id
    )
    if found.thread.kind != PostKind.BLOG_POST:
        raise Http404
    value = 1 if request.POST.get("value") == "1" else 0
    try:
        posting.react(person=request.user, post=found, value=value, kind=ReactionKind.THANKS)
    except Refused as refusal:
        return render(request, "403.html", {"verdict": refusal.verdict}, status=403)
    if value:
        messages.success(request, _("Thanks given."))
    return redirect(found.get_absolute_url())
