"""When a clause changes, what cites it is marked and queued for the owner of its policy."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver

from intranet.policies.citing.kinds import all_kinds
from intranet.policies.citing.models import StaleCitation
from intranet.policies.freezing import version_published
from intranet.policies.models import ClauseVersion, PolicyVersion

KEPT = 1_000
"""Rows written at once."""


@receiver(version_published)
def mark_citations(*, version: PolicyVersion, before: PolicyVersion | None, **_: Any) -> None:
    """Mark the clauses that read otherwise since `version`, and queue what rests on them.

    What binds nobody any more is left alone: a lock that was opened, a case that ended, a rule that is off. What
    waited since an earlier change waits once, for the newest words.
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
    StaleCitation.objects.filter(cited__in=older, outcome="").delete()
    rows = [
        StaleCitation(changed_in=version, cited_id=clause, **{f"{kind.name}_id": row})
        for kind in all_kinds()
        for row, clause in kind.binding().filter(clause__in=older).values_list("pk", "clause_id")
    ]
    StaleCitation.objects.bulk_create(rows, batch_size=KEPT)
