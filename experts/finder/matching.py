"""Which lines of evidence a question matches, and how well: words of texts and of topics, in both languages."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from experts.evidence.models import Evidence
from intranet.content.models import PostTag, Tag
from intranet.people.models import User
from intranet.text.tokens import query_tokens, tokens

MOST_LINES = 3_000
"""Lines weighed for one question, the latest ones: beyond that only the far past is left out."""

NEAR = 0.5
"""Lines that are about less than half of what the best line is about are left out: they share a common word."""


@dataclass(frozen=True)
class Match:
    """A line, the part of the question that it is about (0 to 1) and the topics it shares with it.

    The line comes without what it rests on; `find.open_lines` fetches that for those that are shown.
    """

    line: Evidence
    share: float
    topics: tuple[Tag, ...]


def matches(reader: User, question: str, topics: Sequence[str] = ()) -> list[Match]:
    """Lines that `reader` may read, that count, and that say something about `question` or `topics`; latest first.

    Three queries, however many lines there are.
    """
    words = [sorted({form[:60] for form in forms}) for forms in query_tokens(" ".join([question, *topics]))]
    if not words:
        return []
    tags = _tags_matching(words)
    lines = list(_lines(reader, words, [tag.pk for tag in tags]))
    tags_of = _tags_of(lines, tags)
    met = [_met(line, tags_of[line.pk], tags, len(words)) for line in lines]
    rarity = _rarity(met, len(words))
    found = [
        Match(line, sum(rarity[place] for place in places) / sum(rarity), tuple(tags_of[line.pk]))
        for line, places in zip(lines, met, strict=True)
    ]
    enough = NEAR * max((match.share for match in found), default=0)
    return [match for match in found if match.share >= enough and match.share]


def _tags_matching(words: Sequence[Sequence[str]]) -> dict[Tag, set[int]]:
    """`{topic: places of the words that it is about}` among all topics."""
    found = {
        tag: {place for place, word in enumerate(words) if not _forms(tag.name, tag.name_he).isdisjoint(word)}
        for tag in Tag.objects.all()
    }
    return {tag: places for tag, places in found.items() if places}


@lru_cache(maxsize=20_000)
def _forms(name: str, name_he: str) -> frozenset[str]:
    return frozenset([*tokens(name), *tokens(name_he)])


def _lines(reader: User, words: Sequence[Sequence[str]], tags: Sequence[int]) -> QuerySet[Evidence]:
    thread = Coalesce("post__root_id", "post_id")
    on_topic = Exists(PostTag.objects.filter(post=OuterRef("thread"), tag__in=tags))
    any_form = sorted({form for word in words for form in word})
    met = {
        f"met_{place}": ExpressionWrapper(Q(words__overlap=word), BooleanField())
        for place, word in enumerate(words)
    }
    rows = (
        Evidence.objects.visible_to(reader)
        .counting()
        .annotate(thread=thread, by_unit=F("by__unit_id"), **met)
    )
    rows = rows.filter(Q(words__overlap=any_form) | Q(tag__in=tags) | on_topic)
    return rows.select_related("person__unit").defer("words", "contest_note")[:MOST_LINES]


def _tags_of(lines: Sequence[Evidence], tags: dict[Tag, set[int]]) -> dict[int, list[Tag]]:
    """`{line id: those of its topics that the question is about}`."""
    by_id = {tag.pk: tag for tag in tags}
    of_thread = defaultdict(list)
    rows = PostTag.objects.filter(post__in={line.thread for line in lines if line.thread}, tag__in=by_id)
    for post, tag in rows.values_list("post_id", "tag_id"):
        of_thread[post].append(by_id[tag])
    return {
        line.pk: of_thread[line.thread]
        if line.thread
        else [by_id[line.tag_id]]
        if line.tag_id in by_id
        else []
        for line in lines
    }


def _met(line: Evidence, topics: Sequence[Tag], tags: dict[Tag, set[int]], words: int) -> set[int]:
    """The places of the words that a line is about, by its text and by its topics."""
    by_text = {place for place in range(words) if getattr(line, f"met_{place}")}
    return by_text.union(*(tags[tag] for tag in topics))


def _rarity(met: Sequence[set[int]], count: int) -> list[float]:
    """What each word tells: the fewer lines have it, the more. A word that no line has counts as the rarest."""
    having = [sum(place in places for places in met) for place in range(count)]
    return [math.log(1 + (len(met) + 1) / (1 + number)) for number in having]
