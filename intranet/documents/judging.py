"""Where rules come in. They stand above documents, so they register here how a document is judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from intranet.content.kinds import PostState
from intranet.content.models import Post
from intranet.moderation.gate import Permit
from intranet.moderation.standing.edits import Why


class Ruling(Protocol):
    """What rules say of a document that goes out, see `rules.applying.Ruling`."""

    @property
    def state_of_new(self) -> str: ...

    @property
    def why_edit_waits(self) -> Why | None: ...

    @property
    def looked_at(self) -> Ruling: ...

    def follow(self, post: Post) -> None: ...


@dataclass(frozen=True)
class Silent:
    """Nothing is said."""

    state_of_new: str = PostState.PUBLISHED
    why_edit_waits: Why | None = None

    @property
    def looked_at(self) -> Ruling:
        return self

    def follow(self, post: Post) -> None:
        """Nothing follows."""


SILENT = Silent()

Judge = Callable[[Permit, dict[str, Any], Sequence[str], Sequence[str] | None], Ruling]
_judge: list[Judge] = []
_looked_at: ContextVar[bool] = ContextVar("looked_at", default=False)


def set_judge(judge: Judge) -> Judge:
    """Say how a document is judged: its permit, columns, topics, and what its writer says to readers."""
    _judge[:] = [judge]
    return judge


def judge_document(
    permit: Permit, columns: dict[str, Any], topics: Sequence[str], disclosures: Sequence[str] | None
) -> Ruling:
    """What the rules say. Raises `Refused` when one asks for a disclosure."""
    if not _judge:
        return SILENT
    ruling = _judge[0](permit, columns, topics, disclosures)
    return ruling.looked_at if _looked_at.get() else ruling


@contextmanager
def by_a_moderator():
    """What goes out inside the block was looked at: rules note what they find and stop nothing."""
    token = _looked_at.set(True)
    try:
        yield
    finally:
        _looked_at.reset(token)
