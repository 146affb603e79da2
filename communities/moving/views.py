"""Pages of those who keep threads in order. What may not be seen is a 404; what is refused says why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from communities.moving import actions
from communities.moving.forms import MergeForm, MoveForm, RecastForm, SplitForm, kinds_besides
from communities.moving.models import Offer, Surgery
from communities.moving.reading import later_posts, losing_sight, other_answers, similar_threads
from communities.offering.actions import move_or_offer
from intranet.access import visibility
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.kinds import THREAD_KINDS, PostKind
from intranet.content.models import Post
from intranet.moderation.checks import NOT_FOUND
from intranet.runtime.surfaces import surface


def _find(request: HttpRequest, public_id: str, *, thread: bool = False) -> Post:
    """A post of a community's thread, or the thread itself, that the reader sees; else 404."""
    posts = Post.objects.visible_to(request.user).select_related("space", "author", "root", "parent")
    post = get_object_or_404(posts.threads() if thread else posts, public_id=public_id)
    if post.thread.kind not in THREAD_KINDS:
        raise Http404
    return post


def _try(deed: Callable[[], Any]) -> tuple[Any, Verdict | None]:
    """What `deed` gave, or why it was refused; what may not be seen is answered as what is not there."""
    try:
        return deed(), None
    except Refused as refusal:
        if refusal.verdict.code == NOT_FOUND:
            raise Http404 from None
        return None, refusal.verdict


def _show(
    request: HttpRequest, page: str, verdict: Verdict | None = None, status: int = 200, **context: Any
) -> HttpResponse:
    status = status_of(verdict) if verdict is not None else status
    return render(request, f"communities/moving/{page}.html", {"verdict": verdict, **context}, status=status)


@surface("a post the reader may see")
@require_GET
def arrange(request: HttpRequest, public_id: str) -> HttpResponse:
    """What can be done with a thread, or with a post in it."""
    post = _find(request, public_id)
    runs = visibility.moderates_space(request.user, post.space)
    own = post.author_id == request.user.pk
    answers = post.kind in (PostKind.ANSWER, PostKind.COMMENT) and post.thread.kind == PostKind.QUESTION
    becomes = PostKind.COMMENT if post.kind == PostKind.ANSWER else PostKind.ANSWER
    return _show(
        request,
        "arrange",
        post=post,
        space=post.space,
        runs=runs,
        may_convert=runs or own,
        kinds=[] if post.root_id else kinds_besides(post.kind),
        recast=becomes if answers else "",
        offer=Offer.objects.waiting().filter(post=post).select_related("target").first() if runs else None,
    )


