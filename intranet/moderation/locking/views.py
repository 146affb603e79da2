"""The pages of locks: place one, open one, all that hold, and what a reader is told about one."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.models import Page

from intranet.access import visibility
from intranet.access.verdict import refuse
from intranet.content.kinds import PostState
from intranet.content.models import Post, Space
from intranet.moderation import actions, locks
from intranet.moderation.answering import Sent, done, forbidden, send
from intranet.moderation.appeals.actions import may_appeal
from intranet.moderation.desk import for_moderators, must_moderate, tabs, visible_post
from intranet.moderation.locking.forms import LockForm, PlaceLockForm
from intranet.moderation.models import Lock
from intranet.people.models import User
from intranet.runtime.surfaces import surface

TERMS = ("clause", "scope", "reach", "until", "condition", "note")


def _terms(held: Lock | None) -> dict[str, Any] | None:
    """The terms of the lock that holds, as the form shows them."""
    if held is None:
        return None
    until = timezone.localdate(held.until) if held.until else None
    return {name: getattr(held, name) for name in TERMS} | {"clause": held.clause.name, "until": until}


def _placing(
    request: HttpRequest, form_class: type[LockForm], target: dict[str, Any], back: str, heading: str
) -> HttpResponse:
    """The page on which `target` is locked: first what people will see, then the lock."""
    held = Lock.objects.holding().with_clause().filter(**{"person": None, **target}).first()
    form = form_class(request.user, request.POST or None, initial=_terms(held))
    sent, preview = Sent(), None
    if form.is_bound and form.is_valid() and request.POST.get("step") != "lock":
        preview = {"lock": Lock(placed_by=request.user, **target, **form.cleaned_data)}
    else:
        deed = partial(locks.lock, actor=request.user, **target)
        sent = send(request, form, deed, back, said=_("Locked. Readers see the clause."))
    context = {
        "post": target.get("post"),
        "target": target,
        "heading": heading,
        "form": form,
        "held": held,
        "preview": preview,
        "back": back,
    }
    return sent.answer or sent.page(request, "moderation/lock.html", context)


@surface("posts in spaces the reader moderates")
@require_http_methods(["GET", "POST"])
def lock(request: HttpRequest, public_id: str) -> HttpResponse:
    """Lock a post without a case, or change the terms of the lock that holds."""
    post = visible_post(request, public_id)
    if refusal := must_moderate(request, post):
        return refusal
    return _placing(request, LockForm, {"post": post}, post.get_absolute_url(), _("Lock this post"))


@surface("spaces the reader moderates")
@require_http_methods(["GET", "POST"])
def lock_place(request: HttpRequest, slug: str) -> HttpResponse:
    """Lock a whole place, or the right of one person (`person=`) to write in it."""
    space = get_object_or_404(Space.objects.moderated_by(request.user), slug=slug)
    username = request.GET.get("person", "")
    back = "moderation:locks"
    if not username:
        heading = _("Lock all of %(place)s") % {"place": space.label}
        return _placing(request, PlaceLockForm, {"space": space}, back, heading)
    person = get_object_or_404(User.objects.visible_to(request.user), username=username)
    names = {"name": person.display_name, "place": space.label}
    heading = _("Pause the right of %(name)s to write in %(place)s") % names
    return _placing(request, PlaceLockForm, {"space": space, "person": person}, back, heading)


@surface("pages of the editors' desk, for moderators of the whole organisation")
@require_http_methods(["GET", "POST"])
@for_moderators
def lock_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock a page of the editors' desk, with the pages under it."""
    page = get_object_or_404(Page, pk=pk)
    if not request.user.moderates_everywhere:
        raise Http404
    heading = _("Lock the page “%(title)s”") % {"title": page.title}
    return _placing(request, PlaceLockForm, {"page": page}, "moderation:locks", heading)


@surface("posts in spaces the reader moderates")
@require_POST
def unlock(request: HttpRequest, public_id: str) -> HttpResponse:
    """Open a post again, or show it again when it was hidden."""
    post = visible_post(request, public_id)
    if refusal := must_moderate(request, post):
        return refusal

    def open_again() -> None:
        locks.unlock(actor=request.user, post=post)
        if post.state == PostState.HIDDEN:
            actions.restore(actor=request.user, post=post)

    return done(request, open_again, post, said=_("Open again."))


@surface("locks in spaces the reader moderates")
@require_GET
@for_moderators
def all_locks(request: HttpRequest) -> HttpResponse:
    """Every lock that holds where I moderate, the newest first."""
    rows = Lock.objects.holding().moderated_by(request.user).with_clause().select_related("post__root")
    visible = [
        lock
        for lock in rows.order_by("-placed_at")[:200]
        if lock.post is None or visibility.sees_post(request.user, lock.post)
    ]
    spaces = Space.objects.communities().moderated_by(request.user).filter(archived_at=None)
    context = {"locks": visible, "spaces": spaces, "tabs": tabs(request, "locks")}
    return render(request, "moderation/locks.html", context)


def _lock_for(request: HttpRequest, pk: int) -> Lock:
    """A lock that the reader may know of, or 404: on what they see, on themselves, or where they moderate."""
    lock = get_object_or_404(Lock.objects.with_clause().select_related("post__root"), pk=pk)
    person = request.user
    if lock.page_id:
        known = person.moderates_everywhere
    elif lock.person_id:
        known = lock.person_id == person.pk or visibility.moderates_space(person, lock.space)
    elif lock.post:
        known = Post.objects.visible_to(person).filter(pk=lock.post_id).exists()
    else:
        known = visibility.sees_space(person, lock.space)
    if not known:
        raise Http404
    return lock


@surface("locks on what the reader may see; locks on a person to that person and the moderators of the place")
@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """What is locked, under which clause, until when, and how to appeal; to its author also what stood there."""
    lock = _lock_for(request, pk)
    concerned = lock.concerns is not None and lock.concerns.pk == request.user.pk
    context = {
        "lock": lock,
        "concerned": concerned,
        "may_appeal": concerned and may_appeal(request.user, lock),
        "moderates": Lock.objects.moderated_by(request.user).filter(pk=lock.pk).exists(),
    }
    return render(request, "moderation/lock_notice.html", context)


@surface("locks in spaces the reader moderates")
@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Open what a lock holds."""
    lock = _lock_for(request, pk)
    if not Lock.objects.moderated_by(request.user).filter(pk=pk).exists():
        words = _("Only moderators of this place can do that.")
        return forbidden(request, refuse("not_moderator", words))
    deed = partial(locks.release, actor=request.user, lock=lock)
    return done(request, deed, "moderation:locks", said=_("Open again."))
