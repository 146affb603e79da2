"""Keeping what a report was computed from, so that it can be computed again to the digit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
from django.utils import timezone

from intranet.settings import product
from kms.network.models import Freeze, Snapshot
from kms.network.packing import Rows
from kms.sna.records import Person


@dataclass(frozen=True)
class Input:
    """What a report is computed from: people with their groups, deeds, and the numbers that hold for them."""

    everybody: list[Person]
    rows: Rows
    weights: list[float]
    cell_floor: int
    broadcast_limit: int

    @property
    def terms(self) -> dict[str, Any]:
        return {
            "weights": self.weights,
            "cell_floor": self.cell_floor,
            "broadcast_limit": self.broadcast_limit,
        }


def freeze(snapshot: Snapshot, given: Input) -> Freeze:
    """Keep the input of a report with it; the same again replaces what was kept."""
    everybody, rows = given.everybody, given.rows
    groups = sorted({person.group for person in everybody})
    place = {name: code for code, name in enumerate(groups)}
    return Freeze.objects.update_or_create(
        snapshot=snapshot,
        defaults={
            "groups": groups,
            "people": np.array([int(person.id) for person in everybody], ">i8").tobytes(),
            "member": np.array([place[person.group] for person in everybody], ">i4").tobytes(),
            "rows": rows.pack(),
            "kinds": list(rows.kinds),
            "terms": given.terms,
        },
    )[0]


def everybody_of(frozen: Freeze) -> list[Person]:
    """The people that a report counted, with their groups."""
    ids = np.frombuffer(bytes(frozen.people), ">i8").tolist()
    member = np.frombuffer(bytes(frozen.member), ">i4").tolist()
    return [Person(str(pk), frozen.groups[code]) for pk, code in zip(ids, member, strict=True)]


def thaw(frozen: Freeze) -> Input:
    """The input of a report, as it was."""
    return Input(everybody_of(frozen), Rows.unpack(frozen.kinds, frozen.rows), **frozen.terms)


def forget_old() -> int:
    """Delete what was frozen too long ago; how many reports can no longer be computed again."""
    limit = timezone.now() - timedelta(days=product.SNA_FREEZE_DAYS)
    return Freeze.objects.filter(snapshot__created__lt=limit).delete()[0]
