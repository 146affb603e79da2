"""One search over everything, with counts that are true for the reader.

A search costs the same number of queries whatever it finds: results, counts, translations; two more when nothing was
found and a spelling is tried instead.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Final

from django.db.models import Count, ExpressionWrapper, F, FloatField, Func, Q, Value
from django.db.models.functions import Extract, Greatest, Now

from intranet.content.models import Space
from intranet.people.models import User
from intranet.search.functions import Holds, closeness, worth
from intranet.search.kinds import EntryType
from intranet.search.models import SearchEntry, SearchEntryQuerySet
from intranet.search.query import Query, understand
from intranet.search.spelling import nearest_spelling
from intranet.search.translating import with_translations

PAGE: Final = 20
PLACES: Final = 8
DEEPEST: Final = 1_000
"""Results that can be paged through: whoever needs more needs other words."""

HALF_LIFE: Final = timedelta(days=365)
"""Age at which half of the bonus for being recent is left."""

HALF: Final = 0.5
SOLVED_BONUS, PHRASE_BONUS, TYPED_BONUS, RECENT_BONUS = 1.3, 1.6, 1.4, 0.5


@dataclass(frozen=True)
class SearchPage:
    """Some results, how many there are of each type, and the cursor of the next ones (empty at the end)."""

    query: Query
    items: list[SearchEntry]
    counts: dict[str, int]
    next: str = ""
    instead_of: str = ""
    """What was typed, when nothing had its words and another spelling was searched."""
    partly: bool = False
    """Nothing has all the words; these have at least half of them, those with most first."""
    total: int = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "total", sum(self.counts.values()))


def search(
    reader: User,
    q: str,
    *,
    type: str | None = None,
    community: str | None = None,
    tag: str | None = None,
    disclosure: str | None = None,
    cursor: str | None = None,
) -> SearchPage:
    """What `reader` may see and `q` asks for, best first; all that carries `tag` or a
    disclosure of the kind `disclosure`, newest first, when `q` is empty.

    `type` is an `EntryType`, `community` and `tag` are slugs; one that does not exist or may not be seen finds nothing.
    Counts are over all types. When nothing has all the words, the nearest spelling that occurs in a title which the
    reader may see is searched instead, then what has half of the words; the page says so.
    """
    query = with_translations(reader, understand(q))
    visible = SearchEntry.objects.visible_to(reader).within(community or "", tag or "", disclosure or "")
    if not query and not tag and not disclosure:
        return SearchPage(query, [], {})
    window = (type or "", _offset(cursor or ""))
    page = _page(query, visible.holding(query) if query else visible, *window)
    if page.total or not query:
        return page
    if corrected := nearest_spelling(visible, query):
        spelled = understand(corrected)
        again = _page(spelled, visible.holding(spelled), *window)
        if again.total:
            return replace(again, instead_of=query.text)
    if len(query.words) < 2:
        return page
    return replace(_page(query, visible.holding_some(query, HALF), *window, partly=True), partly=True)


def _page(
    query: Query, found: SearchEntryQuerySet, type: str, offset: int, *, partly: bool = False
) -> SearchPage:
    """One page of what was `found`, and the counts of all of it."""
    counts = dict(found.order_by().values_list("type").annotate(Count("pk")))
    wanted = found.filter(type=type) if type else found
    if partly:
        wanted = wanted.annotate(rank=relevance(query, query.tsquery_any)).order_by("-shared", "-rank", "-pk")
    elif query:
        wanted = wanted.annotate(rank=relevance(query)).order_by("-rank", "-updated", "-pk")
    else:
        wanted = wanted.order_by("-updated", "-pk")
    order = list(wanted.values_list("pk", flat=True)[offset : offset + PAGE + 1])
    items = sorted(
        SearchEntry.objects.filter(pk__in=order[:PAGE]).with_all_shown(), key=lambda row: order.index(row.pk)
    )
    more = len(order) > PAGE and offset + PAGE < DEEPEST
    return SearchPage(query, items, counts, _cursor(offset + PAGE) if more else "")


def communities_of(
    reader: User, page: SearchPage, *, type: str = "", tag: str = "", disclosure: str = ""
) -> list[tuple[Space, int]]:
    """The communities and blogs in which most results of `page` are, with how many; two queries.

    Policies stand in a room for each audience, which is no place that people know: they have their type.
    """
    found = (
        SearchEntry.objects.visible_to(reader)
        .within(tag=tag, disclosure=disclosure)
        .filter(post__isnull=False)
        .exclude(type=EntryType.POLICY)
    )
    if page.partly:
        found = found.holding_some(page.query, HALF)
    elif page.query:
        found = found.holding(page.query)
    found = found.filter(type=type) if type else found
    rows = (
        found.order_by().values("post__space").annotate(n=Count("pk")).order_by("-n", "post__space")[:PLACES]
    )
    counts = {row["post__space"]: row["n"] for row in rows}
    spaces = Space.objects.in_bulk(counts)
    return [(spaces[space], count) for space, count in counts.items()]


def relevance(query: Query, tsquery: str = "") -> ExpressionWrapper:
    """How well an entry answers: closeness of the words, then exact words, a phrase, an accepted answer, and age.

    The factors multiply, so none of them can lift an entry in which the words hardly occur.
    """
    age = Greatest(Extract(Now() - F("updated"), "epoch"), 0.0, output_field=FloatField())
    recent = 1.0 + RECENT_BONUS * Func(
        Value(0.5), age / HALF_LIFE.total_seconds(), function="power", output_field=FloatField()
    )
    return ExpressionWrapper(
        closeness(tsquery or query.tsquery)
        * recent
        * worth(Q(settled=True), SOLVED_BONUS, 1.0)
        * worth(Holds(query.tsquery_in_a_row), PHRASE_BONUS, 1.0)
        * worth(Holds(query.tsquery_as_typed), TYPED_BONUS, 1.0),
        output_field=FloatField(),
    )


def _cursor(offset: int) -> str:
    return base64.urlsafe_b64encode(f"after:{offset}".encode()).decode().rstrip("=")


def _offset(cursor: str) -> int:
    """The place in a cursor; 0 when it is none of ours."""
    try:
        kind, place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(":")
        return max(0, min(int(place), DEEPEST)) if kind == "after" else 0
    except (ValueError, binascii.Error):
        return 0
