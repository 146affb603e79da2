"""From the rows of the database to arrays: `python -m bench.sna.rows [ROWS]`, with the settings of a site that may be written to.

Imported deeds of 89 days of the year 1990 are put in between people who are there, read, packed, read again, and taken out.
Three floors stand beside: copying the same arrays from columns of numpy, filling them from Python's lists, and what PostgreSQL takes
to look at the rows and hand over nothing but their number.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import django
import numpy as np

django.setup()

from django.db import connection, transaction  # noqa: E402

from kms.network import packing  # noqa: E402

SPAN = datetime(1990, 1, 1, tzinfo=UTC), datetime(1990, 4, 1, tzinfo=UTC)
TIMES = 5
WRITE = """
    INSERT INTO kms_interaction (source_id, target_id, kind, at, context_id, audience_size, origin, row_key)
    SELECT p[1 + (random() * (array_length(p, 1) - 1))::int], p[1 + (random() * (array_length(p, 1) - 1))::int], 'mail',
           timestamptz '1990-01-01 00:00Z' + random() * interval '89 days', '', 1 + (random() * 3)::int, 'bench', gen_random_uuid()
      FROM generate_series(1, %s), (SELECT array_agg(id) p FROM intranet_user) everybody
"""
LOOK = "SELECT kind, audience_size, count(*) FROM kms_interaction WHERE at >= %s AND at < %s GROUP BY 1, 2"


def best(run: Callable[[], Any]) -> float:
    """Seconds of the fastest of some runs."""
    found = []
    for _ in range(TIMES):
        began = time.perf_counter()
        run()
        found.append(time.perf_counter() - began)
    return min(found)


def filled(columns: dict[str, Any], count: int) -> np.ndarray:
    array = np.empty(count, packing.ROW)
    for name, values in columns.items():
        array[name] = values
    return array


def looked() -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOOK, SPAN)
        cursor.fetchall()


def main(count: int = 1_000_000) -> None:
    """Print seconds and ratios; nothing of it stays."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(WRITE, [count])
            cursor.execute("ANALYZE kms_interaction")
        array = packing.read_afresh(*SPAN).array
        columns = {
            name: array[name].astype(array[name].dtype.newbyteorder("=")) for name in packing.ROW.names or ()
        }
        lists = {name: values.tolist() for name, values in columns.items()}
        spent = {
            "copied from columns": best(lambda: filled(columns, count)),
            "filled from lists": best(lambda: filled(lists, count)),
            "looked at by PostgreSQL": best(looked),
            "read from rows": best(lambda: packing.read(*SPAN)),
        }
        packing.pack_days()
        spent["read from packed days"] = best(lambda: packing.read(*SPAN))
        transaction.set_rollback(True)
    for name, seconds in spent.items():
        ratios = ", ".join(f"{seconds / floor:.1f}×" for floor in list(spent.values())[:3])
        print(f"{name:26} {seconds:7.3f} s   {ratios}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
