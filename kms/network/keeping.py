"""Writing interactions, so that packed days never miss one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from kms.network.models import Interaction, TiePack


def keep(rows: Iterable[Interaction], *, dry_run: bool = False) -> tuple[int, int]:
    """Write the rows that are new, by their key, unless it is a dry run; how many were new and how many known."""
    batch = list(rows)
    by_key = {row.row_key: row for row in batch}
    known = set(Interaction.objects.filter(row_key__in=by_key).values_list("row_key", flat=True))
    fresh = [row for key, row in by_key.items() if key not in known]
    if not dry_run:
        Interaction.objects.bulk_create(fresh, ignore_conflicts=True)
        forget_packs(row.at for row in fresh)
    return len(fresh), len(batch) - len(fresh)


def forget_packs(moments: Iterable[datetime]) -> None:
    """Delete the packs of days on which something changed; they are read afresh and packed again at night."""
    days = {moment.astimezone(UTC).date() for moment in moments}
    if days:
        TiePack.objects.filter(day__in=days).delete()
