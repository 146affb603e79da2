"""Replies by mail to blog posts are comments."""

from __future__ import annotations

from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.mailin.repliers import Replier, register
from intranet.people.models import User
from intranet.posting import actions as posting
from intranet.posting.once import Written
from intranet.posting.verbs import COMMENTED


def _write(author: User, post: Post, source: str, client_token: str) -> Written:
    return posting.reply(
        author=author,
        parent=post.thread,
        kind=PostKind.COMMENT,
        source=source,
        client_token=client_token,
        verb=COMMENTED,
    )


def _key(post: Post) -> str:
    return f"comment:{post.thread.public_id}"


def _page(post: Post) -> str:
    return post.thread.get_absolute_url()


register([PostKind.BLOG_POST], Replier(_write, _key, _page))
