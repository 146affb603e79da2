"""The one clause that fits what is being written, for a line beside the text. It informs; it never stops anybody."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Space
from intranet.people.models import User
from intranet.policies.matching import found_words
from intranet.policies.models import Clause, ClauseVersion

READ = 4_000
"""Characters of a text that are looked at: the end, which is what is being written now."""


GUESTS = "guests"
"""The word that a clause states to be shown where guests read along."""


@dataclass(frozen=True)
class Hint:
    """A clause that holds today, and the words on which it was found."""

    clause: ClauseVersion
    words: list[str]


Hinter = Callable[[str, str, Space | None, User], Iterable[Hint]]
"""`hinter(title, text, space, reader)` gives further hints for what is being written."""

_hinters: list[Hinter] = []


def add_hinter(hinter: Hinter) -> Hinter:
    """Register who else has something to say beside a text."""
    _hinters.append(hinter)
    return hinter


def further_hints(title: str, text: str, space: Space | None, reader: User) -> list[Hint]:
    """What others say beside `text`, with what made them say it."""
    return [hint for hinter in _hinters for hint in hinter(title, text, space, reader)]


def hint_for(text: str, space: Space | None, reader: User) -> Hint | None:
    """The clause of a policy that `reader` sees which shares most words or topics with `text`, or None.

    Clauses state their words themselves (`Clause.hint_words`). Of two that fit alike the one of the earlier policy
    and place wins, so that the line does not jump. Where guests read along, that counts as one word: `guests`.
    A constant number of queries.
    """
    looked_at = text[-READ:] + (f"\n{GUESTS}" if space and _has_guests(space) else "")
    clauses = Clause.objects.exclude(hint_words="").filter(policy__live=True)
    best: Clause | None = None
    most: list[str] = []
    for clause in clauses.order_by("policy_id", "sort_order"):
        words = found_words(looked_at, clause.hint_words)
        if len(words) > len(most):
            best, most = clause, words
    if best is None:
        return None
    frozen = ClauseVersion.objects.current_for(reader).with_policy()
    in_force = frozen.filter(version__policy=best.policy_id, anchor=best.anchor).first()
    return Hint(in_force, most) if in_force else None


def _has_guests(space: Space) -> bool:
    return Membership.objects.filter(space=space, role=SpaceRole.GUEST).exists()
