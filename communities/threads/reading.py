"""Reading a thread: the same few queries whether it has one post or five hundred."""

from __future__ import annotations

from communities.questions.actions import may_accept
from communities.threads.cards import Card, card_of, praise, say_why_they_wait
from communities.threads.page import ThreadPage
from communities.threads.rows import PAGE, detail_of, find_thread, page_of, rows_of
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.content import voices
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Draft, Post
from intranet.moderation.locks import ThreadLocks, locks_of_thread
from intranet.people.models import User


def read_thread(
    reader: User, public_id: str, *, page: int = 1, at: str = "", expanded: str = ""
) -> ThreadPage:
    """One page of a thread: page `page`, or the one with the post `at`. Raises Http404 for what is not to be seen."""
    root = find_thread(reader, public_id)
    if at:
        target = Post.objects.filter(root=root, public_id=at).select_related("parent").first()
        if target:
            page = page_of(root, target)
            expanded = target.parent.public_id if target.kind == PostKind.COMMENT and target.parent else ""
    total = root.answers if root.kind == PostKind.QUESTION else root.reply_count
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    locks = locks_of_thread(root, reader) if root.held else ThreadLocks()
    rows = rows_of(root, reader, page, expanded) if root.reply_count else []
    top, cards = _gather(reader, root, rows, locks)
    reply_lock = locks.stopping(root, Deed.REPLY)
    draft = Draft(body=root.kept["body"], version=root.kept["version"]) if root.kept else None
    _mark_new(reader, top, cards)
    read = ThreadPage(top, cards, page, pages, total, locks, reply_lock, top.answerable, draft)
    if read.closure and not visibility.moderates_space(reader, root.space):
        read.open_to_replies = False
    return read


def _gather(reader: User, root: Post, rows: list[Post], locks: ThreadLocks) -> tuple[Card, list[Card]]:
    """Cards with their comments, in the order of the page."""
    detail = detail_of(root)
    accepted = detail.accepted_id if detail else None
    top = card_of(reader, root, locks)
    below = {post.pk: card_of(reader, post, locks) for post in rows if post.kind != PostKind.COMMENT}
    for post in sorted((row for row in rows if row.kind == PostKind.COMMENT), key=lambda row: row.number):
        host = top if post.parent_id == root.pk else below.get(post.parent_id)
        if host:
            host.comments.append(card_of(reader, post, locks))
            host.more = post.siblings
    for host in (top, *below.values()):
        host.more = max(0, host.more - len(host.comments))
    for card in below.values():
        card.parent = card.post.parent
        if not card.gone:
            _praise(card, root)
        card.helpable = card.votable and not voices.wrote(reader, root) and bool(card.accepted or card.good)
    _let_choose(reader, top, below.values(), locks)
    say_why_they_wait([each for host in (top, *below.values()) for each in (host, *host.comments)])
    return top, sorted(below.values(), key=_place(root, accepted))


def _praise(card: Card, root: Post) -> None:
    """Say of an answer who accepted it, or else who called it good as well."""
    detail, good = detail_of(root), getattr(card.post, "good", None)
    if detail and detail.accepted_id == card.post.pk:
        asker = detail.accepted_by_id == root.author_id
        card.accepted = praise(detail.accepted_by, detail.accepted_at, asker=asker)
    elif good:
        card.good = praise(good.by, good.at)


def _mark_new(reader: User, top: Card, cards: list[Card]) -> None:
    """Mark what others wrote since `reader` was here, and where that begins. On a first visit nothing is new."""
    read_to = top.post.read_to
    if read_to is None:
        return
    for card in (each for host in (top, *cards) for each in (host, *host.comments)):
        card.new = card.post.number > read_to and card.post.author_id != reader.pk and not card.gone
    in_order = top.post.kind != PostKind.QUESTION
    first = next((card for card in cards if card.new), None)
    if first and in_order and first is not cards[0]:
        first.since = True


def _let_choose(reader: User, top: Card, cards, locks: ThreadLocks) -> None:
    """Mark the answers that `reader` may accept."""
    root = top.post
    if root.kind != PostKind.QUESTION or (not top.answerable and locks.stopping(root, Deed.ACCEPT)):
        return
    for card in cards:
        card.choosable = (
            card.post.kind == PostKind.ANSWER
            and card.post.state == PostState.PUBLISHED == root.state
            and not reader.is_suspended
            and not root.space.archived_at
            and not locks.stopping(card.post, Deed.ACCEPT)
            and bool(may_accept(reader, root, card.post))
        )


def _place(root: Post, accepted: int | None):
    """The sorting key of `_ordered`, for cards."""
    if root.kind != PostKind.QUESTION:
        return lambda card: card.post.number
    return lambda card: (
        card.post.pk != accepted,
        getattr(card.post, "good", None) is None,
        -card.post.total_score,
        card.post.number,
    )
