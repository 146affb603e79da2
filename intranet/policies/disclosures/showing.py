"""Disclosures where posts are read: fetched with the posts, said in the reader's language."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, QuerySet
from django.db.models.functions import JSONObject

from intranet.content.models import Post
from intranet.policies.disclosures.models import Disclosure
from intranet.policies.kinds import disclosed_words, in_readers_language


def with_disclosures(posts: QuerySet[Post]) -> QuerySet[Post]:
    """`posts` with their disclosures, in one more query."""
    rows = Disclosure.objects.select_related("unit", "leader").order_by("kind")
    return posts.prefetch_related(Prefetch("disclosures", rows))


def disclosed_with(post: OuterRef) -> ArraySubquery:
    """The disclosures of the outer `post` as rows for `shown_words`, in the same query."""
    rows = Disclosure.objects.filter(post=post).order_by("kind")
    return ArraySubquery(
        rows.values(
            row=JSONObject(
                kind="kind",
                text="text",
                denied="denied",
                unit="unit__name",
                unit_he="unit__name_he",
                leader="leader__name",
                leader_he="leader__name_he",
            )
        )
    )


def shown_words(row: dict[str, Any]) -> str:
    """One row of `disclosed_with` as readers see it."""
    behalf = in_readers_language(row["unit"] or row["leader"] or "", row["unit_he"] or row["leader_he"] or "")
    return disclosed_words(row["kind"], row["text"], denied=row["denied"], behalf=behalf)


def words_of(post: Post) -> list[str]:
    """The disclosures of one `post` as readers see them, in the order of their kinds."""
    rows = Disclosure.objects.filter(post=post).select_related("unit", "leader").order_by("kind")
    return [row.words for row in rows]


def shape(disclosure: Disclosure) -> dict[str, Any]:
    """A disclosure for programs: `{kind, text, denied, unit, leader}`; unit by path, leader by username."""
    return {
        "kind": disclosure.kind,
        "text": disclosure.text,
        "denied": disclosure.denied,
        "unit": disclosure.unit.path if disclosure.unit else None,
        "leader": disclosure.leader.username if disclosure.leader else None,
    }
