"""What cites changed clauses, as a policy owner sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from intranet.people.models import User
from intranet.policies.citing.kinds import About, all_kinds
from intranet.policies.citing.models import StaleCitation
from intranet.policies.comparing import Change
from intranet.policies.models import ClauseVersion

MOST = 100


@dataclass(frozen=True)
class Cited:
    """One citation with the words it rests on and those that hold now. `about` is None where the reader may not look."""

    citation: StaleCitation
    change: Change
    about: About | None

    @property
    def html(self) -> SafeString:
        return self.change.html

    @property
    def where(self) -> str:
        """What cites the clause, or why it has no name here."""
        return self.about.title if self.about else _("In a place or a case that you do not see")


def queue(reader: User, *, settled: bool = False) -> list[Cited]:
    """The newest hundred citations that wait for a policy owner, or those that were settled. Three queries."""
    rows = StaleCitation.objects.settled() if settled else StaleCitation.objects.waiting()
    along = [f"{kind.name}__{path}" for kind in all_kinds() for path in kind.along]
    found = list(
        rows.select_related("cited__version__policy", "changed_in__policy", "settled_by", *along)[:MOST]
    )
    new = _as_changed(found)
    return [
        Cited(
            row,
            Change(row.cited.anchor, row.cited, new.get(_key(row))),
            row.kind.about(reader, row.citing),
        )
        for row in found
    ]


def _key(row: StaleCitation) -> tuple[int, str]:
    return row.changed_in_id, row.cited.anchor


def _as_changed(rows: Sequence[StaleCitation]) -> dict[tuple[int, str], ClauseVersion]:
    """The clauses as the versions say them that changed them, by version and anchor."""
    clauses = ClauseVersion.objects.filter(
        version__in={row.changed_in_id for row in rows}, anchor__in={row.cited.anchor for row in rows}
    )
    return {(clause.version_id, clause.anchor): clause for clause in clauses}
