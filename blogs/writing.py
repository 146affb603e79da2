"""The pages on which a blog post is written: editor, autosave, preview, my drafts."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from blogs import actions
from blogs.actions import DraftConflict
from blogs.forms import EntryForm, initial_of
from blogs.lending import lent_to
from blogs.models import BlogPage, BlogPostPage, minutes_to_read
from blogs.reading import drafts_of
from blogs.roots import open_blog
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused, Verdict
from intranet.content.composing import compose
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Post, Space
from intranet.content.public_ids import new_public_id
from intranet.documents.waiting import change_waits
from intranet.moderation.checks import LOCKED, NOT_FOUND
from intranet.policies.reading import for_writers
from intranet.posting.writing import with_files
from intranet.runtime.surfaces import surface
from intranet.ui import drafts as browser_drafts
from intranet.ui.numbers import number_in

LARGEST = 250_000
"""Bytes of one autosave: a post of the greatest length in any script, escaped as JSON."""


def _blogs(request: HttpRequest) -> Any:
    """The blogs I write in; my own is made when I have none."""
    mine = BlogPage.objects.written_by(request.user)
    if not mine.exists():
        open_blog(owner=request.user)
        mine = BlogPage.objects.written_by(request.user)
    return mine


def _room(request: HttpRequest, key: str) -> BlogPostPage:
    """A writing room that I may enter, or 404."""
    page = BlogPostPage.objects.open_to(request.user).filter(key=key).select_related("blog__space").first()
    if page is None:
        raise Http404
    return page


@surface("the writer's own drafts")
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """Begin a post. It gets its number here and its page with the first draft that is saved."""
    try:
        blogs = _blogs(request)
    except Refused as refused:
        return render(request, "403.html", {"verdict": refused.verdict}, status=403)
    if request.method == "POST":
        page = BlogPostPage.objects.open_to(request.user).filter(key=request.POST.get("key", "")).first()
        chosen = (
            page.blog
            if page
            else blogs.filter(pk=number_in(request.POST.get("blog", ""), digits=18)).first() or blogs[0]
        )
        said, refusal = with_files(request, space=chosen.space)
        return _sent(request, EntryForm(request.user, blogs, said, page=page), page, refusal)
    initial = {"blog": blogs[0].pk, "comments_open": True, "key": new_public_id(), "draft_version": 0}
    return _editor(request, EntryForm(request.user, blogs, initial=initial))


@surface("posts the reader may write on")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Go on with a draft, or change a post that is out."""
    page = _room(request, public_id)
    blogs = BlogPage.objects.written_by(request.user)
    if request.method == "POST":
        said, refusal = with_files(request, **_beside(page))
        said["key"], said["blog"] = page.key, str(page.blog_id)
        return _sent(request, EntryForm(request.user, blogs, said, page=page), page, refusal)
    form = EntryForm(request.user, blogs, page=page, initial=initial_of(actions.latest(page)))
    return _editor(request, form, page=page)


def _beside(page: BlogPostPage) -> dict[str, Post | Space]:
    """What a file of this text is beside: the post once there is one, before that the blog."""
    return {"post": page.post} if page.post else {"space": page.blog.space}


def _sent(
    request: HttpRequest, form: EntryForm, page: BlogPostPage | None, refusal: Refused | None
) -> HttpResponse:
    """Keep what was sent as a draft first, then do what the button says; `refusal` of a file stops at the draft."""
    if not form.is_valid():
        return _editor(request, form, page=page, status=422)
    typed = form.cleaned_data
    try:
        page = actions.save_draft(
            author=request.user,
            blog=typed["blog"],
            key=typed["key"],
            text=form.text(),
            version=typed["draft_version"] or 0,
        )
    except DraftConflict as conflict:
        return _conflict(request, form, conflict.current)
    except Refused as refused:
        return _refused(request, form, page, refused)
    if refusal:
        return _refused(request, form, page, refusal)
    step = request.POST.get("step")
    if step == "preview":
        return redirect("blogs:preview", page.key)
    if step != "publish":
        messages.success(request, _("The draft is saved. Only you see it."))
        browser_drafts.done(request, f"blog:{page.key}")
        return redirect("blogs:edit", page.key)
    try:
        post = actions.publish(author=request.user, page=page)
        said = _("Published.") if post.state == PostState.PUBLISHED else _("A moderator looks at it first.")
    except Refused as refused:
        if not change_waits(refused):
            return _refused(request, form, page, refused)
        post, said = page.post, str(refused.verdict.message)
    browser_drafts.done(request, f"blog:{page.key}")
    messages.success(request, said)
    return redirect(post.get_absolute_url())


def _refused(
    request: HttpRequest, form: EntryForm, page: BlogPostPage | None, refused: Refused
) -> HttpResponse:
    if refused.verdict.code == NOT_FOUND:
        raise Http404
    status = 423 if refused.verdict.code == LOCKED else status_of(refused.verdict)
    return _editor(request, form, page=page, verdict=refused.verdict, status=status)


