"""What readers see of surgeries: the trace on a thread, where an old address leads, and what a move would mean."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from communities.moving.models import Offer, Surgery, SurgeryKind
from intranet.access import visibility
from intranet.content.kinds import THREAD_KINDS, PostKind, PostState, Visibility
from intranet.content.models import Membership, Post, Space
from intranet.people.models import User
from intranet.search.similar import similar
from intranet.settings.product import MERGE_CHOICES, SPLIT_CHOICES

TRACES = 5
"""Changes that a thread tells of, latest first."""


@dataclass(frozen=True)
class Trace:
    """One change in words, and whether the reader may take it back now."""

    surgery: Surgery
    words: SafeString
    undoable: bool


def traces_of(root: Post, reader: User) -> list[Trace]:
    """What was done to the thread `root`, latest first; three queries. Other threads are named to who may see them."""
    surgeries = list(
        Surgery.objects.standing()
        .filter(touched__post=root)
        .select_related("actor", "source")
        .defer("before")
        .prefetch_related("touched")[:TRACES]
    )
    others = {row.post_id for surgery in surgeries for row in surgery.touched.all()} - {root.pk}
    seen = {
        post.pk: post
        for post in Post.objects.visible_to(reader)
        .filter(pk__in=others)
        .select_related("root", "space", "parent")
    }
    moderates = visibility.moderates_space(reader, root.space)
    return [
        Trace(
            surgery=each,
            words=_words(each, root, reader, seen),
            undoable=each.undoable
            and not reader.is_suspended
            and (moderates or _own(each, root, reader, seen)),
        )
        for each in surgeries
    ]


def _own(surgery: Surgery, root: Post, reader: User, seen: dict[int, Post]) -> bool:
    """Whether the reader wrote what was converted."""
    if surgery.kind not in (SurgeryKind.CONVERT, SurgeryKind.RECAST):
        return False
    first = next(row.post_id for row in surgery.touched.all() if row.first)
    post = root if first == root.pk else seen.get(first)
    return bool(post and post.author_id == reader.pk)


def _words(surgery: Surgery, root: Post, reader: User, seen: dict[int, Post]) -> SafeString:
    first = next(row.post_id for row in surgery.touched.all() if row.first)
    match surgery.kind:
        case SurgeryKind.MOVE:
            known = visibility.sees_space(reader, surgery.source)
            place = _link(surgery.source) if known else _("another community")
            return format_html(_("Moved here from {place}"), place=place)
        case SurgeryKind.MERGE:
            return format_html(_("{thread} was merged into this thread"), thread=_thread(seen.get(first)))
        case SurgeryKind.SPLIT if first == root.pk:
            other = next((row.post_id for row in surgery.touched.all() if not row.first), None)
            return format_html(_("This was part of {thread}"), thread=_thread(seen.get(other)))
        case SurgeryKind.SPLIT:
            return format_html(_("A part of this went to {thread}"), thread=_thread(seen.get(first)))
        case SurgeryKind.RECAST:
            return format_html(_("Changed between answer and comment: {post}"), post=_post(seen.get(first)))
        case _:
            return escape(_("The kind of this thread was changed"))


def _link(place: Space) -> SafeString:
    return format_html('<a href="{}"><bdi>{}</bdi></a>', place.get_absolute_url(), place.label)


def _thread(post: Post | None) -> SafeString | str:
    if post is None:
        return _("another thread")
    return format_html(
        '<a href="{}"><bdi>{}</bdi></a>', post.get_absolute_url(), post.title or post.thread.title
    )


def _post(post: Post | None) -> SafeString | str:
    if post is None:
        return _("a post")
    return format_html('<a href="{}"><bdi>{}</bdi></a>', post.get_absolute_url(), post.text[:60])


def leads_to(reader: User, public_id: str) -> Post | None:
    """The post of this id where it is now, when `reader` may see it there; it may have been a thread once, or in another."""
    posts = Post.objects.visible_to(reader).select_related("root", "space")
    in_a_thread = Q(root__kind__in=THREAD_KINDS) | Q(root=None, kind__in=THREAD_KINDS)
    return posts.filter(in_a_thread, public_id=public_id).first()


def places_for(thread: Post, person: User) -> QuerySet[Space]:
    """Communities to which `person` may move or offer `thread`."""
    spaces = Space.objects.communities().visible_to(person)
    return spaces.filter(archived_at=None).exclude(pk=thread.space_id)


def losing_sight(thread: Post, target: Space) -> int:
    """How many of those who wrote in `thread` would not see it in `target`."""
    inside = Exists(Membership.objects.filter(space=target, person=OuterRef("pk")))
    writers = User.objects.filter(
        Exists(Post.objects.filter(Q(pk=thread.pk) | Q(root=thread), author=OuterRef("pk")))
    ).exclude(inside)
    if target.visibility != Visibility.OPEN:
        return writers.count()
    return sum(1 for person in writers if person.is_guest)


def similar_threads(thread: Post, person: User) -> list[Post]:
    """Threads that say the like of `thread`, are of its kind and in communities that `person` runs."""
    found = [entry.post for entry in similar(person, thread.title, space=thread.space, limit=MERGE_CHOICES)]
    asks = thread.kind == PostKind.QUESTION
    return [
        post
        for post in found
        if post.pk != thread.pk
        and post.root_id is None
        and post.kind in THREAD_KINDS
        and (post.kind == PostKind.QUESTION) == asks
        and visibility.moderates_space(person, post.space)
    ]


def thread_named(reader: User, text: str) -> Post | None:
    """The thread whose address or id was typed, if `reader` sees it."""
    public_id = text.strip().split("/t/")[-1].split("?")[0].split("#")[0].strip("/")[:16]
    threads = Post.objects.visible_to(reader).threads().filter(kind__in=THREAD_KINDS)
    return threads.filter(public_id=public_id).select_related("space", "author").first()


def later_posts(post: Post, reader: User) -> list[Post]:
    """What was written in the thread after `post` and does not hang on it directly: what can be taken along in a split."""
    rows = Post.objects.visible_to(reader).filter(root=post.root_id, number__gt=post.number)
    rows = rows.exclude(parent=post).filter(state=PostState.PUBLISHED)
    return list(rows.select_related("author").order_by("number")[:SPLIT_CHOICES])


def other_answers(post: Post, reader: User) -> list[Post]:
    """The other answers to the same question."""
    rows = Post.objects.visible_to(reader).filter(root=post.root_id, kind=PostKind.ANSWER).exclude(pk=post.pk)
    return list(rows.published().select_related("author").order_by("number")[:SPLIT_CHOICES])


def offers_for(person: User) -> QuerySet[Offer]:
    """Offers that wait for an answer of `person`."""
    waiting = Offer.objects.waiting().answered_by_right(person)
    return waiting.select_related("post__space", "post__author", "target", "requester")
