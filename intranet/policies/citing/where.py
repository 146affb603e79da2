"""Where the clauses of a policy are cited, as far as a reader sees it."""

from __future__ import annotations

from collections import defaultdict

from intranet.people.models import User
from intranet.policies.citing.kinds import Citation, all_kinds
from intranet.policies.models import PolicyPage


def citations(policy: PolicyPage, reader: User) -> dict[str, list[Citation]]:
    """By the anchors of clauses, the newest first; one query for each kind of thing that cites."""
    found: dict[str, list[Citation]] = defaultdict(list)
    rows = [citation for kind in all_kinds() for citation in kind.cited(policy, reader)]
    for row in sorted(rows, key=lambda row: row.at, reverse=True):
        found[row.anchor].append(row)
    return dict(found)
