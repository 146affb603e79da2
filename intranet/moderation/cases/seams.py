"""Deeds that a decision needs and packages above own: moving a thread, and what follows when a held post comes out.

They register here when the apps are ready; moderation does not know their names. The same way rules tell what they are
called in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from intranet.content.kinds import DOCUMENT_KINDS
from intranet.content.models import Post, Space
from intranet.people.models import User

Mover = Callable[..., dict[str, Any]]
"""`move(actor=, post=, space=)` moves a thread and returns JSON facts; `move(…, back=facts)` takes that back."""

EditPublisher = Callable[[Any, Any], Post]
"""`publish(permit, waits)` makes the `HeldEdit` what readers get, under the permit of its editor."""

_mover: list[Mover] = []
_published: list[Callable[[Post], None]] = []
_edit_publishers: dict[bool, tuple[str, EditPublisher]] = {}
_changed: list[Callable[[Post], None]] = []
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


def publishes_edits(deed: str, *, documents: bool) -> Callable[[EditPublisher], EditPublisher]:
    """Say how a change of a document, or of another post, that was looked at is published, and which deed that is."""

    def register(publisher: EditPublisher) -> EditPublisher:
        _edit_publishers[documents] = (deed, publisher)
        return publisher

    return register


def deed_of_edit(post: Post) -> Any:
    """What the gate is asked for before a change of `post` is published."""
    return _edit_publishers[post.kind in DOCUMENT_KINDS][0]


def publish_edit(permit: Any, waits: Any) -> Post:
    """Publish the `HeldEdit` under the permit of its editor; the post as it is then."""
    return _edit_publishers[permit.post.kind in DOCUMENT_KINDS][1](permit, waits)


def when_changed(follow: Callable[[Post], None]) -> Callable[[Post], None]:
    """Register what follows when moderation changed what readers get of a post: hidden, shown, its edit published.

    Called in that transaction, under the gate.
    """
    _changed.append(follow)
    return follow


def has_changed(post: Post) -> None:
    """Let everybody who registered follow the change of `post`."""
    for follow in _changed:
        follow(post)


def set_rule_namer(namer: Callable[[str], str]) -> Callable[[str], str]:
    """Say what a rule, which flags and locks know by its name, is called in the reader's language."""
    _namer[:] = [namer]
    return namer


def rule_called(name: str) -> str:
    """The name of a rule in the reader's language; "" where no rule did it."""
    return _namer[0](name) if name and _namer else name
