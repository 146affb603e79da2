"""Bringing stored reports up to what is told today: figures are only added, those that were told stay to the digit."""

from __future__ import annotations

import json
from typing import Any

from kms.network.computing import again
from kms.network.models import Freeze, Snapshot


def complete_all() -> int:
    """Add what newer reports tell to those stored before, where they can still be computed again; how many grew.

    A report that comes out otherwise than it was told stays as it is, and is not tried anew. Safe to repeat.
    """
    known = Freeze.objects.filter(snapshot__report__isnull=False)
    rows = known.exclude(snapshot__report__clusters__has_key="table").select_related("snapshot")
    return sum(_complete(frozen.snapshot) for frozen in rows.only("snapshot"))


def _complete(snapshot: Snapshot) -> bool:
    told = snapshot.report
    fresh = json.loads(json.dumps(again(snapshot)))
    same = fresh["tie_matrix"] == told["tie_matrix"] and fresh["meta"]["groups"] == told["meta"]["groups"]
    if same:
        # Of clusters all is taken: beside its table, agreement to the last digit would give a small number back.
        told = _with(told, fresh) | {"clusters": fresh["clusters"]}
    else:
        told["clusters"]["table"] = None
    Snapshot.objects.filter(pk=snapshot.pk).update(report=told)
    return bool(same)


def _with(told: dict[str, Any], fresh: dict[str, Any]) -> dict[str, Any]:
    """What was told, and what only the fresh report tells, on every level."""
    both = {
        key: _with(told[key], fresh[key])
        for key in told.keys() & fresh.keys()
        if isinstance(told[key], dict) and isinstance(fresh[key], dict)
    }
    return fresh | told | both
