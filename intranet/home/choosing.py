"""Which threads are in somebody's feed: the query, prepared once for each kind of reader."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from intranet.access.readers import Reader, kind_of
from intranet.content.kinds import DOCUMENT_KINDS, PostKind
from intranet.content.models import Post, PostTag
from intranet.home.interests import Interests
from intranet.moderation.models import Lock
from intranet.notify.positions import with_news
from intranet.people.models import User
from intranet.policies.disclosures.showing import disclosed_with
from intranet.runtime.prepared import Prepared
from intranet.ui.paging import Page, cut, decode, newest, older

NEW_DAYS = 30
PAGE = 12
WITH_QUESTION = (
    "question_detail__accepted",
    "question_detail__accepted_by",
    "question_detail__mark_by",
    "question_detail__claimed_by",
)
"""What a row shows of a question, to be read with it."""


def _about(tags: list[int]) -> Exists:
    return Exists(PostTag.objects.filter(post=OuterRef("pk"), tag__any=tags))


def _wanted(me: int, new_since: datetime, of: dict[str, list[int]]) -> Q:
    """The threads that have a reason; `reason_for` says which one."""
    strangers = Q(
        ~Q(author__unit__any=of["met_units"]),
        kind__in=DOCUMENT_KINDS - {PostKind.POLICY},
        author__unit__isnull=False,
        created__gte=new_since,
    )
    mine = Q(author=me, reply_count__gt=0)
    others = (
        Q(pk__any=of["posts"])
        | Q(space__any=of["spaces"])
        | Q(_about(of["tags"]))
        | Q(author__any=of["people"])
        | strangers
    )
    return mine | Q(pk__any=of["mentions"]) | (others & ~Q(author=me))


def _unwanted(me: int, of: dict[str, list[int]]) -> Q:
    """Threads in a muted space, of a muted person, or about a muted topic unless the reader wrote or follows them."""
    topics = Q(_about(of["muted_tags"])) & ~Q(author=me) & ~Q(pk__any=of["posts"])
    return (
        Q(pk__any=of["muted_posts"])
        | Q(space__any=of["muted_spaces"])
        | Q(author__any=of["muted_people"])
        | topics
    )


def _chosen(
    earlier: bool,
    *kind: bool,
    me: int,
    new_since: datetime,
    before: datetime | None = None,
    before_pk: int = 0,
    **of: list[int],
) -> QuerySet[Post, int]:
    """Ids of the threads of one page."""
    threads = (
        Post.objects.visible_to(Reader(me, *kind))
        .published()
        .threads()
        .listed()
        .filter(_wanted(me, new_since, of))
        .exclude(_unwanted(me, of))
        .exclude(pk__any=of["shown"])
    )
    if before:
        threads = threads.filter(older("last_activity", before, before_pk))
    return newest(threads, "last_activity", PAGE).values_list("pk", flat=True)


_ids = Prepared(_chosen)


def _shown(me: int, now: datetime, ids: list[int]) -> QuerySet[Post]:
    """These threads with all that a row of the feed shows."""
    threads = (
        Post.objects.filter(pk__any=ids)
        .for_cards()
        .select_related(*WITH_QUESTION)
        .annotate(
            disclosed=disclosed_with(OuterRef("pk")),
            is_locked=Exists(Lock.objects.holding(now).filter(post=OuterRef("pk"))),
        )
    )
    return newest(with_news(threads, me), "last_activity", PAGE)


_rows = Prepared(_shown)


def chosen(reader: User, interests: Interests, cursor: str, without: Collection[int]) -> Page[Post]:
    """One page of threads for `reader` without those that are `shown` already.

    Three queries: which threads, by a narrow query whose plan does not depend on what a row shows; the rows; their topics.
    """
    now = timezone.now()
    place = decode(cursor) if cursor else None
    values: dict[str, Any] = {"before": place[0], "before_pk": place[1]} if place else {}
    sets = {
        "posts": interests.posts,
        "spaces": interests.spaces | set(reader.space_roles),
        "tags": interests.tags,
        "people": interests.people,
        "mentions": interests.mentions,
        "met_units": interests.met_units - {None},
        "muted_posts": interests.muted_posts,
        "muted_spaces": interests.muted_spaces,
        "muted_tags": interests.muted_tags,
        "muted_people": interests.muted_people,
        "shown": without,
    }
    values |= {name: sorted(ids) for name, ids in sets.items()}
    since = now - timedelta(days=NEW_DAYS)
    ids = _ids.all(bool(place), *kind_of(reader), me=reader.pk, new_since=since, **values)
    return cut(_rows.all(me=reader.pk, now=now, ids=ids) if ids else [], "last_activity", PAGE)


def _answers(*kind: bool, me: int, own: list[int]) -> QuerySet[Post]:
    answers = Post.objects.visible_to(Reader(me, *kind)).published().filter(root__any=own)
    answers = answers.filter(kind=PostKind.ANSWER).exclude(author=me)
    return answers.select_related("author").order_by("number")


_latest = Prepared(_answers)


def answered_by(threads: list[Post], reader: User) -> dict[int, User]:
    """Who wrote the latest answer to each of the reader's own questions; one query when there are any."""
    own = [thread.pk for thread in threads if thread.author_id == reader.pk]
    if not own:
        return {}
    rows = _latest.all(*kind_of(reader), me=reader.pk, own=own)
    return {answer.root_id: answer.author for answer in rows}
