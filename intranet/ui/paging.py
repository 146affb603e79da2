"""Lists that grow at the top are paged by a cursor, never by a page number: new rows move nothing.

A cursor names the last row that was shown, by its sort key and id, so "Earlier" is always the next older row.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet

PAGE = 20


@dataclass(frozen=True)
class Page[Row]:
    """Some rows, newest first, and the cursor of the page after them (empty at the end)."""

    items: list[Row]
    next: str = ""

    def __iter__(self):
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)


def encode(moment: datetime, pk: int) -> str:
    """The cursor of a row: opaque to whoever carries it."""
    return base64.urlsafe_b64encode(f"{moment.isoformat()}|{pk}".encode()).decode().rstrip("=")


def decode(cursor: str) -> tuple[datetime, int] | None:
    """The sort key and id in a cursor; None when it is none of ours."""
    try:
        moment, pk = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split("|")
        return datetime.fromisoformat(moment), int(pk)
    except (ValueError, binascii.Error):
        return None


def older(by: str, moment: datetime, pk: int) -> Q:
    """The rows after the one with this sort key and id."""
    return Q(**{f"{by}__lt": moment}) | Q(**{by: moment, "pk__lt": pk})


def newest[Row: Model](rows: QuerySet[Row], by: str, size: int) -> QuerySet[Row]:
    """The rows that `cut` needs for one page, newest first."""
    return rows.order_by(f"-{by}", "-pk")[: size + 1]


def cut[Row: Model](found: list[Row], by: str, size: int) -> Page[Row]:
    """The page that the rows of `newest` make."""
    shown: list[Any] = found[:size]
    more = len(found) > size
    return Page(shown, encode(getattr(shown[-1], by), shown[-1].pk) if more else "")


def page[Row: Model](
    rows: QuerySet[Row], cursor: str = "", *, by: str = "created", size: int = PAGE
) -> Page[Row]:
    """The `size` rows that come after `cursor`, newest first by the moment in `by`.

    One query, whatever the place in the list. A cursor that cannot be read gives the first page.
    """
    place = decode(cursor) if cursor else None
    if place:
        rows = rows.filter(older(by, *place))
    return cut(list(newest(rows, by, size)), by, size)
