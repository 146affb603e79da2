"""Articles as one reader gets them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from communities.threads.cards import gone
from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.people.models import User
from kms.articles.models import ArticlePage, ArticleQuerySet

REMARKS = 50
"""Comments below an article, the latest."""
ASKED = 10
"""Questions that lead to an article, the latest."""


@dataclass(frozen=True)
class Remark:
    """A comment on an article; `gone` says why there is nothing to read, `doubt` whether it is an open or settled one."""

    post: Post
    gone: str
    doubt: str


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


def remarks_on(page: ArticlePage, reader: User) -> list[Remark]:
    """The latest comments on a published article in the order in which they came. One query."""
    rows = Post.objects.replies_of(page.post).select_related("author__unit", "doubt").order_by("-number")
    found = list(rows[:REMARKS])[::-1]
    for post in found:
        post.root, post.space = page.post, page.space
    return [Remark(post, gone(reader, post), _doubt(post)) for post in found]


def _doubt(post: Post) -> str:
    doubt = getattr(post, "doubt", None)
    if doubt is None:
        return ""
    return "settled" if doubt.settled_at else "open"


def asked_about(page: ArticlePage, reader: User) -> list[Post]:
    """Questions in whose thread the article is linked, or which it answers, as `reader` may see them. One query.

    The one from which it grew is named beside them, see `origin_of`.
    """
    linked = page.links.values("post"), page.links.values("post__root")
    leads = Q(pk__in=linked[0]) | Q(pk__in=linked[1]) | Q(question_detail__article=page.post_id)
    seen = Post.objects.visible_to(reader).threads().filter(leads, kind=PostKind.QUESTION)
    if page.answer_id:
        seen = seen.exclude(pk=page.answer.root_id)
    return list(seen.select_related("space", "question_detail").order_by("-last_activity")[:ASKED])
