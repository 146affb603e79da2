"""What was learned, as the lead of the moderators reads it."""

from __future__ import annotations

from dataclasses import dataclass

from intranet.likeness.bayes import Measured
from intranet.likeness.models import Learned
from intranet.people.models import User
from intranet.policies.models import ClauseVersion
from intranet.policies.naming import clause_named
from intranet.settings.product import LIKENESS_MIN


@dataclass(frozen=True)
class Row:
    """One clause: how much is known of it, how often it would be suggested, and how often rightly."""

    clause: ClauseVersion
    measured: Measured

    @property
    def enough(self) -> bool:
        return self.measured.examples >= LIKENESS_MIN

    @property
    def percent(self) -> int | None:
        """The share of suggestions that was right, in per cent; None when there were none."""
        precision = self.measured.precision
        return None if precision is None else round(100 * precision)


def clauses_learned(learned: Learned | None, reader: User) -> list[Row]:
    """The clauses of `learned` that stand today, those with most examples first; for the lead alone."""
    if learned is None or not reader.moderates_everywhere:
        return []
    found = [(clause_named(name), Measured(**facts)) for name, facts in learned.measured.items()]
    rows = [Row(clause, measured) for clause, measured in found if clause]
    return sorted(rows, key=lambda row: -row.measured.examples)
