"""Public ids: short, not guessable, not sequential."""

from __future__ import annotations

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
LENGTH = 13

_chooser: ContextVar[random.Random | None] = ContextVar("public_id_chooser", default=None)


def new_public_id() -> str:
    """A random id of 13 characters without look-alikes, about 64 bits."""
    choose = (_chooser.get() or secrets).choice
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


@contextmanager
def repeatable(seed: int) -> Iterator[None]:
    """Make the ids inside the block follow from `seed`. For invented worlds only: such ids can be guessed."""
    token = _chooser.set(random.Random(seed))
    try:
        yield
    finally:
        _chooser.reset(token)
