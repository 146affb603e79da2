"""The history of a post: who changed it and when, what changed, and back to an older version as a new edit."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intranet.access.deeds import Deed
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.kinds import DOCUMENT_KINDS
from intranet.content.models import Post
from intranet.moderation import gate
from intranet.moderation.checks import NOT_FOUND
from intranet.posting.actions import EditConflict
from intranet.posting.history.actions import restore
from intranet.posting.history.reading import chosen, versions_of
from intranet.runtime.surfaces import surface


@surface("a post the reader may see, with what it said before")
@require_http_methods(["GET", "POST"])
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    """All versions of a post and what changed between two; POST `restore=<number>` brings one back as a new edit."""
    posts = Post.objects.visible_to(request.user).select_related("space", "author__unit", "root")
    post = get_object_or_404(posts.exclude(kind__in=DOCUMENT_KINDS), public_id=public_id)
    if request.method == "GET":
        return _show(request, post)
    return _restore(request, post)


def _restore(request: HttpRequest, post: Post) -> HttpResponse:
    number, base = request.POST.get("restore", ""), request.POST.get("base_revision", "")
    if not (number.isdecimal() and base.isdecimal() and len(number) < 8 and len(base) < 8):
        raise Http404
    try:
        restore(editor=request.user, post=post, number=int(number), base_revision=int(base))
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from refusal
        return _show(request, post, refusal.verdict, status_of(refusal.verdict))
    except EditConflict:
        post.refresh_from_db()
        messages.warning(
            request, _("This post was changed meanwhile. Look at it again before bringing back.")
        )
        return _show(request, post, status=409)
    messages.success(
        request, _("Version %(number)s is back. The other one stays in the history.") % {"number": number}
    )
    return redirect(post.get_absolute_url())


def _show(
    request: HttpRequest, post: Post, verdict: Verdict | None = None, status: int = 200
) -> HttpResponse:
    versions = versions_of(post)
    asked = gate.Permit(request.user, Deed.EDIT, post.space, post, post.thread)
    context = {
        "post": post,
        "space": post.space,
        "versions": versions,
        "comparison": chosen(versions, request.GET.get("old", ""), request.GET.get("new", "")),
        "may_restore": gate.verdict_on(asked),
        "verdict": verdict,
    }
    return render(request, "posting/history.html", context, status=status)
