"""What may already answer a question while it is being typed."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Any, Final

from django.db.models import Case, F, FloatField, Max, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce

from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.search import narrowing
from intranet.search.functions import Holds, Rank, worth
from intranet.search.kinds import ASKABLE
from intranet.search.models import SearchEntry, SearchEntryQuerySet
from intranet.search.query import Forms, Query, understand
from intranet.search.vectors import any_of

ENOUGH: Final = 1 / 4
"""Share of the words of the title that a similar thread must have, and never fewer than two."""

COMPARED: Final = 30
"""Threads that are compared as a whole when only some words of the title could be looked up."""

IN_TITLE, IN_TEXT = 1.5, 1.0
"""What a shared word counts, by where it stands."""


def similar(reader: User, title: str, *, space: Space | None = None, limit: int = 5) -> list[SearchEntry]:
    """Threads and documents that `reader` may see and that share most words with `title`, best first.

    A thread has the words of all its posts that the reader may see. Of two that share as many words, one in `space`
    comes first, then one that is settled, then the newer. Two queries; a third where some words are so common that
    only the threads with the telling ones are compared.
    """
    query = understand(title)
    if not query.words:
        return []
    entries = SearchEntry.objects.visible_to(reader).filter(post__isnull=False)
    few = narrowing.narrowed(query.words)
    if few == "":
        return []
    holding = entries.filter(Holds(few or query.tsquery_any))
    if few:
        found = SearchEntry.objects.filter(Holds(few)).values("pk")[: 2 * narrowing.MOST]
        holding = entries.filter(pk__in=found)
        threads = _likely(holding, query)
        holding = entries.filter(post__in=Post.objects.filter(Q(pk__in=threads) | Q(root__in=threads)))
    enough = max(ENOUGH * len(query.words), min(len(query.words), 2))
    best = _ranked(holding, query, space).filter(shared__gte=enough)
    order = [row["thread"] for row in best[: limit * 2]]
    shown = entries.filter(post__in=order, type__in=ASKABLE).with_all_shown()
    return sorted(shown, key=lambda entry: order.index(entry.post_id))[:limit]


def _likely(entries: SearchEntryQuerySet, query: Query) -> list[int]:
    """The threads worth comparing, judged by their best entry alone: each vector is read once and not once a word."""
    closest = Max(Rank(query.tsquery_any, "ts_rank"))
    threads = entries.order_by().values(thread=Coalesce("post__root", "post")).annotate(closest=closest)
    return [row["thread"] for row in threads.order_by("-closest", "-thread")[:COMPARED]]


def _ranked(
    entries: SearchEntryQuerySet, query: Query, space: Space | None
) -> QuerySet[SearchEntry, dict[str, Any]]:
    """The threads of `entries` by what they share with `query`: rows with `thread` and `shared`."""
    shares = {f"has_{place}": Max(_share(forms)) for place, forms in enumerate(query.words)}
    return (
        entries.order_by()
        .values(thread=Coalesce("post__root", "post"))
        .annotate(
            here=Max(worth(Q(post__space=space), 1.0, 0.0)),
            solved=Max(worth(Q(settled=True), 1.0, 0.0)),
            **shares,
        )
        .annotate(shared=reduce(add, map(F, shares)))
        .order_by("-shared", "-here", "-solved", "-thread")
    )


def _share(forms: Forms) -> Case:
    """What one word of the title counts in one entry."""
    return Case(
        When(Holds(any_of(forms, "A")), then=Value(IN_TITLE)),
        When(Holds(any_of(forms)), then=Value(IN_TEXT)),
        default=Value(0.0),
        output_field=FloatField(),
    )
