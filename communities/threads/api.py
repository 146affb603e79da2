"""Threads for programs."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from ninja import Router, Status

from communities.finding import find_community
from communities.moving.reading import leads_to
from communities.questions import actions as questions
from communities.threads import actions as threads
from communities.threads.cards import gone
from communities.threads.listing import threads_in
from communities.threads.shapes import (
    OF_QUESTIONS,
    Choice,
    ChoiceShape,
    NewReply,
    NewThread,
    SummaryList,
    ThreadShape,
    summary_of,
)
from intranet.access import visibility
from intranet.content.kinds import THREAD_KINDS, PostKind
from intranet.content.models import Post
from intranet.moderation.locks import locks_of_thread
from intranet.moderation.models import Lock
from intranet.people.models import User
from intranet.policies.disclosures.showing import with_disclosures
from intranet.posting import actions as posting
from intranet.posting.api import READING, REFUSALS, WRITING, visible_post
from intranet.posting.api import router as posts
from intranet.posting.reach import must_be_confirmed
from intranet.posting.shapes import LockedProblem, Made, reply_shape
from intranet.posting.verbs import COMMENTED
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in
from intranet.ui.paging import page

router = Router(tags=["communities"])

REPLIES = 100
"""Replies in one answer."""


@router.get(
    "/communities/{slug:slug}/threads",
    response={200: SummaryList, 302: None, **READING},
    summary="Threads of a community",
)
@surface("threads of a community the reader sees into")
def list_threads(request: HttpRequest, slug: str, cursor: str = "") -> dict[str, Any] | HttpResponse:
    """Threads of a community, latest activity first. One that became part of another leads on to it."""
    space = find_community(request.user, slug, inside=True)
    target = getattr(getattr(space, "charter", None), "merged_into", None)
    if target and visibility.enters_space(request.user, target):
        return redirect(request.path.replace(f"/{slug}/", f"/{target.slug}/"))
    found = page(
        with_disclosures(threads_in(space, request.user).for_cards()).select_related(
            "question_detail__accepted"
        ),
        cursor,
        by="last_activity",
    )
    held = Lock.objects.holding().with_clause().filter(post__in=[post.pk for post in found])
    locks = {lock.post_id: lock for lock in held}
    return {"items": [summary_of(post, locks.get(post.pk)) for post in found], "next": found.next or None}


@router.post(
    "/communities/{slug:slug}/threads", response={201: Made, 200: Made, **WRITING}, summary="Start a thread"
)
@surface("the reader's own new thread, through the gate")
def start(request: HttpRequest, slug: str, said: NewThread) -> Status:
    """Start a thread: 201 when it is new, 200 when this client token already made it."""
    space = find_community(request.user, slug, inside=False)
    must_be_confirmed(author=request.user, space=space, source=said.source, confirmed=said.confirmed_reach)
    body = said.dict(exclude={"kind", "confirmed_reach", *OF_QUESTIONS})
    if said.kind == PostKind.QUESTION:
        asking = {name: getattr(said, name) for name in OF_QUESTIONS}
        written = questions.ask(author=request.user, space=space, **body, **asking)
    else:
        written = threads.start(author=request.user, space=space, kind=said.kind, **body)
    return _made(written)


def _made(written: posting.Written) -> Status:
    made = {"id": written.post.public_id, "url": written.post.get_absolute_url()}
    return Status(201 if written.created else 200, made)


@router.get(
    "/threads/{slug:public_id}", response={200: ThreadShape, 302: None, **READING}, summary="A thread"
)
@surface("a thread and replies the reader may see")
def thread(request: HttpRequest, public_id: str, cursor: str = "") -> dict[str, Any] | HttpResponse:
    """A thread with its replies in the order in which they came; `cursor` is that of `replies.next`.

    What was merged into another thread, or split off one, leads on to where it is now.
    """
    try:
        root = _thread(request.user, public_id)
    except Http404:
        return _led_on(request, public_id)
    locks = locks_of_thread(root)
    after = number_in(cursor, digits=9)
    posts = Post.objects.replies_of(root).filter(number__gt=after)
    rows = with_disclosures(posts.select_related("author", "parent"))
    found = list(rows[: REPLIES + 1])
    shown = found[:REPLIES]
    for post in shown:
        post.root, post.space = root, root.space
    replies = [reply_shape(post, locks.get(post.pk)) for post in shown if not gone(request.user, post)]
    more = str(shown[-1].number) if len(found) > REPLIES else None
    summary = summary_of(root, locks.get(root.pk) or locks.get(None))
    return {**summary, "source": root.source, "html": root.html, "replies": {"items": replies, "next": more}}


def _led_on(request: HttpRequest, public_id: str) -> HttpResponse:
    """To the thread in which the posts of an old address are now. Not for ever: it can be undone."""
    post = leads_to(request.user, public_id)
    if post is None or post.root is None:
        raise Http404
    return redirect(request.path.replace(public_id, post.root.public_id))


def _thread(reader: User, public_id: str) -> Post:
    posts = Post.objects.visible_to(reader).threads().select_related("question_detail__accepted")
    root = posts.for_cards().filter(public_id=public_id).first()
    if root is None:
        raise Http404
    return root


@router.post(
    "/threads/{slug:public_id}/replies",
    response={201: Made, 200: Made, **WRITING},
    summary="Write in a thread",
)
@surface("the reader's own new reply, through the gate")
def reply(request: HttpRequest, public_id: str, said: NewReply) -> Status:
    """Answer, reply or comment: 201 when it is new, 200 when this client token already made it."""
    root = _thread(request.user, public_id)
    parent = visible_post(request.user, said.parent) if said.parent else root
    if parent.thread_id != root.pk:
        raise Http404
    must_be_confirmed(
        author=request.user, space=root.space, source=said.source, confirmed=said.confirmed_reach
    )
    return _made(_write(request.user, root, parent, said))


def _write(author: User, root: Post, parent: Post, said: NewReply) -> posting.Written:
    body: dict[str, Any] = {"author": author, "source": said.source, "client_token": said.client_token}
    if root.kind in threads.TALKS:
        return threads.reply(parent=parent, disclosures=said.disclosures, **body)
    if root.kind != PostKind.QUESTION:
        return posting.reply(
            parent=parent, kind=PostKind.COMMENT, verb=COMMENTED, disclosures=said.disclosures, **body
        )
    if said.parent:
        return threads.comment(parent=parent, disclosures=said.disclosures, **body)
    return questions.answer(question=root, disclosures=said.disclosures, **body)


@router.put(
    "/threads/{slug:public_id}/accepted",
    response={200: ChoiceShape, **WRITING},
    summary="Accept an answer, or none",
)
@surface("a question the reader may see, through the gate")
def accept(request: HttpRequest, public_id: str, wanted: Choice) -> dict[str, Any]:
    """Make one answer of a question the accepted one, or none of them."""
    root = _thread(request.user, public_id)
    chosen = visible_post(request.user, wanted.answer) if wanted.answer else None
    detail = questions.accept(actor=request.user, question=root, answer=chosen)
    return {"id": public_id, "accepted": detail.accepted.public_id if detail.accepted else None}


@posts.delete(
    "/posts/{slug:public_id}",
    response={204: None, 423: LockedProblem, **REFUSALS},
    summary="Take a post out of sight",
)
@surface("a post the reader may see, through the gate")
def withdraw(request: HttpRequest, public_id: str) -> Status:
    """Remove a post of mine, or of a place I moderate; its number in the thread stays. Documents are withdrawn where
    they were written."""
    post = visible_post(request.user, public_id)
    if post.thread.kind not in THREAD_KINDS:
        raise Http404
    threads.withdraw(actor=request.user, post=post)
    return Status(204, None)
