"""The authors of an imported site: what ties them, and the topic that each writes about most."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from django.db.models import Exists, F, Max, Min, OuterRef, Q

from communities.questions.models import QuestionDetail
from communities.verbs import ACCEPTED, ANSWERED, REPLIED
from intranet.access.visibility import SECRET
from intranet.content.kinds import PostKind
from intranet.content.models import Post, PostTag, Space
from intranet.content.querysets import PostQuerySet, SpaceQuerySet
from intranet.posting.verbs import COMMENTED
from kms.sna.records import Person

TOPICS: Final = 12
"""Topics that can be a group: a table with more could not be read. Whoever writes about none of them is with the others."""

TOPIC: Final = "#"
"""Stands before the topic in the name of a group; alone it is the group of all other topics."""

DEEDS: Final = {
    PostKind.ANSWER: ANSWERED.name,
    PostKind.REPLY: REPLIED.name,
    PostKind.COMMENT: COMMENTED.name,
}
"""What writing a post of each kind is called in the log, where an import leaves no such events."""

Span = tuple[datetime, datetime]


class ForumDeed(NamedTuple):
    """What one author did towards another: ids, the name of the verb, when, on which post."""

    source: int
    target: int
    verb: str
    at: datetime
    post: int


def imported() -> SpaceQuerySet:
    """Communities in which authors of an imported site wrote, but for secret ones."""
    written = Post.objects.filter(space=OuterRef("pk")).exclude(author__attribution="")
    return Space.objects.filter(Exists(written)).exclude(visibility=SECRET).order_by("name", "pk")


def _written(community: Space) -> PostQuerySet:
    """What these authors wrote there; nothing of a community that is secret."""
    posts = Post.objects.published().filter(space=community).exclude(author__attribution="")
    return posts.exclude(space__visibility=SECRET)


def written_between(community: Space) -> Span | None:
    """When the authors of a site wrote first and last; None when they wrote nothing."""
    found = _written(community).aggregate(first=Min("created"), last=Max("created"))
    return (found["first"], found["last"]) if found["first"] else None


def authors(community: Space, spans: Sequence[Span]) -> list[Person]:
    """Who of them wrote in one of the spans, each in the group of the topic of most of what they wrote then.

    Topics are the most used by number of authors, `TOPICS` at the most. Between topics that are equal for somebody the one
    that fewer people write about decides, as it says more. Two queries.
    """
    wrote = _written(community).filter(_within("created", spans)).values_list("pk", "author_id", "root_id")
    rows = [(author, root or pk) for pk, author, root in wrote]
    topics = _topics({thread for _, thread in rows})
    used: dict[int, Counter[str]] = defaultdict(Counter)
    for author, thread in rows:
        used[author].update(topics[thread])
    known = Counter(slug for counts in used.values() for slug in counts)
    groups = dict(sorted(known.items(), key=lambda one: (-one[1], one[0]))[:TOPICS])
    return [Person(str(author), TOPIC + _main(used[author], groups)) for author in sorted(used)]


def _topics(threads: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for thread, slug in PostTag.objects.filter(post__in=threads).values_list("post_id", "tag__slug"):
        found[thread].append(slug)
    return found


def _main(counts: Counter[str], groups: dict[str, int]) -> str:
    """The topic of most posts among the groups; empty when it is none of them."""
    known = [slug for slug in counts if slug in groups]
    return min(known, key=lambda slug: (-counts[slug], groups[slug], slug), default="")


def deeds(community: Space, spans: Sequence[Span]) -> list[ForumDeed]:
    """Answers, replies, comments and acceptances between two authors of the site in the spans. Two queries."""
    rows = (
        _written(community)
        .filter(_within("created", spans), parent__isnull=False, kind__in=DEEDS)
        .exclude(parent__author__attribution="")
        .exclude(parent__author=F("author"))
        .values_list("author_id", "parent__author_id", "kind", "created", "pk")
    )
    accepted = (
        QuestionDetail.objects.filter(_within("accepted_at", spans), post__in=_written(community))
        .exclude(accepted__author__attribution="")
        .exclude(accepted__author=F("post__author"))
        .values_list("post__author_id", "accepted__author_id", "accepted_at", "accepted_id")
    )
    return [
        *(ForumDeed(source, target, DEEDS[kind], at, post) for source, target, kind, at, post in rows),
        *(ForumDeed(source, target, ACCEPTED.name, at, post) for source, target, at, post in accepted),
    ]


def _within(field: str, spans: Sequence[Span]) -> Q:
    """Rows whose moment lies in one of the spans, of which the end is left out."""
    found = Q(pk__in=[])
    for start, end in spans:
        found |= Q(**{f"{field}__gte": start, f"{field}__lt": end})
    return found
