"""Readers by what the rules ask of them, for queries that are prepared once for all readers of a kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intranet.people.models import User


@dataclass(frozen=True)
class Reader:
    """Stands for every active person of one kind in the rules of `visibility`.

    It has what the rules may build a query from and nothing else: a rule that asks for more fails here, instead of
    giving one person's answer to another.
    """

    pk: Any
    is_guest: bool
    moderates_everywhere: bool
    keeps_policies: bool
    is_authenticated: bool = True
    is_active: bool = True


def kind_of(person: User) -> tuple[bool, bool, bool]:
    """The form of a prepared query for `person`: what makes the rules build another query."""
    return person.is_guest, person.moderates_everywhere, person.keeps_policies
