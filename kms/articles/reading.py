"""Articles as one reader gets them."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from intranet.content.models import Post
from intranet.people.models import User
from kms.articles.models import ArticlePage, ArticleQuerySet


def published_for(reader: User) -> ArticleQuerySet:
    """Articles that are out and whose post `reader` may read, with the people on them."""
    posts = Post.objects.published().visible_to(reader)
    return ArticlePage.objects.filter(live=True, post__in=posts).with_people()


def seen_by(reader: User) -> QuerySet[ArticlePage]:
    """Published articles that `reader` may read, and drafts they may change."""
    published = Q(pk__in=published_for(reader).values("pk"))
    own = Q(pk__in=ArticlePage.objects.open_to(reader).values("pk"))
    return ArticlePage.objects.filter(published | own).with_people()


def origin_of(page: ArticlePage, reader: User) -> Post | None:
    """The answer from which the article grew, if `reader` may see it."""
    seen = Post.objects.visible_to(reader).select_related("root__space", "space")
    return seen.filter(pk=page.answer_id).first() if page.answer_id else None
