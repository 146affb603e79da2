"""The page of a thread, and what is written in it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from communities.asking.opening import may_open
from communities.canned.actions import canned_in, may_write
from communities.canned.models import Canned
from communities.moving.reading import leads_to, traces_of
from communities.polls.reading import poll_of
from communities.questions import actions as questions
from communities.standing.reading import standing_of
from communities.threads import actions
from communities.threads.asked import find_post
from communities.threads.forms import CommentForm, ReplyForm
from communities.threads.page import ThreadPage
from communities.threads.reading import NONE, read_thread
from communities.threads.rows import detail_of
from communities.threads.shown import About
from communities.threads.trail import trail_of
from intranet.access import visibility
from intranet.access.statuses import status_of
from intranet.access.verdict import Refused
from intranet.content import voices
from intranet.content.kinds import REPLY_KINDS, PostKind
from intranet.content.models import Post
from intranet.moderation.checks import publishes_articles
from intranet.moderation.standing.checks import said_of
from intranet.people.models import User
from intranet.posting import actions as posting
from intranet.posting.writing import Composer, check, opened, received, refused, stored
from intranet.runtime.surfaces import surface
from intranet.ui.asked import by_script
from intranet.ui.numbers import number_in


def _page(request: HttpRequest, thread: ThreadPage, composer: Composer, status: int = 200) -> HttpResponse:
    runs = visibility.moderates_space(request.user, thread.post.space)
    detail = detail_of(thread.post)
    about = About(
        asks=detail is not None,
        settled=bool(detail and detail.accepted_id),
        runs=runs,
        may_promote=publishes_articles(request.user, thread.post.space),
    )
    context = {
        "thread": thread,
        "post": thread.post,
        "space": thread.post.space,
        "detail": detail,
        "about": about,
        "composer": composer,
        "trail": trail_of(thread.post),
        "standing": standing_of(thread.post, request.user, writable=thread.open_to_replies),
        "may_flag": not request.user.is_suspended,
        "traces": traces_of(thread.post, request.user) if thread.post.arranged else [],
        "poll": poll_of(thread.post, request.user) if thread.post.polled else None,
        "may_poll": (runs or thread.post.author_id == request.user.pk) and not request.user.is_suspended,
        "runs": runs,
        "closed": thread.closure and said_of(thread.closure),
        "sealed": voices.is_voice(thread.post.author),
        "may_open": runs and bool(may_open(request.user)),
        "ready": _ready(request.user, thread),
    }
    template = "posts" if request.method == "GET" and by_script(request) else "thread"
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
            expanded=number_in(asked.get("comments", ""), digits=6, otherwise=NONE),
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
    parent = find_post(request.user, public_id)
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


@surface("a post the reader may see")
def to_post(request: HttpRequest, public_id: str) -> HttpResponse:
    """The short address of a post: its place in its thread."""
    return redirect(find_post(request.user, public_id).get_absolute_url())


@surface("communities the reader may know of")
def old_list(request: HttpRequest) -> HttpResponse:
    """`/communities/` is the long name of the list."""
    return redirect(reverse("communities:index"), permanent=True)
