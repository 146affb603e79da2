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
from intranet.access.verdict import Refused, Verdict
from intranet.content.kinds import PostKind, ReactionKind
from intranet.content.models import Post
from intranet.content.public_ids import new_public_id
from intranet.moderation.checks import LOCKED, NOT_FOUND
from intranet.posting import actions as posting
from intranet.posting.drafts import draft_of
from intranet.posting.verbs import COMMENTED
from intranet.posting.writing import stored
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
    context = {"blog": found, "page": listed(rows, request.GET.get("cursor", ""))}
    return render(request, "blogs/blog.html", context)


def _entry(request: HttpRequest, public_id: str) -> Entry:
    found = entry_for(request.user, public_id)
    if found is None:
        raise Http404
    return found


def _post_page(
    request: HttpRequest,
    entry: Entry,
    form: CommentForm,
    *,
    verdict: Verdict | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"entry": entry, "post": entry.post, "form": form, "verdict": verdict}
    return render(request, "blogs/post.html", context, status=status)


@surface("posts the reader may see")
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, public_id: str) -> HttpResponse:
    """A blog post with its comments; sending the form adds one."""
    entry = _entry(request, public_id)
    if request.method == "GET":
        kept = draft_of(request.user, f"comment:{public_id}")
        body = kept.body if kept else {}
        return _post_page(request, entry, CommentForm(initial={**body, "client_token": new_public_id()}))
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _post_page(request, entry, form, status=422)
    try:
        written = posting.reply(
            author=request.user, parent=entry.post, kind=PostKind.COMMENT, verb=COMMENTED, **form.cleaned_data
        )
    except Refused as refused:
        if refused.verdict.code == NOT_FOUND:
            raise Http404 from refused
        status = 423 if refused.verdict.code == LOCKED else 403
        return _post_page(request, entry, form, verdict=refused.verdict, status=status)
    stored(request, f"comment:{public_id}")
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
    except Refused as refused:
        return render(request, "403.html", {"verdict": refused.verdict}, status=403)
    if value:
        messages.success(request, _("Thanks given."))
    return redirect(found.get_absolute_url())
