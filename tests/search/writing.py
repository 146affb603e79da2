"""Short ways to write posts through the real actions."""

from datetime import timedelta

from django.utils import timezone

from communities.verbs import ANSWERED, ASKED, REPLIED, STARTED
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.posting import actions


def ask(author: User, space: Space, title: str, source: str = "", *, tags=(), days_ago: int = 0) -> Post:
    at = timezone.now() - timedelta(days=days_ago)
    return actions.start(
        author=author,
        space=space,
        kind=PostKind.QUESTION,
        title=title,
        source=source,
        tags=tags,
        verb=ASKED,
        at=at,
    ).post


def discuss(author: User, space: Space, title: str, source: str = "", *, tags=()) -> Post:
    return actions.start(
        author=author,
        space=space,
        kind=PostKind.DISCUSSION,
        title=title,
        source=source,
        tags=tags,
        verb=STARTED,
    ).post


def answer(author: User, question: Post, source: str) -> Post:
    return actions.reply(
        author=author, parent=question, kind=PostKind.ANSWER, source=source, verb=ANSWERED
    ).post


def reply(author: User, thread: Post, source: str) -> Post:
    return actions.reply(author=author, parent=thread, kind=PostKind.REPLY, source=source, verb=REPLIED).post
