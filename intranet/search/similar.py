"""What may already answer a question while it is being typed."""

from __future__ import annotations

from typing import Final

from django.db.models import Case, FloatField, Q, Value, When

from intranet.content.models import Space
from intranet.people.models import User
from intranet.search.functions import Holds
from intranet.search.kinds import ASKABLE
from intranet.search.models import SearchEntry
from intranet.search.query import understand
from intranet.search.searching import SHOWN, relevance
from intranet.search.vectors import any_of

SAME_SPACE_BONUS: Final = 1.5
ENOUGH: Final = 1 / 3
"""Share of the words of the title that a similar thread must have, and never fewer than two."""

NONE: Final = Value(0.0, output_field=FloatField())


def similar(reader: User, title: str, *, space: Space | None = None, limit: int = 5) -> list[SearchEntry]:
    """Threads and documents that `reader` may see and that share most words with `title`, best first.

    Those of `space` come a little earlier. One query.
    """
    query = understand(title)
    if not query:
        return []
    shared = sum((_points(Holds(any_of(forms)), 1.0, 0.0) for forms in query.words), start=NONE)
    here = _points(Q(post__space=space), SAME_SPACE_BONUS, 1.0)
    found = (
        SearchEntry.objects.visible_to(reader)
        .filter(Holds(query.tsquery_any), type__in=ASKABLE)
        .annotate(shared=shared, rank=relevance(query, query.tsquery_any) * here)
        .filter(shared__gte=max(ENOUGH * len(query.words), min(len(query.words), 2)))
    )
    return list(found.order_by("-shared", "-rank", "-pk").select_related(*SHOWN)[:limit])


def _points(condition: Q | Holds, yes: float, no: float) -> Case:
    return Case(When(condition, then=Value(yes)), default=Value(no), output_field=FloatField())
