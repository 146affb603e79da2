"""Editing a post: with what was there meanwhile, when somebody else was faster."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from communities.questions import states
from communities.threads.forms import EditForm
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused
from intranet.content.kinds import DOCUMENT_KINDS, PostKind
from intranet.content.models import Post
from intranet.moderation.models import HeldEdit
from intranet.people.models import User
from intranet.policies.disclosing import said_about
from intranet.posting import actions as posting
from intranet.posting.actions import EditConflict
from intranet.posting.writing import Composer, opened, received, refused, stored
from intranet.runtime.surfaces import surface
from intranet.text.changes import changes


@surface("a post the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Edit a post of mine; when it changed meanwhile, both texts are shown (409)."""
    post = _find_text(request.user, public_id)
    key = f"edit:{public_id}"
    if request.method == "GET":
        return _editing(request, post, opened(request, EditForm, key, initial=_as_it_is(request.user, post)))
    form = received(request, EditForm, post=post)
    if not form.is_valid():
        return _editing(request, post, refused(request, form, key), 422)
    try:
        if form.file_refusal:
            raise form.file_refusal
        edited = _save(request.user, post, form.cleaned_data)
    except EditConflict as conflict:
        return _conflict(request, form, key, conflict.current)
    except Refused as refusal:
        return _editing(request, post, refused(request, form, key, refusal), status_of(refusal.verdict))
    stored(request, key)
    if posting.waits(edited):
        messages.success(request, _("Your change is kept. A moderator looks at it before others see it."))
    return redirect(post.get_absolute_url())


def _find_text(reader: User, public_id: str) -> Post:
    """A post that `reader` sees and that is edited on a page of ours: also a comment under a document, or 404."""
    posts = Post.objects.visible_to(reader).exclude(kind__in=DOCUMENT_KINDS)
    return get_object_or_404(posts.select_related("space", "author", "root"), public_id=public_id)


def _as_it_is(editor: User, post: Post) -> dict[str, Any]:
    """The post as the form shows it; where a change of theirs waits, with that change."""
    says: dict[str, Any] = {
        "title": post.title,
        "source": post.source,
        "tags": [tag.label for tag in post.tags.all()],
        "disclosures": said_about(post),
    }
    if waits := HeldEdit.objects.filter(post=post, editor=editor).first():
        changed = {name: getattr(waits, name) for name in says}
        says |= {name: value for name, value in changed.items() if value is not None}
    return says | {"tags": ", ".join(says["tags"]), "base_revision": post.revision}


def _conflict(request: HttpRequest, form: EditForm, key: str, current: Post) -> HttpResponse:
    """Both texts and what differs; sending mine again then replaces the one that is there now."""
    said = form.data.copy()
    said["base_revision"] = str(current.revision)
    return _editing(request, current, refused(request, EditForm(said), key), 409, theirs=current)


def _save(editor: User, post: Post, said: dict[str, Any]) -> Post:
    starts = post.root is None
    with transaction.atomic():
        edited = posting.edit(
            editor=editor,
            post=post,
            source=said["source"],
            base_revision=said["base_revision"],
            title=said["title"] if starts else None,
            tags=said["tags"] if starts else None,
            disclosures=said["disclosures"],
        )
        if edited.kind == PostKind.QUESTION:
            states.settle(edited)
        return edited


def _editing(
    request: HttpRequest, post: Post, composer: Composer, status: int = 200, theirs: Post | None = None
) -> HttpResponse:
    context = {"post": post, "space": post.space, "composer": composer, "theirs": theirs}
    if theirs:
        context["difference"] = changes(theirs.source, composer.form.texts()["source"])
    return render(request, "communities/edit.html", context, status=status)
