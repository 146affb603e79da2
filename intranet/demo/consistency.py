"""Finds what does not hold together in the content: names that lead nowhere, replies before their question."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import timedelta

from intranet.demo.records import SITES, Content, Thread

MENTION = re.compile(r"(?<![\w/.`@])@([a-z0-9]+)")
CODE = re.compile(r"```.*?```|`[^`]*`", re.DOTALL)


def mentions(markdown: str) -> set[str]:
    """The usernames that a text mentions outside code."""
    return set(MENTION.findall(CODE.sub(" ", markdown)))


def post_at(content: Content, on: str) -> tuple[Thread, int]:
    """The thread and the number of the post that `thread#number` or `thread#key` names. Raises KeyError."""
    thread_id, _, place = on.partition("#")
    thread = content.threads[thread_id]
    keys = {reply.key: number for number, reply in enumerate(thread.replies, 1) if reply.key}
    number = keys[place] if place in keys else int(place)
    if number > len(thread.replies):
        raise KeyError(on)
    return thread, number


def check(content: Content) -> Iterator[str]:
    """One sentence for each name in the content that leads nowhere, and each order that cannot be."""
    yield from _check_people(content)
    for community in content.communities.values():
        names = {community.owner, community.duty, *community.managers, *community.also}
        yield from _unknown(f"community {community.slug}", names, content.people)
        yield from _unknown(f"community {community.slug}", community.members, content.units)
        yield from _unknown(f"community {community.slug}", community.topics, content.topics)
    for thread in content.threads.values():
        yield from _check_thread(content, thread)
    for entry in content.blogs.values():
        yield from _unknown(f"blog {entry.id}", {entry.author, *mentions(entry.body)}, content.people)
        yield from _unknown(f"blog {entry.id}", entry.tags, content.topics)
    for deed in content.deeds:
        yield from _unknown(f"{deed.kind} on {deed.on}", {*deed.by, *filter(None, [deed.to])}, content.people)
        yield from _unknown(f"{deed.kind} on {deed.on}", filter(None, [deed.clause]), content.clause_names)
        post_at(content, deed.on)


def _unknown(where: str, names: Iterable[str], known: Iterable[str]) -> Iterator[str]:
    for name in sorted(set(names) - set(known)):
        yield f"{where}: {name} is not known"


def _check_people(content: Content) -> Iterator[str]:
    for person in content.people.values():
        yield from _unknown(person.username, filter(None, [person.boss]), content.people)
        yield from _unknown(person.username, filter(None, [person.unit]), content.units)
        yield from _unknown(person.username, person.ask, content.topics)
        yield from _unknown(person.username, [person.site], SITES)


def _check_thread(content: Content, thread: Thread) -> Iterator[str]:
    where = f"thread {thread.id}"
    yield from _unknown(where, [thread.community], content.communities)
    yield from _unknown(where, thread.tags, content.topics)
    yield from _unknown(where, filter(None, [thread.on_behalf]), content.units)
    bodies = [thread.body, *(reply.body for reply in thread.replies)]
    people = {thread.by, *(reply.by for reply in thread.replies)}
    people |= {reply.accepted for reply in thread.replies if reply.accepted}
    yield from _unknown(where, people.union(*map(mentions, bodies)), content.people)
    place = content.communities.get(thread.community)
    trusted = {thread.by, *((place.owner, *place.managers) if place else ())}
    for reply in thread.replies:
        if reply.accepted and (reply.accepted not in trusted or reply.accepted == reply.by):
            yield f"{where}: {reply.accepted} may not accept the answer of {reply.by}"
    earlier = timedelta()
    for number, reply in enumerate(thread.replies, 1):
        if reply.after <= earlier:
            yield f"{where}: reply {number} is not later than the one before it"
        if reply.to is not None and reply.to >= number:
            yield f"{where}: reply {number} hangs under a later one"
        if reply.after.total_seconds() / 86400 > thread.ago:
            yield f"{where}: reply {number} lies in the future"
        earlier = reply.after
