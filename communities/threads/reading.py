"""Reading a thread: the same few queries whether it has one post or five hundred."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    Window,
)
from django.db.models.functions import Coalesce, Concat, JSONObject, RowNumber
from django.http import Http404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from communities.moving.models import SurgeryThread
from communities.polls.models import Poll
from communities.questions.actions import may_accept
from communities.standing.reading import READ_WITH
from communities.threads.cards import HEADLINES, Card, card_of
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.readers import Reader, kind_of
from intranet.content import voices
from intranet.content.kinds import THREAD_KINDS, PostKind, PostState, ReactionKind
from intranet.content.models import Draft, Post, PostTag, Reaction, Tag
from intranet.moderation.kinds import Scope
from intranet.moderation.locks import ThreadLocks, in_thread, locks_of_thread
from intranet.moderation.models import Closure, Lock
from intranet.notify.models import Follow
from intranet.notify.positions import with_first_new, with_news
from intranet.people.models import User
from intranet.policies.disclosures.showing import disclosed_with
from intranet.runtime.prepared import Prepared

PAGE = 20
COMMENTS = 5
"""Comments shown below a post before its "all" link is followed."""


@dataclass
class ThreadPage:
    """One page of a thread as one reader gets it."""

    root: Card
    cards: list[Card]
    number: int
    pages: int
    total: int
    locks: ThreadLocks
    reply_lock: Lock | None
    open_to_replies: bool
    draft: Draft | None

    @property
    def post(self) -> Post:
        return self.root.post

    @property
    def lock(self) -> Lock | None:
        """The lock on the whole thread or its space, to be shown on top."""
        return self.locks.get(self.post.pk) or self.locks.get(None)

    @property
    def headline(self) -> str | Promise:
        """What that lock stops, in words."""
        return HEADLINES[Scope(self.lock.scope)] if self.lock else ""

    @property
    def closure(self) -> Closure | None:
        """What closed the thread, while it is closed."""
        closed = getattr(self.post, "closure", None)
        return closed if closed and not closed.reopened_at else None

    @property
    def topics(self) -> list[Tag]:
        """The topics of the thread."""
        return [Tag(**row) for row in self.post.topics]

    @property
    def shown_pages(self) -> list[int]:
        """Page numbers to offer: the first, the last and those around this one; 0 stands for those left out."""
        near = {1, self.pages, *range(max(1, self.number - 1), min(self.pages, self.number + 1) + 1)}
        shown: list[int] = []
        for number in sorted(near):
            if shown and number > shown[-1] + 1:
                shown.append(0)
            shown.append(number)
        return shown

    @property
    def next_page(self) -> int:
        return self.number + 1

    def shows(self, public_id: str) -> bool:
        """Whether the post called `public_id` is on this page."""
        return any(card.post.public_id == public_id for card in self.all_cards)

    @property
    def all_cards(self) -> list[Card]:
        """Every post of the page, comments with what they hang on."""
        return [each for card in (self.root, *self.cards) for each in (card, *card.comments)]

    @property
    def last_number(self) -> int:
        """The number of the last post of this page, comments too."""
        return max(card.post.number for card in self.all_cards)

    @property
    def submit_words(self) -> str:
        """What the button of the composer says."""
        return _("Post the answer") if self.post.kind == PostKind.QUESTION else _("Post the reply")


def with_reader(posts: QuerySet[Post], reader: User | Reader) -> QuerySet[Post]:
    """`posts` with `my_vote`, `my_thanks` and `disclosed`."""
    mine = Reaction.objects.filter(post=OuterRef("pk"), person=reader.pk)
    votes, thanks = mine.filter(kind=ReactionKind.VOTE), mine.filter(kind=ReactionKind.THANKS)
    return posts.annotate(
        my_vote=Subquery(votes.values("value")),
        my_thanks=Exists(thanks),
        disclosed=disclosed_with(OuterRef("pk")),
    )


def _with_thanks(posts: QuerySet[Post], reader: Reader) -> QuerySet[Post]:
    """`posts` with how many people each `helped` too or did not, and what the reader said (`helped_me`: 1, -1)."""
    said = Reaction.objects.filter(post=OuterRef("pk"), kind=ReactionKind.HELPED)
    yes, no = (said.filter(value=value).order_by().values("post").values(n=Count("pk")) for value in (1, -1))
    return posts.annotate(
        helped=Coalesce(Subquery(yes), 0),
        not_helped=Coalesce(Subquery(no), 0),
        helped_me=Subquery(said.filter(person=reader.pk).values("value")),
    )


def _with_all_around(*kind: bool, me: int, public_id: str, now: datetime) -> QuerySet[Post]:
    """The thread with all that its page shows around the posts."""
    reader = Reader(me, *kind)
    answers = Post.objects.filter(root=OuterRef("pk"), kind=PostKind.ANSWER).order_by().values("root")
    follows = Follow.objects.filter(post=OuterRef("pk"), person=me)
    tags = PostTag.objects.filter(post=OuterRef("pk")).order_by("tag__name")
    drafts = Draft.objects.filter(person=me, key=Concat(Value("reply:"), OuterRef("public_id")))
    posts = Post.objects.visible_to(reader).threads().filter(kind__in=THREAD_KINDS, public_id=public_id)
    with_marks = with_first_new(with_news(posts, me), me)
    holding = Lock.objects.holding(now)
    return (
        with_reader(with_marks, reader)
        .select_related("space__charter", "space__office_hours", "author__unit", "closure", "pin", *READ_WITH)
        .annotate(
            answers=Coalesce(Subquery(answers.values(n=Count("pk"))), 0),
            follow=Subquery(follows.values("level")),
            topics=ArraySubquery(
                tags.values(row=JSONObject(slug="tag__slug", name="tag__name", name_he="tag__name_he"))
            ),
            arranged=Exists(SurgeryThread.objects.filter(post=OuterRef("pk"), surgery__undone_at=None)),
            polled=Exists(Poll.objects.filter(post=OuterRef("pk"))),
            held=Exists(holding.filter(in_thread(OuterRef("pk"), OuterRef("space"), reader))),
            kept=Subquery(drafts.values(row=JSONObject(body="body", version="version"))),
        )
    )


_thread = Prepared(_with_all_around)


def find_thread(reader: User, public_id: str) -> Post:
    """The thread called `public_id` with all that its page shows around the posts, or 404. One query."""
    found = _thread.first(*kind_of(reader), me=reader.pk, public_id=public_id, now=timezone.now())
    if found is None:
        raise Http404
    return found


def detail_of(post: Post):
    """What only a question has, or None."""
    return getattr(post, "question_detail", None) if post.kind == PostKind.QUESTION else None


def _ordered(root: int, *, asks: bool, accepted: int | None) -> QuerySet[Post]:
    """What stands directly in a thread: answers with the accepted and best first, replies as they came."""
    posts = Post.objects.filter(root=root).exclude(kind=PostKind.COMMENT)
    posts = posts.exclude(state=PostState.DRAFT)
    if not asks:
        return posts.order_by("number")
    chosen = ExpressionWrapper(Q(pk=accepted), output_field=BooleanField())
    praised = ExpressionWrapper(Q(good__isnull=False), output_field=BooleanField())
    return posts.annotate(chosen=chosen, praised=praised, total=F("score") + F("imported_score")).order_by(
        "-chosen", "-praised", "-total", "number"
    )


def _in_order(root: Post) -> QuerySet[Post]:
    detail = detail_of(root)
    return _ordered(
        root.pk, asks=root.kind == PostKind.QUESTION, accepted=detail.accepted_id if detail else None
    )


def _on_page(
    page: int, asks: bool, solved: bool, *, me: int, root: int, expanded: str, accepted: int = 0
) -> QuerySet[Post]:
    """The posts of a page and their first comments; of the post `expanded`, all comments."""
    ordered = _ordered(root, asks=asks, accepted=accepted if solved else None)
    top = ordered.values("pk")[(page - 1) * PAGE : page * PAGE]
    comments = Q(kind=PostKind.COMMENT) & (Q(parent__in=top) | Q(parent=root))
    siblings = [F("kind"), F("parent")]
    posts = (
        Post.objects.filter(root=root)
        .filter(Q(pk__in=top) | comments)
        .annotate(
            place=Window(RowNumber(), partition_by=siblings, order_by="number"),
            siblings=Window(Count("*"), partition_by=siblings),
        )
        .filter(~Q(kind=PostKind.COMMENT) | Q(place__lte=COMMENTS) | Q(parent__public_id=expanded))
    )
    reader = Reader(me, False, False, False)
    return (
        with_reader(_with_thanks(posts, reader), reader)
        .select_related("author__unit", "parent__author", "good__by")
        .defer("source", "text")
    )


_posts = Prepared(_on_page)


def _rows(root: Post, reader: User, page: int, expanded: str) -> list[Post]:
    """The posts of a page of the thread `root`, with what `reader` did to each. One query."""
    detail = detail_of(root)
    accepted = {"accepted": detail.accepted_id} if detail and detail.accepted_id else {}
    values = {"me": reader.pk, "root": root.pk, "expanded": expanded, **accepted}
    rows = _posts.all(page, root.kind == PostKind.QUESTION, bool(accepted), **values)
    for post in rows:
        post.root, post.space = root, root.space
    return rows


def _page_of(root: Post, target: Post) -> int:
    """The page of `root` on which `target` stands."""
    top = target.parent if target.kind == PostKind.COMMENT else target
    if top is None or top.pk == root.pk:
        return 1
    ranked = list(_in_order(root).values_list("pk", flat=True)) if root.kind == PostKind.QUESTION else None
    place = (
        ranked.index(top.pk) if ranked is not None else _in_order(root).filter(number__lt=top.number).count()
    )
    return place // PAGE + 1


def read_thread(
    reader: User, public_id: str, *, page: int = 1, at: str = "", expanded: str = ""
) -> ThreadPage:
    """One page of a thread: page `page`, or the one with the post `at`. Raises Http404 for what is not to be seen."""
    root = find_thread(reader, public_id)
    if at:
        target = Post.objects.filter(root=root, public_id=at).select_related("parent").first()
        if target:
            page = _page_of(root, target)
            expanded = target.parent.public_id if target.kind == PostKind.COMMENT and target.parent else ""
    total = root.answers if root.kind == PostKind.QUESTION else root.reply_count
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    locks = locks_of_thread(root, reader) if root.held else ThreadLocks()
    rows = _rows(root, reader, page, expanded) if root.reply_count else []
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
        card.accepted = card.post.pk == accepted and not card.gone
        card.good = None if card.gone or card.accepted else getattr(card.post, "good", None)
        card.helpable = card.votable and not voices.wrote(reader, root) and bool(card.accepted or card.good)
    _let_choose(reader, top, below.values(), locks)
    return top, sorted(below.values(), key=_place(root, accepted))


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
