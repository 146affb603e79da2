"""Threads to read and to write in, made by the same actions that people use."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from communities.questions import actions as questions
from communities.threads import actions as threads
from intranet.content.models import Post, Space
from intranet.moderation import locks
from intranet.moderation.models import Lock
from intranet.people.models import User
from intranet.policies.models import ClauseVersion, PolicyIndexPage, PolicyPage, PolicyVersion


def question(
    author: User, space: Space, title: str = "Why does it drift?", source: str = "It drifts.", **more: Any
) -> Post:
    """A question."""
    return questions.ask(author=author, space=space, title=title, source=source, **more).post


def answer(author: User, asked: Post, source: str = "Zero it warm.", **more: Any) -> Post:
    """An answer to `asked`."""
    return questions.answer(author=author, question=asked, source=source, **more).post


def comment(author: User, parent: Post, source: str = "Which rig?", **more: Any) -> Post:
    """A comment below `parent`."""
    return threads.comment(author=author, parent=parent, source=source, **more).post


def discussion(
    author: User, space: Space, title: str = "Rig B moves", source: str = "On Tuesday.", **more: Any
) -> Post:
    """A discussion."""
    return threads.start(
        author=author, space=space, kind="discussion", title=title, source=source, **more
    ).post


def reply(author: User, parent: Post, source: str = "Fine with me.", **more: Any) -> Post:
    """A reply below `parent`."""
    return threads.reply(author=author, parent=parent, source=source, **more).post


def clause(
    slug: str = "working-with-suppliers", text: str = "Prices stay in the Purchasing space."
) -> ClauseVersion:
    """One clause of the first version of a new policy."""
    top = Page.objects.filter(depth=1).first()
    folder = PolicyIndexPage.objects.first() or top.add_child(instance=PolicyIndexPage(title="Policies"))
    page = folder.add_child(instance=PolicyPage(title="Working with suppliers", slug=slug))
    version = PolicyVersion.objects.create(policy=page, number=1)
    return ClauseVersion.objects.create(
        version=version, anchor="prices", place=2, text_en=text, title_en="Prices"
    )


def lock(moderator: User, post: Post, scope: str = "all", **more: Any) -> Lock:
    """A lock on `post` under a clause of its own policy unless `clause` is given."""
    more.setdefault("clause", None)
    under = more.pop("clause") or clause()
    return locks.lock(actor=moderator, post=post, clause=under, scope=scope, **more)
