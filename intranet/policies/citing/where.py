"""Where the clauses of a policy are cited: locks that the reader sees, decisions in places that the reader moderates."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from intranet.moderation.models import Case, Decision, Lock
from intranet.people.models import User
from intranet.policies.models import PolicyPage
from intranet.policies.reading import locks_seen

MOST = 200


@dataclass(frozen=True)
class Citation:
    """One place: what cites the clause, in which version of it, about what, where one reads more."""

    what: str
    icon: str
    about: str
    url: str
    version: int
    at: datetime
    stands: bool


def citations(policy: PolicyPage, reader: User) -> dict[str, list[Citation]]:
    """By the anchors of clauses, the newest first; the newest 200 locks and as many decisions. Two queries."""
    found: dict[str, list[Citation]] = defaultdict(list)
    for anchor, citation in [*_locks(policy, reader), *_decisions(policy, reader)]:
        found[anchor].append(citation)
    return {anchor: sorted(rows, key=lambda row: row.at, reverse=True) for anchor, rows in found.items()}


def _locks(policy: PolicyPage, reader: User) -> list[tuple[str, Citation]]:
    rows = Lock.objects.filter(locks_seen(reader), clause__version__policy=policy)
    rows = rows.select_related("clause__version", "post__root", "space").order_by("-placed_at").distinct()
    return [
        (
            lock.clause.anchor,
            Citation(
                what=_("Lock: %(scope)s") % {"scope": lock.get_scope_display()},
                icon="lock" if lock.holds else "lock-open",
                about=lock.post.thread.title if lock.post else lock.space.label,
                url=lock.get_absolute_url(),
                version=lock.clause.version.number,
                at=lock.placed_at,
                stands=lock.holds,
            ),
        )
        for lock in rows[:MOST]
    ]


def _decisions(policy: PolicyPage, reader: User) -> list[tuple[str, Citation]]:
    rows = Decision.objects.filter(
        case__in=Case.objects.handled_by(reader), clause__version__policy=policy
    ).select_related("clause__version", "case__post__root")
    return [
        (
            decision.clause.anchor,
            Citation(
                what=_("Decision: %(outcome)s") % {"outcome": decision.get_outcome_display()},
                icon="scale",
                about=decision.case.post.thread.title,
                url=decision.case.get_absolute_url(),
                version=decision.clause.version.number,
                at=decision.at,
                stands=not (decision.undone_at or decision.overturned_at),
            ),
        )
        for decision in rows.order_by("-at")[:MOST]
    ]
