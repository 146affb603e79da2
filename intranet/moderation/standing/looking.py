"""The pages of what waits to be looked at: for moderators, and for whose post or change it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from intranet.content import voices
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.moderation.answering import done, send
from intranet.moderation.appeals.notices import edit_address
from intranet.moderation.desk import for_moderators, must_moderate, tabs, visible_post
from intranet.moderation.models import HeldEdit
from intranet.moderation.standing import edits, held
from intranet.moderation.standing.forms import RefuseForm
from intranet.runtime.surfaces import surface
from intranet.text.changes import changes

MOST = 100


@dataclass(frozen=True)
class Kind:
    """What waits: its page, its two deeds, and what is said when they are done."""

    template: str
    publish: Callable[..., Any]
    refuse: Callable[..., Any]
    published: str | Promise
    refused: str | Promise


POST = Kind(
    "moderation/look.html",
    held.publish,
    held.refuse_held,
    _("Published. Its author and its readers are told."),
    _("Not published. Its author reads why."),
)
CHANGE = Kind(
    "moderation/look_at_change.html",
    edits.publish_edit,
    edits.refuse_edit,
    _("The change is published. Its author is told."),
    _("Not published. Its author reads why, and the post stays as it was."),
)


@surface("posts that wait in spaces the reader moderates")
@require_GET
@for_moderators
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits to be looked at before it is published, those due first."""
    context = {
        "rows": list(held.waiting(request.user)[:MOST]),
        "edits": list(edits.waiting_edits(request.user)[:MOST]),
        "tabs": tabs(request, "held"),
    }
    return render(request, "moderation/held.html", context)


@surface("posts that wait in spaces the reader moderates")
@require_http_methods(["GET", "POST"])
@for_moderators
def look(request: HttpRequest, public_id: str) -> HttpResponse:
    """One post that waits: publish it, or say why not."""
    return _look(request, visible_post(request, public_id), POST)


@surface("changes that wait in spaces the reader moderates")
@require_http_methods(["GET", "POST"])
@for_moderators
def look_at_change(request: HttpRequest, public_id: str) -> HttpResponse:
    """One change of a post that waits: what it takes out and puts in; publish it, or say why not."""
    post = visible_post(request, public_id)
    change = HeldEdit.objects.select_related("clause__version__policy").filter(post=post).first()
    if change is None:
        raise Http404
    cited = change.clause.name if change.clause else ""
    shown = {"change": change, "difference": changes(post.source, change.source)}
    return _look(request, post, CHANGE, cited=cited, **shown)


def _look(request: HttpRequest, post: Post, kind: Kind, *, cited: str = "", **more: Any) -> HttpResponse:
    if refusal := must_moderate(request, post):
        return refusal
    if request.POST.get("do") == "publish":
        deed = partial(kind.publish, actor=request.user, post=post)
        return done(request, deed, "moderation:held", said=str(kind.published))
    form = RefuseForm(request.user, request.POST or None, initial={"clause": cited})
    deed = partial(kind.refuse, actor=request.user, post=post)
    sent = send(request, form, deed, "moderation:held", said=str(kind.refused))
    return sent.answer or sent.page(request, kind.template, {"post": post, "form": form, **more})


@surface("the reader's own posts and changes that wait")
@require_GET
def waits(request: HttpRequest, public_id: str) -> HttpResponse:
    """My post, or my change of one, that waits: under which clause, what comes next and by when."""
    posts = Post.objects.visible_to(request.user).select_related("space", "author", "root")
    post = get_object_or_404(posts, public_id=public_id)
    if not voices.wrote(request.user, post):
        raise Http404
    change = HeldEdit.objects.filter(post=post).first()
    context = {
        "post": post,
        "held": post.state == PostState.HELD,
        "change": change,
        "difference": changes(post.source, change.source) if change else None,
        "edit_url": edit_address(post),
    }
    return render(request, "moderation/waits.html", context)
