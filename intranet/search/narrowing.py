"""Which words of a long text to look up, when some stand in half of all entries.

A word that everybody uses finds a hundred thousand texts and tells them apart least. So the rare words are looked up,
and common ones only two together, as long as not too many entries are expected. The frequencies are the ones that
PostgreSQL keeps for its planner; where it has none yet, nothing is narrowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import prod
from typing import Final

from django.core.cache import caches
from django.db import connection

from intranet.search.query import Forms
from intranet.search.vectors import all_of, any_of

MOST: Final = 1_500
"""Entries that one look-up may expect to find."""

TOGETHER: Final = 4
"""How much more often than by chance two words are taken to stand in one entry: those of a subject go together."""

KEPT: Final = 600
"""Seconds for which the frequencies are kept; they change as slowly as the corpus."""

_FREQUENCIES: Final = """
    SELECT reltuples, form, share FROM pg_class LEFT JOIN (
        pg_stats CROSS JOIN unnest(
            most_common_elems::text::text[],
            most_common_elem_freqs[:cardinality(most_common_elems::text::text[])]
        ) AS common (form, share)
    ) ON schemaname = current_schema() AND tablename = relname AND attname = 'vector'
    WHERE oid = 'intranet_searchentry'::regclass
"""


def narrowed(words: Sequence[Forms]) -> str | None:
    """The tsquery that finds the most telling entries with some of `words`.

    None when any word at all may be looked up, an empty text when all of them are in too many entries to tell anything.
    """
    entries, shares = _known()
    expected = [(min(1.0, sum(shares.get(form, 0.0) for form in forms)), forms) for forms in words]
    return choose(expected, entries, MOST)


def choose(words: Sequence[tuple[float, Forms]], entries: float, most: float) -> str | None:
    """The tsquery for `words`, each with its share of the `entries`: cheap ones alone, dear ones in pairs, `most` in all.

    None when all words together are expected in no more than `most` entries, an empty
    text when nothing is within `most`.

    >>> choose([(0.001, ("rig",)), (0.1, ("torque",))], entries=1_000, most=2_000)
    >>> choose([(0.001, ("rig",)), (0.03, ("torque",)), (0.1, ("zero",))], entries=100_000, most=2_000)
    "('rig') | (('torque') & ('zero'))"
    >>> choose([(0.5, ("a",)), (0.4, ("the",))], entries=100_000, most=2_000)
    ''
    """
    if entries * sum(share for share, _ in words) <= most:
        return None
    chosen: list[str] = []
    common: list[tuple[float, Forms]] = []
    for share, forms in sorted(words):
        if entries * share <= most:
            most -= entries * share
            chosen.append(any_of(forms))
        else:
            common.append((share, forms))
    for both, one, two in sorted(
        (TOGETHER * s * t, one, two) for (s, one), (t, two) in combinations(common, 2)
    ):
        if entries * both <= most:
            most -= entries * both
            chosen.append(f"({any_of(one)} & {any_of(two)})")
    if not chosen and entries * prod(share for share, _ in common) <= most:
        chosen.append(all_of(any_of(forms) for _, forms in common))
    return " | ".join(chosen)


def _known() -> tuple[float, dict[str, float]]:
    """How many entries there are, and the share of them that holds each common form; (0, {}) before the first ANALYZE."""
    return caches["fragments"].get_or_set("search:frequencies", _ask, KEPT)


def _ask() -> tuple[float, dict[str, float]]:
    with connection.cursor() as cursor:
        cursor.execute(_FREQUENCIES)
        rows = cursor.fetchall()
    return max(0.0, rows[0][0]), {form: share for _, form, share in rows if form}
