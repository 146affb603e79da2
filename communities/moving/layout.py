"""Where posts stand in their threads, and what becomes of that when threads are moved, merged, split or converted.

Pure: layouts go in and come out, and nothing else is known of a post. A layout is a list of `Spot` that starts with
the root of the thread, the others in the order of their numbers. Every function returns layouts that hold together:

* all posts of a thread are in its space, carry its root, and hang on a post of the same thread;
* numbers run 1, 2, 3 … without a gap;
* below a question there are answers, and comments on the question or on an answer; below a talk replies,
  below a document comments.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

QUESTION, ANSWER, COMMENT, REPLY = "question", "answer", "comment", "reply"
DOCUMENTS = frozenset({"article", "blog_post", "policy"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where one post stands: ids of posts and of the space, and its number in the thread (0 for the root)."""

    post: int
    kind: str
    space: int
    root: int | None
    parent: int | None
    number: int


Layout = list[Spot]


def arrange(root: Spot, below: Iterable[Spot]) -> Layout:
    """The thread of `root` with the posts `below` in this order, each fitted to it."""
    head = replace(root, root=None, parent=None, number=0)
    others = {spot.post: spot for spot in below}
    fit = _fit(head.kind)(head.post, others)
    placed = [
        Spot(spot.post, fit.kind(spot), head.space, head.post, fit.parent(spot), number)
        for number, spot in enumerate(others.values(), start=1)
    ]
    return [head, *placed]


@dataclass(frozen=True)
class _Talk:
    """Replies hang on replies, as deep as they like."""

    root: int
    others: dict[int, Spot]

    def kind(self, _spot: Spot) -> str:
        return REPLY

    def parent(self, spot: Spot) -> int:
        return spot.parent if spot.parent in self.others else self.root


@dataclass(frozen=True)
class _Document(_Talk):
    """Comments hang below a document as replies do in a talk."""

    def kind(self, _spot: Spot) -> str:
        return COMMENT


@dataclass(frozen=True)
class _Question:
    """Answers hang on the question; what is about a comment hangs where that comment hangs."""

    root: int
    others: dict[int, Spot]

    def kind(self, spot: Spot) -> str:
        direct = spot.parent not in self.others
        return ANSWER if spot.kind == ANSWER or (spot.kind == REPLY and direct) else COMMENT

    def parent(self, spot: Spot) -> int:
        if self.kind(spot) == ANSWER:
            return self.root
        above = self.others.get(spot.parent)
        while above is not None and self.kind(above) != ANSWER:
            above = self.others.get(above.parent)
        return above.post if above else self.root


def _fit(kind: str) -> type[_Talk] | type[_Question]:
    """What becomes of the posts below a root of this kind."""
    if kind == QUESTION:
        return _Question
    return _Document if kind in DOCUMENTS else _Talk


def moved(thread: Layout, space: int) -> Layout:
    """The same thread in another space."""
    return arrange(replace(thread[0], space=space), thread[1:])


def converted(thread: Layout, kind: str) -> Layout:
    """The same thread as a question or as a talk."""
    return arrange(replace(thread[0], kind=kind), thread[1:])


def merged(into: Layout, other: Layout) -> Layout:
    """`other` appended to `into`: its root becomes a post there and keeps below it what hung on it, where that is possible."""
    kind = COMMENT if into[0].kind == QUESTION else REPLY
    entrance = replace(other[0], kind=kind, root=into[0].post, parent=into[0].post)
    return arrange(into[0], [*into[1:], entrance, *other[1:]])


def with_all_below(thread: Layout, tops: Collection[int]) -> set[int]:
    """`tops` and every post that hangs on one of them."""
    found = set(tops)
    for spot in _parents_first(thread):
        if spot.parent in found:
            found.add(spot.post)
    return found


def _parents_first(thread: Layout) -> Iterable[Spot]:
    """Each post after the one it hangs on, whatever their numbers."""
    children: dict[int | None, list[Spot]] = {}
    for spot in thread[1:]:
        children.setdefault(spot.parent, []).append(spot)
    waiting = [thread[0].post]
    while waiting:
        below = children.get(waiting.pop(), [])
        yield from below
        waiting.extend(spot.post for spot in below)


def split(thread: Layout, tops: Collection[int], kind: str) -> tuple[Layout, Layout]:
    """What stays, and a new thread of `kind` that the first of `tops` starts, with all that hangs on them."""
    going = with_all_below(thread, tops)
    first = next(spot for spot in thread[1:] if spot.post in tops)
    rest = [spot for spot in thread[1:] if spot.post not in going]
    new = [spot for spot in thread[1:] if spot.post in going and spot.post != first.post]
    return arrange(thread[0], rest), arrange(replace(first, kind=kind), new)


def demoted(thread: Layout, answer: int, onto: int) -> Layout:
    """An answer as a comment on the question or on another answer; its own comments go with it."""
    below = [replace(spot, kind=COMMENT, parent=onto) if spot.post == answer else spot for spot in thread[1:]]
    return arrange(thread[0], below)


def promoted(thread: Layout, comment: int) -> Layout:
    """A comment as an answer."""
    below = [replace(spot, kind=ANSWER) if spot.post == comment else spot for spot in thread[1:]]
    return arrange(thread[0], below)


def restored(before: Sequence[Spot], now: Sequence[Spot]) -> list[Layout]:
    """The threads of `before` again, with what was written since: each new post stays with the post it hangs on.

    `before` and `now` hold all posts of the same threads, then and today.
    """
    then = {spot.post: spot for spot in before}
    today = {spot.post: spot for spot in now}
    newcomers: dict[int, list[Spot]] = {}
    for spot in sorted(now, key=lambda spot: (spot.root or 0, spot.number)):
        if spot.post not in then:
            newcomers.setdefault(_home(spot, then, today), []).append(spot)
    threads = []
    for root in (spot for spot in before if spot.root is None):
        old = sorted((spot for spot in before if spot.root == root.post), key=lambda spot: spot.number)
        threads.append(arrange(root, [*old, *newcomers.get(root.post, ())]))
    return threads


def _home(spot: Spot, then: dict[int, Spot], today: dict[int, Spot]) -> int:
    """The root, as it was then, of the nearest post above `spot` that was there."""
    above = spot.parent
    while above not in then:
        above = today[above].parent
    return then[above].root or above
