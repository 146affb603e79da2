"""Following, bookmarks and read positions, for programs. Each call sets a state and is safe to repeat."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field, StringConstraints

from intranet.content.models import Post, Space, Tag
from intranet.notify.bookmarks import bookmark, drop_bookmark
from intranet.notify.following import follow
from intranet.notify.models import Bookmark, Follow, Level
from intranet.notify.positions import read_up_to
from intranet.people.models import User
from intranet.posting.api import READING, REFUSALS, visible_post
from intranet.runtime.surfaces import surface
from intranet.settings.product import BOOKMARK_NOTE_MAX
from intranet.ui.paging import page

router = Router(tags=["following"])

Note = Annotated[str, StringConstraints(max_length=BOOKMARK_NOTE_MAX, pattern=r"^[^\x00]*$")]


class Hearing(Schema):
    """What I want to hear of something; `normal` takes a choice back."""

    level: Level


class HearingShape(Schema):
    id: str
    level: Level


class FollowShape(Schema):
    """One choice: of what kind, its id, slug or user name, and the level."""

    kind: Literal["thread", "community", "topic", "person"]
    id: str
    level: Level
    since: datetime


class FollowList(Schema):
    items: list[FollowShape]
    next: str | None


class BookmarkWanted(Schema):
    """Whether a post is to be a bookmark of mine, with which note and on which day to be reminded."""

    bookmarked: bool = True
    note: Note = ""
    remind_on: date | None = None


class BookmarkShape(Schema):
    """A post that I keep; `reminded` says when I was told of it, null while that is to come."""

    id: str
    title: str
    url: str
    bookmarked: bool
    note: str
    remind_on: date | None
    reminded: datetime | None


class BookmarkList(Schema):
    items: list[BookmarkShape]
    next: str | None


class Seen(Schema):
    """The number of the last post that was on the screen."""

    number: int = Field(ge=0, le=2_000_000_000)


class SeenShape(Schema):
    """How far I have read; `new` counts the posts that came after."""

    id: str
    number: int
    new: int


def _found(rows: Any) -> Any:
    found = rows.first()
    if found is None:
        raise Http404
    return found


@router.get("/following", response={200: FollowList, **READING}, summary="What I follow")
@surface("what the reader follows, of what they may see now")
def following(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """My choices, latest first."""
    mine = Follow.objects.visible_to(request.user).select_related("post", "space", "tag", "whom")
    found = page(mine, cursor, by="since")
    return {"items": [_follow_shape(row) for row in found], "next": found.next or None}


def _follow_shape(row: Follow) -> dict[str, Any]:
    if row.post:
        kind, name = "thread", row.post.public_id
    elif row.space:
        kind, name = "community", row.space.slug
    elif row.tag:
        kind, name = "topic", row.tag.slug
    else:
        kind, name = "person", row.whom.username
    return {"kind": kind, "id": name, "level": row.level, "since": row.since}


@router.put(
    "/threads/{slug:public_id}/follow", response={200: HearingShape, **REFUSALS}, summary="Follow a thread"
)
@surface("a thread the reader may see")
def follow_thread(request: HttpRequest, public_id: str, wanted: Hearing) -> dict[str, Any]:
    """Set what I hear of a thread."""
    post = _found(Post.objects.visible_to(request.user).threads().filter(public_id=public_id))
    follow(person=request.user, level=wanted.level, post=post)
    return {"id": public_id, "level": wanted.level}


@router.put(
    "/communities/{slug:slug}/follow", response={200: HearingShape, **REFUSALS}, summary="Follow a community"
)
@surface("a community the reader may know of")
def follow_community(request: HttpRequest, slug: str, wanted: Hearing) -> dict[str, Any]:
    """Set what I hear of a community."""
    space = _found(Space.objects.visible_to(request.user).filter(slug=slug))
    follow(person=request.user, level=wanted.level, space=space)
    return {"id": slug, "level": wanted.level}


@router.put("/topics/{topic}/follow", response={200: HearingShape, **REFUSALS}, summary="Follow a topic")
@surface("any topic; nothing is shown")
def follow_topic(request: HttpRequest, topic: str, wanted: Hearing) -> dict[str, Any]:
    """Set what I hear of a topic."""
    tag = _found(Tag.objects.filter(slug=topic.replace("\0", "")))
    follow(person=request.user, level=wanted.level, tag=tag)
    return {"id": tag.slug, "level": wanted.level}


@router.put("/people/{username}/follow", response={200: HearingShape, **REFUSALS}, summary="Follow a person")
@surface("a person the reader may know of")
def follow_person(request: HttpRequest, username: str, wanted: Hearing) -> dict[str, Any]:
    """Set what I hear of a colleague."""
    whom = _found(User.objects.visible_to(request.user).filter(username=username.replace("\0", "")))
    follow(person=request.user, level=wanted.level, whom=whom)
    return {"id": whom.username, "level": wanted.level}


@router.get("/bookmarks", response={200: BookmarkList, **READING}, summary="My bookmarks")
@surface("the reader's bookmarks of posts they may see now")
def bookmarks(request: HttpRequest, cursor: str = "") -> dict[str, Any]:
    """What I keep, latest first."""
    mine = Bookmark.objects.visible_to(request.user).select_related("post__root", "post__space")
    found = page(mine, cursor)
    return {"items": [_bookmark_shape(kept.post, kept) for kept in found], "next": found.next or None}


def _bookmark_shape(post: Post, kept: Bookmark | None) -> dict[str, Any]:
    return {
        "id": post.public_id,
        "title": post.thread.title,
        "url": post.get_absolute_url(),
        "bookmarked": kept is not None,
        "note": kept.note if kept else "",
        "remind_on": kept.remind_on if kept else None,
        "reminded": kept.reminded_at if kept else None,
    }


@router.put(
    "/posts/{slug:public_id}/bookmark", response={200: BookmarkShape, **REFUSALS}, summary="Keep a post"
)
@surface("a post the reader may see; the bookmark is theirs alone")
def keep(request: HttpRequest, public_id: str, wanted: BookmarkWanted) -> dict[str, Any]:
    """Make a post a bookmark of mine with exactly this note and reminder, or none."""
    post = visible_post(request.user, public_id)
    if not wanted.bookmarked:
        drop_bookmark(person=request.user, post=post)
        return _bookmark_shape(post, None)
    kept = bookmark(person=request.user, post=post, note=wanted.note, remind_on=wanted.remind_on)
    return _bookmark_shape(post, kept)


@router.put(
    "/threads/{slug:public_id}/read", response={200: SeenShape, **REFUSALS}, summary="Say how far I have read"
)
@surface("a thread the reader may see; the position is theirs alone")
def read(request: HttpRequest, public_id: str, seen: Seen) -> dict[str, Any]:
    """Note that I have read a thread up to a number; a position never goes back."""
    thread = _found(Post.objects.visible_to(request.user).threads().filter(public_id=public_id))
    number = read_up_to(person=request.user, thread=thread, number=seen.number)
    return {"id": public_id, "number": number, "new": max(0, thread.reply_count - number)}
