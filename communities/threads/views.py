"""The page of a thread and all that is written in it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.asking.opening import may_open
from communities.canned.actions import canned_in, may_write
from communities.canned.models import Canned
from communities.moving.reading import leads_to, traces_of
from communities.polls.reading import poll_of
from communities.questions import actions as questions
from communities.questions import states
from communities.standing.praise import praise
from communities.standing.reading import standing_of
from communities.threads import actions
from communities.threads.forms import CommentForm, EditForm, ReplyForm
from communities.threads.reading import ThreadPage, detail_of, read_thread
from communities.threads.trail import trail_of
from intranet.access import visibility
from intranet.access.verdict import Refused
from intranet.content import voices
from intranet.content.kinds import DOCUMENT_KINDS, REPLY_KINDS, THREAD_KINDS, PostKind, ReactionKind
from intranet.content.models import Post
from intranet.moderation.checks import NOT_FOUND, publishes_articles
from intranet.moderation.standing.checks import said_of
from intranet.moderation.standing.models import HeldEdit
from intranet.people.models import User
from intranet.policies.disclosing import said_about
from intranet.posting import actions as posting
from intranet.posting.actions import EditConflict
from intranet.posting.writing import Composer, check, opened, received, refused, status_of, stored
from intranet.runtime.surfaces import surface
from intranet.text.changes import changes
from intranet.ui.numbers import number_in


def _find(reader: User, public_id: str) -> Post:
    """A post of a community that `reader` sees, or 404."""
    posts = Post.objects.visible_to(reader).select_related("space", "author", "root", "parent__author")
    post = get_object_or_404(posts, public_id=public_id)
    if post.thread.kind not in THREAD_KINDS:
        raise Http404
    return post


def _find_text(reader: User, public_id: str) -> Post:
    """A post that `reader` sees and that is edited on a page of ours: also a comment under a document, or 404."""
    posts = Post.objects.visible_to(reader).exclude(kind__in=DOCUMENT_KINDS)
    return get_object_or_404(posts.select_related("space", "author", "root"), public_id=public_id)


def _page(request: HttpRequest, thread: ThreadPage, composer: Composer, status: int = 200) -> HttpResponse:
    runs = visibility.moderates_space(request.user, thread.post.space)
    may_arrange = (runs or thread.post.author_id == request.user.pk) and not request.user.is_suspended
    context = {
        "thread": thread,
        "post": thread.post,
        "space": thread.post.space,
        "detail": detail_of(thread.post),
        "composer": composer,
        "trail": trail_of(thread.post),
        "standing": standing_of(thread.post, request.user, writable=thread.open_to_replies),
        "may_flag": not request.user.is_suspended,
        "traces": traces_of(thread.post, request.user) if thread.post.arranged else [],
        "poll": poll_of(thread.post, request.user) if thread.post.polled else None,
        "may_poll": may_arrange,
        "may_arrange": may_arrange,
        "runs": runs,
        "closed": thread.closure and said_of(thread.closure),
        "sealed": voices.is_voice(thread.post.author),
        "may_open": runs and bool(may_open(request.user)),
        "ready": _ready(request.user, thread),
        "may_promote": publishes_articles(request.user, thread.post.space),
    }
    template = "posts" if request.method == "GET" and _by_script(request) else "thread"
    return render(request, f"communities/{template}.html", context, status=status)


def _ready(reader: User, thread: ThreadPage) -> list[Canned]:
    """The ready answers of the community, below a question, for those who write them."""
    space = thread.post.space
    if thread.post.kind != PostKind.QUESTION or not may_write(reader, space) or not thread.open_to_replies:
        return []
    return list(canned_in(space))


def _led_on(request: HttpRequest, public_id: str) -> HttpResponse:
    """To where the posts of an old address are now. Not for ever: it can be undone."""
    post = leads_to(request.user, public_id)
    if post is None or post.root is None:
        raise Http404
    return redirect(post.get_absolute_url())


@surface("a thread the reader may see; replies they may not see are placeholders")
def thread(request: HttpRequest, public_id: str) -> HttpResponse:
    """A thread with what was answered."""
    asked = request.GET
    at = asked.get("at", "")
    try:
        read = read_thread(
            request.user,
            public_id,
            page=number_in(asked.get("page", ""), digits=6, otherwise=1),
            at=at,
            expanded=asked.get("comments", ""),
        )
    except Http404:
        return _led_on(request, public_id)
    if (
        at
        and not read.shows(at)
        and (elsewhere := leads_to(request.user, at))
        and elsewhere.thread_id != read.post.pk
    ):
        return redirect(elsewhere.get_absolute_url())
    draft = read.draft
    form = ReplyForm(initial=_with_ready(dict(draft.body) if draft else {}, read, request))
    composer = Composer(f"reply:{public_id}", form, draft.version if draft else 0)
    return _page(request, read, composer)


def _with_ready(kept: dict[str, Any], thread: ThreadPage, request: HttpRequest) -> dict[str, Any]:
    """What was kept, with the ready answer `?ready=` below it: how one is put in without scripts."""
    wanted = number_in(request.GET["ready"], digits=6, otherwise=1) if "ready" in request.GET else 0
    chosen = next((row for row in _ready(request.user, thread) if row.pk == wanted), None) if wanted else None
    return kept | {"source": f"{kept.get('source', '')}\n\n{chosen.body}".strip()} if chosen else kept


@surface("a post the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def reply(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write below a post: an answer to a question, a comment on an answer, a reply in a discussion."""
    parent = _find(request.user, public_id)
    commenting = parent.thread.kind == PostKind.QUESTION and (
        parent.kind in REPLY_KINDS or request.GET.get("as") == "comment"
    )
    key = f"{'comment' if commenting else 'reply'}:{public_id}"
    form_class = CommentForm if commenting else ReplyForm
    if request.method == "GET":
        return _writing(request, parent, opened(request, form_class, key), commenting)
    form = received(request, form_class, post=parent)
    if not form.is_valid():
        return _writing(request, parent, refused(request, form, key), commenting, 422)
    try:
        check(request, form, parent.space)
        written = _write(request.user, parent, form.cleaned_data, commenting)
    except Refused as refusal:
        composer = refused(request, form, key, refusal)
        return _writing(request, parent, composer, commenting, status_of(refusal.verdict))
    stored(request, key)
    return redirect(written.post.get_absolute_url())


