"""Communities and their threads, for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from ninja import Router, Schema, Status
from pydantic import Field, StringConstraints

from communities.moving.reading import leads_to
from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from communities.threads import actions as threads
from communities.threads.cards import gone
from communities.threads.listing import threads_in
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.content.tagging import MAX_TAGS
from intranet.moderation.locks import locks_of_thread
from intranet.moderation.models import Lock
from intranet.people.models import User
from intranet.policies.disclosures.showing import shape, with_disclosures
from intranet.posting import actions as posting
from intranet.posting.api import READING, REFUSALS, visible_post
from intranet.posting.reach import must_be_confirmed
from intranet.posting.shapes import (
    DisclosureShape,
    LockedProblem,
    LockShape,
    Made,
    PersonShape,
    Problem,
    ReplyList,
    person_shape,
    reply_shape,
)
from intranet.posting.verbs import COMMENTED
from intranet.runtime.surfaces import surface
from intranet.ui.numbers import number_in
from intranet.ui.paging import page

router = Router(tags=["communities"])

REPLIES = 100
"""Replies in one answer."""
OF_QUESTIONS = ("anonymous", "to", "urgent")
"""What only a question is asked with."""
Token = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[!-~]+$")]
Topic = Annotated[str, StringConstraints(max_length=60, pattern=r"^[^\x00]*$")]
Said = Annotated[str, StringConstraints(max_length=240, pattern=r"^[^\x00]*$")]
"""A disclosure in one line: `interest`, `outside=DIN 3990`, `on_behalf=LAB`, `!interest` for none."""
Confirmed = Annotated[int, Field(ge=0, le=1_000_000)]
"""How many people the program has agreed to tell by mentioning groups; more than that is refused (`reach`)."""
WRITING = {409: Problem, 423: LockedProblem, **REFUSALS}


class CommunityShape(Schema):
    """A community of which I may know."""

    slug: str
    name: str
    purpose: str
    visibility: str
    joining: str
    archived: bool
    role: str | None
    url: str


class CommunityList(Schema):
    items: list[CommunityShape]
    next: str | None


class SummaryShape(Schema):
    """A thread in a list."""

    id: str
    kind: str
    community: str
    title: str
    author: PersonShape
    tags: list[str]
    created: datetime
    last_activity: datetime
    revision: int
    score: int
    reply_count: int
    accepted: str | None
    disclosures: list[DisclosureShape]
    locked: LockShape | None


class SummaryList(Schema):
    items: list[SummaryShape]
    next: str | None


class ThreadShape(SummaryShape):
    """A thread with its text and replies; the next ones are at `replies.next`."""

    source: str
    html: str
    replies: ReplyList


class NewThread(Schema):
    """What starts a thread. The same `client_token` twice gives the first one's result.

    Of a question, `to` names whom to ask (`experts`, `@username`, `@u/unit`), `urgent` says why it is, and `anonymous`
    seals who asks where the charter allows it.
    """

    kind: Literal["question", "discussion", "idea", "announcement"] = "question"
    title: str
    source: str = ""
    tags: list[Topic] = Field(default=[], max_length=MAX_TAGS)
    disclosures: list[Said] = Field(default=[], max_length=10)
    client_token: Token | None = None
    confirmed_reach: Confirmed = 0
    anonymous: bool = False
    to: Said = ""
    urgent: Said = ""


class NewReply(Schema):
    """A reply. Without `parent` it answers the question or replies to the thread; with one it is about that post."""

    source: str
    parent: Annotated[str, StringConstraints(max_length=16, pattern=r"^[\w-]*$")] | None = None
    client_token: Token | None = None
    disclosures: list[Said] = Field(default=[], max_length=10)
    confirmed_reach: Confirmed = 0


class Choice(Schema):
    """The answer that is to be the accepted one; null for none."""

    answer: Annotated[str, StringConstraints(max_length=16, pattern=r"^[\w-]*$")] | None


class ChoiceShape(Schema):
    id: str
    accepted: str | None


def _community(reader: User, slug: str, *, inside: bool) -> Space:
    spaces = Space.objects.communities()
    found = (spaces.entered_by(reader) if inside else spaces.visible_to(reader)).filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


@router.get("/communities", response={200: CommunityList, **READING}, summary="Communities I may know of")
@surface("communities the reader may know of")
def communities(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """Communities, newest first."""
    found = page(Space.objects.communities().visible_to(request.user), cursor)
    roles = request.user.space_roles
    return {
        "items": [_community_shape(space, roles.get(space.pk)) for space in found],
        "next": found.next or None,
    }


def _community_shape(space: Space, role: str | None) -> dict[str, Any]:
    return {
        "slug": space.slug,
        "name": space.label,
        "purpose": space.purpose,
        "visibility": space.visibility,
        "joining": space.joining,
        "archived": space.archived_at is not None,
        "role": role,
        "url": space.get_absolute_url(),
    }


@router.get(
    "/communities/{slug:slug}/threads",
    response={200: SummaryList, **READING},
    summary="Threads of a community",
)
@surface("threads of a community the reader sees into")
def list_threads(request: HttpRequest, slug: str, cursor: str = "") -> dict[str, Any]:
    """Threads of a community, latest activity first."""
    space = _community(request.user, slug, inside=True)
    found = page(
        with_disclosures(threads_in(space, request.user).for_cards()).select_related(
            "question_detail__accepted"
        ),
        cursor,
        by="last_activity",
    )
    held = Lock.objects.holding().with_clause().filter(post__in=[post.pk for post in found])
    locks = {lock.post_id: lock for lock in held}
    return {"items": [_summary(post, locks.get(post.pk)) for post in found], "next": found.next or None}


def _summary(post: Post, lock: Lock | None) -> dict[str, Any]:
    detail: QuestionDetail | None = getattr(post, "question_detail", None)
    accepted = detail.accepted if detail else None
    return {
        "id": post.public_id,
        "kind": post.kind,
        "community": post.space.slug,
        "title": post.title,
        "author": person_shape(post.author),
        "tags": [tag.label for tag in post.tags.all()],
        "created": post.created,
        "last_activity": post.last_activity,
        "revision": post.revision,
        "score": post.total_score,
        "reply_count": post.reply_count,
        "accepted": accepted.public_id if accepted else None,
        "disclosures": [shape(each) for each in post.disclosures.all()],
        "locked": lock.facts() if lock else None,
    }


@router.post(
    "/communities/{slug:slug}/threads", response={201: Made, 200: Made, **WRITING}, summary="Start a thread"
)
@surface("the reader's own new thread, through the gate")
def start(request: HttpRequest, slug: str, said: NewThread) -> Status:
    """Start a thread: 201 when it is new, 200 when this client token already made it."""
    space = _community(request.user, slug, inside=False)
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
    summary = _summary(root, locks.get(root.pk) or locks.get(None))
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
