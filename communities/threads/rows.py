"""The queries behind the page of a thread: the thread with all around it, and the posts of one page."""

from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.aggregates import ArrayAgg
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

from communities.moving.models import SurgeryThread
from communities.polls.models import Poll
from communities.standing.reading import READ_WITH
from intranet.access.readers import Reader, kind_of
from intranet.content.kinds import THREAD_KINDS, PostKind, PostState, ReactionKind
from intranet.content.models import Draft, Post, PostTag, Reaction
from intranet.moderation.locks import in_thread
from intranet.moderation.models import HeldEdit, Lock
from intranet.notify.models import Follow
from intranet.notify.positions import with_first_new, with_news
from intranet.people.models import User
from intranet.policies.disclosures.showing import disclosed_with
from intranet.runtime.prepared import Prepared

PAGE = 20
COMMENTS = 5
"""Comments shown below a post at most before its fold is opened; see `folding`."""


def with_reader(posts: QuerySet[Post], reader: User | Reader) -> QuerySet[Post]:
    """`posts` with `my_vote`, `my_thanks`, `disclosed`, and whether a change by the reader `edit_waits`."""
    mine = Reaction.objects.filter(post=OuterRef("pk"), person=reader.pk)
    votes, thanks = mine.filter(kind=ReactionKind.VOTE), mine.filter(kind=ReactionKind.THANKS)
    return posts.annotate(
        my_vote=Subquery(votes.values("value")),
        my_thanks=Exists(thanks),
        disclosed=disclosed_with(OuterRef("pk")),
        edit_waits=Exists(HeldEdit.objects.filter(post=OuterRef("pk"), editor=reader.pk)),
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
    page: int, asks: bool, solved: bool, *, me: int, root: int, expanded: int, accepted: int = 0
) -> QuerySet[Post]:
    """The posts of a page and their first comments; of the post with the number `expanded`, all comments."""
    ordered = _ordered(root, asks=asks, accepted=accepted if solved else None)
    top = ordered.values("pk")[(page - 1) * PAGE : page * PAGE]
    comments = Q(kind=PostKind.COMMENT) & (Q(parent__in=top) | Q(parent=root))
    siblings = [F("kind"), F("parent")]
    posts = (
        Post.objects.filter(root=root)
        .filter(Q(pk__in=top) | comments)
        .annotate(
            place=Window(RowNumber(), partition_by=siblings, order_by="number"),
            numbers=Window(
                ArrayAgg("number", filter=Q(kind=PostKind.COMMENT), default=None), partition_by=siblings
            ),
        )
        .filter(~Q(kind=PostKind.COMMENT) | Q(place__lte=COMMENTS) | Q(parent__number=expanded))
    )
    reader = Reader(me, False, False, False)
    return (
        with_reader(_with_thanks(posts, reader), reader)
        .select_related("author__unit", "parent__author", "good__by")
        .defer("source", "text")
    )


_posts = Prepared(_on_page)


def rows_of(root: Post, reader: User, page: int, expanded: int) -> list[Post]:
    """The posts of a page of the thread `root`, with what `reader` did to each. One query."""
    detail = detail_of(root)
    accepted = {"accepted": detail.accepted_id} if detail and detail.accepted_id else {}
    values = {"me": reader.pk, "root": root.pk, "expanded": expanded, **accepted}
    rows = _posts.all(page, root.kind == PostKind.QUESTION, bool(accepted), **values)
    for post in rows:
        post.root, post.space = root, root.space
    return rows


def page_of(root: Post, target: Post) -> int:
    """The page of `root` on which `target` stands."""
    top = target.parent if target.kind == PostKind.COMMENT else target
    if top is None or top.pk == root.pk:
        return 1
    ranked = list(_in_order(root).values_list("pk", flat=True)) if root.kind == PostKind.QUESTION else None
    place = (
        ranked.index(top.pk) if ranked is not None else _in_order(root).filter(number__lt=top.number).count()
    )
    return place // PAGE + 1
