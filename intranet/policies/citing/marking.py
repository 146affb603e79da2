"""When a clause changes, what cites it is marked and queued for the owner of its policy."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from intranet.moderation.kinds import CaseState
from intranet.moderation.models import Decision, Flag, Lock
from intranet.policies.citing.models import StaleCitation
from intranet.policies.freezing import version_published
from intranet.policies.models import ClauseVersion, PolicyVersion

KEPT = 1_000
"""Rows written at once."""


@receiver(version_published)
def mark_citations(*, version: PolicyVersion, before: PolicyVersion | None, **_: Any) -> None:
    """Mark the clauses that read otherwise since `version`, and queue what cites them.

    Locks that hold, flags of open cases and all decisions are queued: a lock that was released and a case that was
    closed without this clause bind nobody any more.
    """
    if before is None:
        return
    now = {clause.anchor: clause.words() for clause in version.clauses.all()}
    gone = [clause.anchor for clause in before.clauses.all() if now.get(clause.anchor) != clause.words()]
    if not gone:
        return
    older = ClauseVersion.objects.filter(
        version__policy=version.policy_id, version__number__lt=version.number, anchor__in=gone
    )
    older.filter(changed_in=None).update(changed_in=version.number)
    rows = [
        *_queued(version, "lock", Lock.objects.holding().filter(clause__in=older)),
        *_queued(version, "flag", Flag.objects.filter(clause__in=older, case__state=CaseState.OPEN)),
        *_queued(version, "decision", Decision.objects.filter(clause__in=older)),
    ]
    StaleCitation.objects.bulk_create(rows, batch_size=KEPT, ignore_conflicts=True)


def _queued(version: PolicyVersion, kind: str, citing: Any) -> list[StaleCitation]:
    pairs = citing.values_list("pk", "clause_id")
    return [
        StaleCitation(changed_in=version, cited_id=clause, **{f"{kind}_id": key}) for key, clause in pairs
    ]