@surface("a thread the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move a thread to another community, or offer it to those who run that one; first it is said what that means."""
    thread = _find(request, public_id, thread=True)
    form = MoveForm(thread, request.user, request.POST or None)
    context: dict[str, Any] = {"post": thread, "space": thread.space, "form": form}
    if request.method == "GET":
        return _show(request, "move", **context)
    if not form.is_valid():
        return _show(request, "move", status=422, **context)
    target, note = form.cleaned_data["target"], form.cleaned_data["note"]
    if request.POST.get("step") != "move":
        facts = {
            "target": target,
            "at_once": visibility.moderates_space(request.user, target),
            "losing": losing_sight(thread, target),
        }
        return _show(request, "move", **context, **facts)
    done, verdict = _try(lambda: move_or_offer(actor=request.user, thread=thread, target=target, note=note))
    if verdict is not None:
        return _show(request, "move", verdict, **context)
    if isinstance(done, Offer):
        messages.success(
            request, _("Offered. The thread moves when %(name)s takes it in.") % {"name": target.label}
        )
    else:
        messages.success(request, _("Moved. This can be undone for a day."))
    return redirect(thread.get_absolute_url())


@surface("a thread the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Merge a thread into another one; first it is said what that means."""
    thread = _find(request, public_id, thread=True)
    form = MergeForm(request.user, similar_threads(thread, request.user), request.POST or None)
    context: dict[str, Any] = {"post": thread, "space": thread.space, "form": form}
    if request.method == "GET":
        return _show(request, "merge", **context)
    if not form.is_valid():
        return _show(request, "merge", status=422, **context)
    into = form.cleaned_data["into"]
    if request.POST.get("step") != "merge":
        return _show(request, "merge", into=into, losing=losing_sight(thread, into.space), **context)
    _done, verdict = _try(lambda: actions.merge(actor=request.user, thread=thread, into=into))
    if verdict is not None:
        return _show(request, "merge", verdict, **context)
    messages.success(request, _("Merged. This can be undone for a day."))
    return redirect(into.get_absolute_url())


@surface("a post the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def split(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a thread of its own of a post and what hangs on it."""
    post = _find(request, public_id)
    if post.root is None:
        raise Http404
    later = later_posts(post, request.user)
    kind = post.root.kind if post.root.kind in actions.BECOMES else PostKind.DISCUSSION
    form = SplitForm(later, request.POST or None, initial={"kind": kind})
    context: dict[str, Any] = {"post": post, "space": post.space, "form": form}
    if request.method == "GET":
        return _show(request, "split", **context)
    if not form.is_valid():
        return _show(request, "split", status=422, **context)
    said = form.cleaned_data
    along = [each for each in later if each.public_id in said.get("along", ())]
    _done, verdict = _try(
        lambda: actions.split(
            actor=request.user, posts=[post, *along], title=said["title"], kind=said["kind"]
        )
    )
    if verdict is not None:
        return _show(request, "split", verdict, **context)
    messages.success(request, _("This is a thread of its own now. It can be undone for a day."))
    return redirect("communities:thread", post.public_id)


@surface("a post the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def convert(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change what kind of post something is: `kind` is what it shall be. Asks on what a comment shall hang."""
    post = _find(request, public_id)
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    answers = other_answers(post, request.user) if kind == PostKind.COMMENT else []
    form = RecastForm(answers, request.POST or None)
    context: dict[str, Any] = {"post": post, "space": post.space, "form": form, "kind": kind}
    context["kind_label"] = PostKind(kind).label if kind in PostKind.values else ""
    if request.method == "GET":
        return _show(request, "convert", **context)
    if not form.is_valid():
        return _show(request, "convert", status=422, **context)
    onto = next((each for each in answers if each.public_id == form.cleaned_data["onto"]), None)
    _done, verdict = _try(lambda: _convert(request, post, kind, onto))
    if verdict is not None:
        return _show(request, "convert", verdict, **context)
    messages.success(request, _("Changed. This can be undone for a day."))
    return redirect("communities:post", post.public_id)


def _convert(request: HttpRequest, post: Post, kind: str, onto: Post | None) -> Surgery | None:
    if post.root is None:
        return actions.convert(actor=request.user, thread=post, kind=kind)
    return actions.recast(actor=request.user, post=post, kind=kind, onto=onto)


@surface("a surgery of a thread the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take back what was done to a thread; asks first."""
    seen = Post.objects.visible_to(request.user)
    surgeries = Surgery.objects.filter(touched__post__in=seen).distinct().defer("before")
    surgery = get_object_or_404(surgeries.select_related("actor", "source"), public_id=public_id)
    post = seen.filter(pk__in=surgery.touched.values("post")).select_related("space", "root").first()
    context = {"surgery": surgery, "post": post, "space": post.space}
    if request.method == "GET":
        return _show(request, "undo", **context)
    _done, verdict = _try(
        lambda: actions.undo(actor=request.user, surgery=Surgery.objects.get(pk=surgery.pk))
    )
    if verdict is not None:
        return _show(request, "undo", verdict, **context)
    messages.success(request, _("Put back as it was."))
    back = seen.filter(pk=post.pk).select_related("root", "space").first()
    return redirect(back.get_absolute_url() if back else context["space"].get_absolute_url())
