"""Articles go where their community goes: what is published with its post, drafts as belongings of a merger."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from communities.merging.belongings import Belonging, belongs
from communities.merging.models import Merger
from communities.moving.standing import follows_posts
from intranet.content.kinds import PostState
from intranet.content.models import Post, Space
from kms.articles.models import ArticlePage


@follows_posts
def follow(posts: Collection[int]) -> None:
    """The writing room stands where its post stands."""
    place = Post.objects.filter(pk=OuterRef("post")).values("space")
    ArticlePage.objects.filter(post__in=posts).update(space=Subquery(place))


def _count(space: Space) -> int:
    """Drafts and articles, without those that were removed."""
    return ArticlePage.objects.filter(space=space).exclude(post__state=PostState.DELETED).count()


def _bring(merger: Merger) -> list[Any]:
    """Drafts that were never published; the others came with their posts."""
    drafts = ArticlePage.objects.filter(space=merger.source, post=None)
    ids = list(drafts.values_list("pk", flat=True))
    ArticlePage.objects.filter(pk__in=ids).update(space=merger.target)
    return ids


def _give_back(merger: Merger, brought: list[Any]) -> None:
    """What was published since stays where readers know it."""
    ArticlePage.objects.filter(pk__in=brought, post=None, space=merger.target).update(space=merger.source)


belongs(Belonging("articles", _("Articles and their drafts"), _count, _bring, _give_back))
