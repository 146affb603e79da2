"""Which lines of evidence a question matches, and how well: words of texts and of topics, in both languages."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from experts.evidence.models import Evidence
from intranet.content.models import PostTag, Tag
from intranet.people.models import User
from intranet.text.tokens import query_tokens, tokens

MOST_LINES = 3_000
"""Lines weighed for one question, the latest ones: beyond that only the far past is left out."""


@dataclass(frozen=True)
class Match:
    """A line, the part of the question that it is about (0 to 1) and the topics it shares with it."""

    line: Evidence
    share: float
    topics: tuple[Tag, ...]


def matches(reader: User, question: str, topics: Sequence[str] = ()) -> list[Match]:
    """Lines that `reader` may read, that count, and that say something about `question` or `topics`; latest first.

    Three queries, however many lines there are.
    """
    words = [set(forms) for forms in query_tokens(" ".join([question, *topics]))]
    if not words:
        return []
    tags = _tags_matching(words)
    lines = list(_lines(reader, words, tags))
    tags_of = _tags_of_threads(lines, tags)
    met = [_met(line, tags_of, tags, words) for line in lines]
    rarity = _rarity(met, len(words))
    return [
        Match(line, sum(rarity[place] for place in places) / sum(rarity), tuple(tags_of[line.pk]))
        for line, places in zip(lines, met, strict=True)
        if places
    ]


def _tags_matching(words: Sequence[set[str]]) -> dict[int, set[int]]:
    """`{tag id: places of the words that it is about}` among all topics."""
    found: dict[int, set[int]] = {}
    for pk, slug, name, name_he in Tag.objects.values_list("pk", "slug", "name", "name_he"):
        forms = {*tokens(slug), *tokens(name), *tokens(name_he)}
        if places := {place for place, word in enumerate(words) if word & forms}:
            found[pk] = places
    return found


def _lines(reader: User, words: Sequence[set[str]], tags: dict[int, set[int]]) -> list[Evidence]:
    forms = sorted({form[:60] for word in words for form in word})
    thread = Coalesce(OuterRef("post__root_id"), OuterRef("post_id"))
    on_topic = PostTag.objects.filter(post=thread, tag__in=tags)
    rows = Evidence.objects.visible_to(reader).counting().for_lines().select_related("person__unit")
    return rows.filter(Q(words__overlap=forms) | Q(tag__in=tags) | Exists(on_topic))[:MOST_LINES]


def _tags_of_threads(lines: Sequence[Evidence], tags: dict[int, set[int]]) -> dict[int, list[Tag]]:
    """`{line id: those of its topics that the question is about}`."""
    threads = {line.post.thread_id for line in lines if line.post}
    of_thread = defaultdict(list)
    for row in PostTag.objects.filter(post__in=threads, tag__in=tags).select_related("tag"):
        of_thread[row.post_id].append(row.tag)
    return {
        line.pk: of_thread[line.post.thread_id] if line.post else [line.tag] if line.tag_id in tags else []
        for line in lines
    }


def _met(
    line: Evidence, tags_of: dict[int, list[Tag]], tags: dict[int, set[int]], words: Sequence[set[str]]
) -> set[int]:
    """The places of the words that a line is about."""
    own = set(line.words)
    by_text = {place for place, word in enumerate(words) if word & own}
    return by_text.union(*(tags[tag.pk] for tag in tags_of[line.pk]))


def _rarity(met: Sequence[set[int]], count: int) -> list[float]:
    """What each word tells: the fewer lines have it, the more. A word that no line has counts as the rarest."""
    having = [sum(place in places for places in met) for place in range(count)]
    return [math.log(1 + (len(met) + 1) / (1 + number)) for number in having]