def _write(author: User, parent: Post, said: dict[str, Any], commenting: bool) -> posting.Written:
    said = {name: said[name] for name in ("source", "client_token", "disclosures") if name in said}
    if commenting:
        return actions.comment(author=author, parent=parent, **said)
    if parent.kind == PostKind.QUESTION:
        return questions.answer(author=author, question=parent, **said)
    return actions.reply(author=author, parent=parent, **said)


def _writing(
    request: HttpRequest, parent: Post, composer: Composer, commenting: bool, status: int = 200
) -> HttpResponse:
    """The composer below the thread, or on a page of its own when it is about a single post in it."""
    if parent.root is None and not commenting:
        return _page(request, read_thread(request.user, parent.public_id), composer, status)
    context = {"parent": parent, "space": parent.space, "composer": composer, "commenting": commenting}
    return render(request, "communities/reply.html", context, status=status)


@surface("a post the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    """Edit a post of mine; when it changed meanwhile, both texts are shown (409)."""
    post = _find_text(request.user, public_id)
    key = f"edit:{public_id}"
    if request.method == "GET":
        return _editing(request, post, opened(request, EditForm, key, initial=_as_it_is(post)))
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


def _as_it_is(post: Post) -> dict[str, Any]:
    """The post as the form shows it; where a change of it waits, with that change."""
    says: dict[str, Any] = {
        "title": post.title,
        "source": post.source,
        "tags": [tag.label for tag in post.tags.all()],
        "disclosures": said_about(post),
    }
    if waits := HeldEdit.objects.filter(post=post).first():
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


@surface("a post the reader may see, through the gate")
@require_POST
def deed(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one press does in a thread: `vote=POST:1|0|-1`, `thank=POST:1|0`, `accept`, `good` or
    `helped=ANSWER:1|0|-1` (did this help?), each the state that is wanted.

    A script gets the new score of a vote, a form goes back to the post.
    """
    name = next((name for name in _DEEDS if name in request.POST), "")
    target, _colon, value = request.POST.get(name, "").partition(":")
    post = _find(request.user, target)
    if post.thread.public_id != public_id or value not in ("1", "0", "-1"):
        raise Http404
    try:
        told = _DEEDS[name](request.user, post, int(value))
    except Refused as refusal:
        return _refuse(request, refusal)
    return JsonResponse(told) if _by_script(request) else redirect(post.get_absolute_url())


def _vote(person: User, post: Post, value: int) -> dict[str, int]:
    return {"score": posting.react(person=person, post=post, value=value).total_score, "mine": value}


def _accept(person: User, post: Post, value: int) -> dict[str, str | None]:
    chosen = post if value == 1 else None
    questions.accept(actor=person, question=post.thread, answer=chosen)
    return {"accepted": chosen.public_id if chosen else None}


def _thank(person: User, post: Post, value: int) -> dict[str, bool]:
    posting.react(person=person, post=post, value=value, kind=ReactionKind.THANKS)
    return {"thanked": value == 1}


def _good(person: User, post: Post, value: int) -> dict[str, bool]:
    praise(actor=person, answer=post, good=value == 1)
    return {"good": value == 1}


def _helped(person: User, post: Post, value: int) -> dict[str, int]:
    posting.react(person=person, post=post, value=value, kind=ReactionKind.HELPED)
    return {"helped": value}


_DEEDS = {"vote": _vote, "thank": _thank, "accept": _accept, "good": _good, "helped": _helped}


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


@surface("a post the reader may see, through the gate")
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a post out of sight, after saying what that means."""
    post = _find(request.user, public_id)
    if request.method == "GET":
        return render(request, "communities/withdraw.html", {"post": post, "space": post.space})
    try:
        actions.withdraw(actor=request.user, post=post)
    except Refused as refusal:
        return _refuse(request, refusal)
    messages.success(request, _("Removed. Its place in the thread stays."))
    if post.root is None:
        return redirect(post.space.get_absolute_url())
    return redirect("communities:thread", post.root.public_id)


def _refuse(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal of a deed without a text: a sentence on a page, or for a script."""
    if refusal.verdict.code == NOT_FOUND:
        raise Http404
    status = status_of(refusal.verdict)
    if _by_script(request):
        error = {"code": refusal.verdict.code, "message": str(refusal.verdict.message)}
        return JsonResponse({"error": error}, status=status)
    return render(request, "403.html", {"verdict": refusal.verdict}, status=status)


@surface("a post the reader may see")
def to_post(request: HttpRequest, public_id: str) -> HttpResponse:
    """The short address of a post: its place in its thread."""
    return redirect(_find(request.user, public_id).get_absolute_url())


@surface("communities the reader may know of")
def old_list(request: HttpRequest) -> HttpResponse:
    """`/communities/` is the long name of the list."""
    return redirect(reverse("communities:index"), permanent=True)
