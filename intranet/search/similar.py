"""What may already answer a question while it is being typed."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import Final

from django.db.models import Case, F, FloatField, Max, Q, Value, When
from django.db.models.functions import Coalesce

from intranet.content.models import Space
from intranet.people.models import User
from intranet.search.functions import Holds, worth
from intranet.search.kinds import ASKABLE
from intranet.search.models import SearchEntry
from intranet.search.query import Forms, understand
from intranet.search.vectors import any_of

ENOUGH: Final = 1 / 4
"""Share of the words of the title that a similar thread must have, and never fewer than two."""

IN_TITLE, IN_TEXT = 1.5, 1.0
"""What a shared word counts, by where it stands."""


def similar(reader: User, title: str, *, space: Space | None = None, limit: int = 5) -> list[SearchEntry]:
    """Threads and documents that `reader` may see and that share most words with `title`, best first.

    A thread has the words of all its posts that the reader may see. Of two that share as many words, one in `space`
    comes first, then one that is settled, then the newer. Two queries.
    """
    query = understand(title)
    if not query.words:
        return []
    shares = {f"has_{place}": Max(_share(forms)) for place, forms in enumerate(query.words)}
    best = (
        SearchEntry.objects.visible_to(reader)
        .filter(Holds(query.tsquery_any), post__isnull=False)
        .order_by()
        .values(thread=Coalesce("post__root", "post"))
        .annotate(
            here=Max(worth(Q(post__space=space), 1.0, 0.0)),
            solved=Max(worth(Q(settled=True), 1.0, 0.0)),
            **shares,
        )
        .annotate(shared=reduce(add, map(F, shares)))
        .filter(shared__gte=max(ENOUGH * len(query.words), min(len(query.words), 2)))
        .order_by("-shared", "-here", "-solved", "-thread")
    )
    order = [row["thread"] for row in best[: limit * 2]]
    entries = SearchEntry.objects.visible_to(reader).filter(post__in=order, type__in=ASKABLE).with_all_shown()
    return sorted(entries, key=lambda entry: order.index(entry.post_id))[:limit]


def _share(forms: Forms) -> Case:
    """What one word of the title counts in one entry."""
    return Case(
        When(Holds(any_of(forms, "A")), then=Value(IN_TITLE)),
        When(Holds(any_of(forms)), then=Value(IN_TEXT)),
        default=Value(0.0),
        output_field=FloatField(),
    )
