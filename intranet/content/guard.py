"""Content may be saved only while the gate holds the door open.

The gate opens the guard for the length of one deed; the models of content ask it before they write. So a write
path that forgot the gate fails the first time it runs, in whichever app it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_open: ContextVar[bool] = ContextVar("content_guard_open", default=False)


class OutsideTheGate(RuntimeError):
    """Content was written without a permit: a mistake in the program, never in what a person did."""


@contextmanager
def opened() -> Iterator[None]:
    """Allow content to be written inside the block. Only the gate calls this."""
    token = _open.set(True)
    try:
        yield
    finally:
        _open.reset(token)


def require_open(what: str) -> None:
    """Raise `OutsideTheGate` unless a permit is held."""
    if not _open.get():
        raise OutsideTheGate(f"{what} may be written only inside moderation.gate.permit()")
