"""How a reply by mail becomes a post. The places where people talk register here; this package does not know them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from intranet.content.models import Post
from intranet.people.models import User
from intranet.posting.once import Written


@dataclass(frozen=True)
class Replier:
    """What is done with a reply: `write(author, post, source, client_token)`; the key of the draft that keeps a refused
    text, and the page on which it can be sent from there."""

    write: Callable[[User, Post, str, str], Written]
    draft_key: Callable[[Post], str]
    page: Callable[[Post], str]


_repliers: dict[str, Replier] = {}


def register(kinds: list[str], replier: Replier) -> None:
    """Let people reply by mail in threads of these `kinds`."""
    _repliers.update(dict.fromkeys(kinds, replier))


def replier_for(post: Post) -> Replier | None:
    """How one replies to `post` by mail; None where one does not."""
    return _repliers.get(post.thread.kind)
