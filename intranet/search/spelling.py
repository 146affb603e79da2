"""The nearest spelling, when nothing has the words as they were typed."""

from __future__ import annotations

import difflib
import re
from functools import reduce
from operator import or_
from typing import Final

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connection, transaction
from django.db.models import Max, Q

from intranet.search.models import SearchEntryQuerySet
from intranet.search.query import Query

NEAR: Final = 0.4
"""Share of common trigrams from which a word of a title counts as near: one wrong letter in a word of five."""

TITLES: Final = 40
LEAST: Final = 0.6
"""Similarity (difflib's ratio) from which a word replaces the typed one."""

_WORD = re.compile(r"[^\W_]+(?:[-.'\"׳״][^\W_]+)*")


def nearest_spelling(visible: SearchEntryQuerySet, query: Query) -> str:
    """The words of `query`, each replaced by the nearest word in the titles of `visible`; nothing when none is near.

    Only titles that the reader may see are asked, so a suggestion gives nothing away.
    """
    typed = _WORD.findall(query.text)
    if not typed:
        return ""
    near = reduce(or_, (Q(title__trigram_word_similar=word) for word in typed))
    with transaction.atomic(), connection.cursor() as db:
        db.execute("SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)", [str(NEAR)])
        titles = _titles(visible.filter(near), typed)
    known = {word.casefold(): word for title in titles for word in _WORD.findall(title)}
    spelled = [_nearest(word, known) for word in typed]
    return " ".join(spelled) if spelled != typed else ""


def _titles(entries: SearchEntryQuerySet, typed: list[str]) -> list[str]:
    best = (
        entries.order_by().values("title").annotate(near=Max(TrigramWordSimilarity(" ".join(typed), "title")))
    )
    return [row["title"] for row in best.order_by("-near", "title")[:TITLES]]


def _nearest(word: str, known: dict[str, str]) -> str:
    if word.casefold() in known or any(char.isdigit() for char in word):
        return word  # a part code with another digit is another part
    close = difflib.get_close_matches(word.casefold(), known, n=1, cutoff=LEAST)
    return known[close[0]] if close else word
