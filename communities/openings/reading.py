"""Skeletons that one can start from, and what they put into an empty form."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet

from communities.openings.models import Opening
from intranet.content.models import Space


def openings_in(space: Space, *kinds: str) -> QuerySet[Opening]:
    """The skeletons of `space`, of `kinds` where some are named; one query."""
    rows = Opening.objects.filter(space=space)
    return rows.filter(kind__in=kinds) if kinds else rows


def skeleton_of(space: Space, asked: Mapping[str, str]) -> dict[str, str]:
    """Initial values of a composer from `?template=<id>` of this community; none when there is no such."""
    number = asked.get("template", "")
    if not number.isdecimal() or len(number) > 12:
        return {}
    row = Opening.objects.filter(space=space, pk=int(number)).first()
    return {"title": row.title, "source": row.body, "kind": row.kind} if row else {}
