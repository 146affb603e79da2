"""Which posts link to which article, derived from the log."""

from __future__ import annotations

import re
from collections.abc import Sequence

from intranet.activity import readers
from intranet.activity.models import Event
from intranet.content.models import Post
from kms.articles.models import ArticleLink, ArticlePage

ADDRESS = re.compile(r'href="[^"]*/articles/([a-z0-9]{8,16})/')


class LinkReader:
    """Derives links. An event says which post to look at; what it says now is what counts."""

    name = "article_links"

    def read(self, events: Sequence[Event]) -> None:
        """Look again at every post that `events` are about."""
        ids = {event.post_id for event in events if event.post_id}
        named = {
            pk: set(ADDRESS.findall(html))
            for pk, html in Post.objects.filter(pk__in=ids).values_list("pk", "html")
        }
        keys = set().union(*named.values())
        pages = dict(ArticlePage.objects.filter(key__in=keys).values_list("key", "pk")) if keys else {}
        ArticleLink.objects.filter(post__in=ids).delete()
        ArticleLink.objects.bulk_create(
            [
                ArticleLink(article_id=pages[key], post_id=pk)
                for pk, found in named.items()
                for key in sorted(found & pages.keys())
            ],
            ignore_conflicts=True,
        )

    def forget(self) -> None:
        """Delete all links."""
        ArticleLink.objects.all().delete()


readers.register(LinkReader())
