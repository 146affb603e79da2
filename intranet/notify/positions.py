"""How far somebody has read a thread, and what is new since. A position moves forward only."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from intranet.access.readers import Reader
from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.notify.models import ReadPosition
from intranet.people.models import User


def read_up_to(*, person: User, thread: Post, number: int) -> int:
    """Note that `person` has seen `thread` up to its post `number`; how far they have read it now.

    Safe to repeat and in any order: a position never goes back, and never past the last post there is.
    """
    number = max(0, min(number, thread.reply_count))
    mine = ReadPosition.objects.filter(person=person, thread=thread)
    ReadPosition.objects.bulk_create(
        [ReadPosition(person=person, thread=thread, number=number)], ignore_conflicts=True
    )
    mine.filter(number__lt=number).update(number=number, at=timezone.now())
    return mine.values_list("number", flat=True).get()


def with_news(threads: QuerySet[Post, Any], me: int) -> QuerySet[Post, Any]:
    """`threads` with `read_to` (None for who was never there) and `fresh`, how many posts of others came since."""
    position = ReadPosition.objects.filter(thread=OuterRef("pk"), person=me).values("number")
    since = _published().filter(root=OuterRef("pk"), number__gt=OuterRef("read_to")).exclude(author=me)
    counted = since.order_by().values("root").values(n=Count("pk"))
    return threads.annotate(read_to=Subquery(position)).annotate(fresh=Coalesce(Subquery(counted), 0))


def with_first_new(threads: QuerySet[Post, Any], me: int) -> QuerySet[Post, Any]:
    """`threads` of `with_news` with `first_new`, the public id of the first post that came since."""
    since = _published().filter(root=OuterRef("pk"), number__gt=OuterRef("read_to")).exclude(author=me)
    return threads.annotate(first_new=Subquery(since.order_by("number").values("public_id")[:1]))


def grown_by_space(reader: User | Reader) -> QuerySet[Post, Any]:
    """For a list of spaces, as a subquery: how many threads of the outer space have more than `reader` has read."""
    mine = ReadPosition.objects.filter(person=reader.pk, number__lt=F("thread__reply_count")).values("thread")
    threads = Post.objects.visible_to(reader).threads().listed().filter(space=OuterRef("pk"), pk__in=mine)
    return threads.order_by().values("space").values(n=Count("pk"))


def _published() -> QuerySet[Post, Any]:
    return Post.objects.filter(state=PostState.PUBLISHED)
