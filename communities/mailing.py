"""Replies by mail in communities: an answer to a question, a comment on an answer, a reply in a talk."""

from __future__ import annotations

from django.urls import reverse

from communities.questions import actions as questions
from communities.threads import actions as threads
from intranet.content.kinds import THREAD_KINDS, PostKind
from intranet.content.models import Post
from intranet.mailin.repliers import Replier, register
from intranet.people.models import User
from intranet.posting.once import Written


def _comments(post: Post) -> bool:
    return post.thread.kind == PostKind.QUESTION and post.root_id is not None


def _write(author: User, post: Post, source: str, client_token: str) -> Written:
    if _comments(post):
        return threads.comment(author=author, parent=post, source=source, client_token=client_token)
    if post.kind == PostKind.QUESTION:
        return questions.answer(author=author, question=post, source=source, client_token=client_token)
    return threads.reply(author=author, parent=post, source=source, client_token=client_token)


def _key(post: Post) -> str:
    return f"{'comment' if _comments(post) else 'reply'}:{post.public_id}"


def _page(post: Post) -> str:
    if post.root_id is None:
        return post.get_absolute_url()
    return reverse("communities:reply", args=[post.public_id])


register([str(kind) for kind in THREAD_KINDS], Replier(_write, _key, _page))
