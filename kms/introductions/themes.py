"""What people ask about and what they know, for suggesting whom they could meet. Secret communities stay out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Count

from experts.profiles.models import Profile
from intranet.access.visibility import SECRET
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Post
from kms.sna.topics import Topics

SAID: float = 2.0
"""A topic on one's own page weighs as much as two posts about it."""


def themes_of(people: Collection[int]) -> Topics:
    """Wants and offers of `people` by tag slug: four queries.

    Wants: tags of questions asked, and "wants to learn". Offers: tags of questions answered, and "ask me about".
    """
    wants: dict[str, dict[str, float]] = defaultdict(dict)
    offers: dict[str, dict[str, float]] = defaultdict(dict)
    public = Post.objects.published().exclude(space__visibility=SECRET).filter(author__in=people)
    asked = public.filter(kind=PostKind.QUESTION, tags__isnull=False)
    answered = public.filter(kind=PostKind.ANSWER, root__state=PostState.PUBLISHED, root__tags__isnull=False)
    _add(wants, _counts(asked, "tags__slug"))
    _add(offers, _counts(answered, "root__tags__slug"))
    profiles = Profile.objects.filter(person__in=people)
    for side, column in ((wants, "wants_to_learn"), (offers, "ask_about")):
        said = profiles.filter(**{f"{column}__isnull": False}).values_list("person_id", f"{column}__slug")
        _add(side, ((person, slug, SAID) for person, slug in said))
    return Topics(wants, offers)


def _counts(posts, column: str) -> Iterable[tuple[int, str, float]]:
    return posts.values_list("author_id", column).annotate(times=Count("pk"))


def _add(side: dict[str, dict[str, float]], rows: Iterable[tuple[int, str, float]]) -> None:
    for person, slug, weight in rows:
        by = side[str(person)]
        by[slug] = by.get(slug, 0.0) + weight
