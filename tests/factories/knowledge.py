"""Answers, acceptances and votes, written through the real deeds, for tests of what follows from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from communities.verbs import ACCEPTED, ANSWERED, ASKED, UNACCEPTED
from intranet.activity import readers
from intranet.activity.log import record
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.posting import actions


def ask(
    author: User,
    space: Space,
    title: str,
    *,
    tags: Sequence[str] = (),
    source: str = "",
    at: datetime | None = None,
) -> Post:
    return actions.start(
        author=author,
        space=space,
        kind=PostKind.QUESTION,
        title=title,
        verb=ASKED,
        source=source,
        tags=tags,
        at=at,
    ).post


def answer(author: User, question: Post, source: str = "Like this.", *, at: datetime | None = None) -> Post:
    return actions.reply(
        author=author, parent=question, kind=PostKind.ANSWER, source=source, verb=ANSWERED, at=at
    ).post


def accept(answer: Post, *, by: User | None = None, at: datetime | None = None) -> None:
    """Leave the event of an acceptance, by the asker unless another is given."""
    with transaction.atomic():
        record(ACCEPTED, by or answer.thread.author, about=answer.author, post=answer, at=at)


def unaccept(answer: Post) -> None:
    with transaction.atomic():
        record(UNACCEPTED, answer.thread.author, about=answer.author, post=answer)


def solved(
    asker: User,
    answerer: User,
    space: Space,
    title: str,
    *,
    tags: Sequence[str] = (),
    at: datetime | None = None,
) -> Post:
    """The accepted answer of `answerer` to a new question of `asker`."""
    made = answer(answerer, ask(asker, space, title, tags=tags, at=at), at=at)
    accept(made, at=at)
    return made


def catch_up() -> None:
    """Let the evidence follow the log."""
    readers.catch_up(readers.reader_named("evidence"))
