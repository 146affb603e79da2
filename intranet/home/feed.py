"""The feed: what happened in what is mine, newest first, each item with the reason why it is here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from communities.questions.models import QuestionDetail, QuestionState
from intranet.content.kinds import DOCUMENT_KINDS, PostKind
from intranet.content.models import Post, PostTag
from intranet.home.interests import Interests, interests_of
from intranet.home.reasons import Reason, reason_for
from intranet.moderation.models import Lock
from intranet.notify.positions import with_news
from intranet.people.models import User
from intranet.policies.disclosures.showing import with_disclosures
from intranet.ui.paging import Page, page

NEW_DAYS = 30
QUIET = (QuestionState.ANSWERED, QuestionState.DUPLICATE, QuestionState.OBSOLETE)
"""States of a question in which nobody waits and nothing is settled either."""
PAGE = 12


@dataclass(frozen=True)
class Item:
    """One row: the thread, why it is here, where it stands (an edge of `ui/item.html`) and its accepted answer."""

    post: Post
    reason: Reason
    state: str
    detail: QuestionDetail | None
    locked: bool

    @property
    def text(self) -> str:
        """What to read first: the accepted answer, or how the thread begins."""
        accepted = self.detail and self.detail.accepted
        return (accepted or self.post).text[:280]


def _wanted(reader: User, interests: Interests) -> Q:
    """The threads that have a reason; `reason_for` says which one."""
    topics = PostTag.objects.filter(post=OuterRef("pk"), tag__in=interests.tags)
    strangers = Q(
        ~Q(author__unit__in=interests.met_units - {None}),
        kind__in=DOCUMENT_KINDS - {PostKind.POLICY},
        author__unit__isnull=False,
        created__gte=timezone.now() - timedelta(days=NEW_DAYS),
    )
    mine = Q(author=reader, reply_count__gt=0)
    others = (
        Q(pk__in=interests.posts)
        | Q(space__in=interests.spaces)
        | Q(space__in=list(reader.space_roles))
        | Q(Exists(topics))
        | Q(author__in=interests.people)
        | strangers
    )
    return mine | Q(pk__in=interests.mentions) | (others & ~Q(author=reader))


def _unwanted(reader: User, interests: Interests) -> Q:
    """Threads in a muted space, of a muted person, or about a muted topic unless the reader wrote or follows them."""
    about = PostTag.objects.filter(post=OuterRef("pk"), tag__in=interests.muted_tags)
    topics = Q(Exists(about)) & ~Q(author=reader) & ~Q(pk__in=interests.posts)
    return Q(space__in=interests.muted_spaces - {None}) | Q(author__in=interests.muted_people) | topics


def _answered_by(threads: list[Post], reader: User) -> dict[int, User]:
    """Who wrote the latest answer to each of the reader's own questions; one query."""
    own = [thread.pk for thread in threads if thread.author_id == reader.pk]
    answers = (
        Post.objects.visible_to(reader)
        .published()
        .filter(root__in=own, kind=PostKind.ANSWER)
        .exclude(author=reader)
        .select_related("author")
        .order_by("number")
    )
    return {answer.root_id: answer.author for answer in answers}


def _locked(threads: list[Post]) -> set[int]:
    """Which of the threads are locked as a whole; one query."""
    return set(Lock.objects.holding().filter(post__in=threads).values_list("post_id", flat=True))


def state_of(post: Post, detail: QuestionDetail | None) -> str:
    """The edge that a thread carries in a list."""
    if post.kind in DOCUMENT_KINDS:
        return "doc"
    if detail is None or detail.state in QUIET:
        return ""
    if detail.state == QuestionState.SOLVED:
        return "settled"
    return "overdue" if detail.is_overdue else "waiting"


def detail_of(post: Post) -> QuestionDetail | None:
    """The question's part of a thread that was read with it."""
    return getattr(post, "question_detail", None) if post.kind == PostKind.QUESTION else None


def rows() -> tuple[str, ...]:
    """What a row shows of a question and of an article, to be read with it."""
    return (
        "question_detail__accepted",
        "question_detail__accepted_by",
        "question_detail__mark_by",
        "question_detail__claimed_by",
        "article_page",
    )


def feed(reader: User, cursor: str = "", *, without: Collection[int] = ()) -> Page[Item]:
    """One page of the feed of `reader`, leaving out the threads `without`, which are on the page already.

    A constant number of queries; only what they may read.
    """
    interests = interests_of(reader)
    threads = (
        Post.objects.visible_to(reader)
        .published()
        .threads()
        .listed()
        .filter(_wanted(reader, interests))
        .exclude(pk__in={*interests.muted_posts, *without})
        .exclude(_unwanted(reader, interests))
        .for_cards()
        .select_related(*rows())
    )
    found = page(with_news(with_disclosures(threads), reader.pk), cursor, by="last_activity", size=PAGE)
    answered, locked = _answered_by(found.items, reader), _locked(found.items)
    items = []
    for post in found:
        reason = reason_for(post, reader, interests, answered.get(post.pk))
        if reason:
            detail = detail_of(post)
            held = post.pk in locked
            items.append(Item(post, reason, "policy" if held else state_of(post, detail), detail, held))
    return Page(items, found.next)