def _conflict(request: HttpRequest, form: EntryForm, current: BlogPostPage) -> HttpResponse:
    """Both texts; sending mine again replaces the other one."""
    return _editor(request, form, page=current, theirs=current, status=409)


def _with_version(form: EntryForm, version: int) -> EntryForm:
    """The form as it was typed, based on the draft as it is now."""
    if form.is_bound:
        said: QueryDict = form.data.copy()
        said["draft_version"] = str(version)
        form.data = said
    return form


def _editor(
    request: HttpRequest,
    form: EntryForm,
    *,
    page: BlogPostPage | None = None,
    verdict: Verdict | None = None,
    theirs: BlogPostPage | None = None,
    status: int = 200,
) -> HttpResponse:
    fresh = (
        BlogPostPage.objects.filter(pk=page.pk).select_related("post", "blog__space").first()
        if page
        else None
    )
    version = fresh.draft_version if fresh else 0
    key = fresh.key if fresh else (form["key"].value() or new_public_id())
    context = {
        "form": _with_version(form, version),
        "page": fresh,
        "key": key,
        "version": version,
        "autosave": reverse("blogs:draft", args=[key]),
        "verdict": verdict,
        "theirs": theirs,
        "policies": for_writers(request.user),
        "space": fresh.blog.space if fresh else form.fields["blog"].queryset[0].space,
    }
    return render(request, "blogs/write.html", context, status=status)


@surface("the writer's own drafts")
@require_http_methods(["PUT"])
def draft(request: HttpRequest, key: str) -> JsonResponse:
    """Keep what is being typed: `{version, body}` in, `{version}` out; 409 brings the newer text."""
    if len(request.body) > LARGEST:
        return _problem(413, "too_long", _("This is too long to be kept as a draft."))
    try:
        sent = json.loads(request.body)
        body, version = dict(sent["body"]), int(sent["version"])
    except (ValueError, KeyError, TypeError):
        return _problem(400, "bad_request", _("A draft is its version and its texts."))
    said = QueryDict(mutable=True)
    for name, text in body.items():
        if isinstance(text, str):
            said[str(name)] = text
    page = BlogPostPage.objects.open_to(request.user).filter(key=key).first()
    newest = actions.latest(page) if page else None
    said.setlist("disclosures", newest.disclosures if newest else [])
    said["key"], said["draft_version"] = key, str(max(version, 0))
    if newest is None or newest.comments_open:
        said["comments_open"] = "on"
    blogs = BlogPage.objects.written_by(request.user)
    if page:
        said["blog"] = str(page.blog_id)
    elif "blog" not in said and (first := blogs.first()):
        said["blog"] = str(first.pk)
    form = EntryForm(request.user, blogs, said, page=page)
    if not form.is_valid():
        return _problem(
            422, "bad_request", " ".join(error for errors in form.errors.values() for error in errors)
        )
    try:
        saved = actions.save_draft(
            author=request.user,
            blog=form.cleaned_data["blog"],
            key=key,
            text=form.text(),
            version=form.cleaned_data["draft_version"] or 0,
        )
    except DraftConflict as conflict:
        current = conflict.current
        shown = {"title": initial_of(current)["title"], "source": current.source, "tags": current.tag_names}
        return JsonResponse({"version": current.draft_version, "body": shown}, status=409)
    except Refused as refused:
        missing = refused.verdict.code == NOT_FOUND
        return _problem(404 if missing else 422, refused.verdict.code, str(refused.verdict.message))
    return JsonResponse({"version": saved.draft_version})


def _problem(status: int, code: str, message: str) -> JsonResponse:
    return JsonResponse({"error": {"code": code, "message": message}}, status=status)


@surface("the writer's own drafts")
@require_GET
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The newest draft as readers will see it, through the same renderer. Nobody else sees this page."""
    page = _room(request, public_id)
    newest = actions.latest(page)
    try:
        shown = compose(
            kind=PostKind.BLOG_POST,
            title=newest.title,
            source=newest.source,
            author=request.user,
            room=page.room,
            lent=lent_to(page, newest.source),
        ).columns
    except Refused as refused:
        return render(request, "403.html", {"verdict": refused.verdict}, status=403)
    context = {"page": page, "draft": newest, "shown": shown, "minutes": minutes_to_read(shown["text"])}
    return render(request, "blogs/preview.html", context)


@surface("the writer's own drafts")
@require_GET
def drafts(request: HttpRequest) -> HttpResponse:
    """What I have begun: drafts, and changes that are not out."""
    return render(request, "blogs/drafts.html", {"pages": drafts_of(request.user)})


@surface("the writer's own drafts")
@require_POST
def discard(request: HttpRequest, public_id: str) -> HttpResponse:
    """Throw a draft away, or the changes of a post that is out."""
    page = _room(request, public_id)
    try:
        actions.discard(author=request.user, page=page)
    except Refused as refused:
        raise Http404 from refused
    browser_drafts.done(request, f"blog:{public_id}")
    messages.success(request, _("The draft is gone."))
    return redirect("blogs:drafts")
