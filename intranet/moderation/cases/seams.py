"""Deeds that a decision needs and packages above own: moving a thread, and what follows when a held post comes out.

They register here when the apps are ready; moderation does not know their names. The same way rules tell what they are
called in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from intranet.content.models import Post, Space
from intranet.people.models import User

Mover = Callable[..., dict[str, Any]]
"""`move(actor=, post=, space=)` moves a thread and returns JSON facts; `move(…, back=facts)` takes that back."""

_mover: list[Mover] = []
_published: list[Callable[[Post], None]] = []
_namer: list[Callable[[str], str]] = []


def set_mover(mover: Mover) -> Mover:
    """Say how a thread is moved to another space."""
    _mover[:] = [mover]
    return mover


def can_move() -> bool:
    """Whether anybody has said how."""
    return bool(_mover)


def move(*, actor: User, post: Post, space: Space, back: dict[str, Any] | None = None) -> dict[str, Any]:
    """Move the thread `post` to `space`, or take a move back; facts for taking it back."""
    return _mover[0](actor=actor, post=post, space=space, back=back)


def when_published(follow: Callable[[Post], None]) -> Callable[[Post], None]:
    """Register what follows when a post that was held is published. Called in that transaction, under the gate."""
    _published.append(follow)
    return follow


def came_out(post: Post) -> None:
    """Let everybody who registered follow the publication of `post`."""
    for follow in _published:
        follow(post)


def set_rule_namer(namer: Callable[[str], str]) -> Callable[[str], str]:
    """Say what a rule, which flags and locks know by its name, is called in the reader's language."""
    _namer[:] = [namer]
    return namer


def rule_called(name: str) -> str:
    """The name of a rule in the reader's language; "" where no rule did it."""
    return _namer[0](name) if name and _namer else name
