"""The threads of the demo organisation, written through the same deeds that people use."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from communities.questions import actions as questions
from communities.threads import actions as talks
from intranet.content.kinds import PostKind
from intranet.content.models import Post, Space
from intranet.demo import moments
from intranet.demo.records import Content, Reply, Thread
from intranet.people.models import User


@dataclass
class Written:
    """What stands in the world so far: the posts of each thread in their order, the opening post first."""

    threads: dict[str, list[Post]] = field(default_factory=dict)

    def post(self, thread: str, number: int) -> Post:
        return self.threads[thread][number]


def disclosures_of(thread: Thread) -> list[str]:
    """What the opening post of a thread discloses."""
    return [f"on_behalf={thread.on_behalf}"] if thread.on_behalf else []


def write_threads(
    content: Content,
    people: Mapping[str, User],
    spaces: Mapping[str, Space],
    *,
    now: datetime,
    step: Callable[[], object],
) -> Written:
    """Write all threads, the oldest first; `step` is called after each."""
    written = Written()
    for thread in sorted(content.threads.values(), key=lambda each: (-each.ago, each.at, each.id)):
        start = moments.opening(now, thread.ago, thread.at)
        root = _open(thread, people[thread.by], spaces[thread.community], start)
        written.threads[thread.id] = posts = [root]
        for reply in thread.replies:
            at = moments.following(start, reply.after, earlier=posts[-1].created, now=now)
            posts.append(_reply(thread, reply, people, posts, at))
            if reply.accepted:
                soon = moments.following(at, moments.STEP, earlier=at, now=now)
                questions.accept(actor=people[reply.accepted], question=root, answer=posts[-1], at=soon)
        step()
    return written


def _open(thread: Thread, author: User, space: Space, at: datetime) -> Post:
    body: dict[str, Any] = {"author": author, "space": space, "title": thread.title, "source": thread.body}
    if thread.kind == PostKind.QUESTION:
        return questions.ask(**body, tags=thread.tags, at=at).post
    return talks.start(
        **body, kind=thread.kind, tags=thread.tags, disclosures=disclosures_of(thread), at=at
    ).post


def _reply(thread: Thread, reply: Reply, people: Mapping[str, User], posts: list[Post], at: datetime) -> Post:
    author, source = people[reply.by], reply.body
    parent = posts[reply.to or 0]
    if thread.kind != PostKind.QUESTION:
        return talks.reply(
            author=author, parent=parent, source=source, disclosures=reply.disclose, at=at
        ).post
    if reply.to is None:
        return questions.answer(
            author=author, question=parent, source=source, disclosures=reply.disclose, at=at
        ).post
    return talks.comment(author=author, parent=parent, source=source, at=at).post
