"""The index: one row for each thing that can be found."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, Final, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from intranet.access import visibility
from intranet.content.models import Space
from intranet.people.models import User
from intranet.search.functions import Holds, worth
from intranet.search.kinds import EntryType
from intranet.search.vectors import any_of

if TYPE_CHECKING:
    from intranet.search.query import Query


SHOWN: Final = (
    "post__root",
    "post__space",
    "post__author__unit",
    "post__question_detail",
    "post__article_page",
    "person__unit",
    "space",
)
"""What a result shows, fetched with it."""

NOT_SHOWN: Final = (
    "vector",
    "post__source",
    "post__html",
    "post__root__source",
    "post__root__html",
    "post__root__text",
)
"""Long columns that no result shows."""


class SearchEntryQuerySet(models.QuerySet):
    """Entries by reader and by what is asked for."""

    def visible_to(self, reader: User) -> Self:
        """Entries of what `reader` may see. Visibility is asked now, never stored with the entry."""
        return self.filter(
            Q(post__isnull=False, post__unlisted=None, post__root__unlisted=None)
            & visibility.posts_seen_by(reader, "post__")
            | Q(person__in=User.objects.active().visible_to(reader))
            | Q(space__in=Space.objects.communities().visible_to(reader))
        )

    def holding(self, query: Query) -> Self:
        """Entries with every word of `query`, at least one of them in what they say themselves."""
        return self.filter(Holds(query.tsquery), Holds(query.tsquery_own))

    def holding_some(self, query: Query, share: float) -> Self:
        """Entries with at least this share of the words of `query`; `shared` says how many they have."""
        words = reduce(add, (worth(Holds(any_of(forms)), 1.0, 0.0) for forms in query.words))
        found = self.filter(Holds(query.tsquery_any), Holds(query.tsquery_own))
        return found.annotate(shared=words).filter(shared__gte=share * len(query.words))

    def with_all_shown(self) -> Self:
        """With all that a result shows, in the same query."""
        return self.select_related(*SHOWN).defer(*NOT_SHOWN)

    def within(self, community: str = "", tag: str = "", disclosure: str = "") -> Self:
        """Entries of posts in a community, with a topic (slugs) and with a kind of disclosure; empty narrows nothing."""
        found = self.filter(post__space__slug=community) if community else self
        found = found.filter(post__tags__slug=tag) if tag else found
        if disclosure:
            found = found.filter(post__disclosures__kind=disclosure, post__disclosures__denied=False)
        return found


class SearchEntry(models.Model):
    """One thing that can be found: a post, a person or a community.

    Holds only what finding needs. What a result shows, and who may see it, is asked of the thing itself.
    """

    post = models.OneToOneField(
        "intranet.Post", models.CASCADE, null=True, blank=True, related_name="search_entry"
    )
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="search_entry"
    )
    space = models.OneToOneField(
        "intranet.Space", models.CASCADE, null=True, blank=True, related_name="search_entry"
    )
    type = models.CharField(max_length=12, choices=EntryType)
    title = models.CharField(max_length=400, blank=True)
    vector = SearchVectorField()
    lang = models.CharField(max_length=5, blank=True)
    settled = models.BooleanField(default=False)
    updated = models.DateTimeField()
    digest = models.CharField(max_length=32, blank=True)

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            GinIndex(fields=["vector"], name="search_vector"),
            models.Index(fields=["-updated"], name="search_updated"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, person=None, space=None)
                | Q(post=None, person__isnull=False, space=None)
                | Q(post=None, person=None, space__isnull=False),
                name="search_entry_is_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.type}: {self.title or self.post_id}"
