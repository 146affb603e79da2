"""The stored report as files. What is hidden on the page is hidden here: both read the same suppressed report."""

from __future__ import annotations

import csv
import io
from typing import Any

COLUMNS = ("from", "to", "observed", "expected_degree", "expected_size", "z_degree", "log2_ratio", "p", "q")
FACTS = (
    "definition",
    "half_life_days",
    "broadcast",
    "broadcast_limit",
    "window",
    "people",
    "people_covered",
    "floor",
    "cell_floor",
    "hidden_cells",
)
"""What a report rests on; reports of before a fact was told have none."""
HIDDEN = "hidden"
RISKY = ("=", "+", "-", "@", "\t", "\r")


def as_csv(report: dict[str, Any]) -> str:
    """The tie matrix, one row a cell, under lines that say what the report rests on; hidden cells say so."""
    out = io.StringIO()
    writer = csv.writer(out)
    meta = report["meta"]
    for name in FACTS:
        writer.writerow([f"# {name}", meta.get(name)])
    writer.writerow(COLUMNS)
    matrix = report["tie_matrix"]
    for g, sender in enumerate(matrix["order"]):
        for h, receiver in enumerate(matrix["order"]):
            values = [matrix[name][g][h] for name in COLUMNS[2:]]
            if values[0] is None:
                values = [HIDDEN] * len(values)
            writer.writerow([_plain(sender), _plain(receiver), *values])
    return out.getvalue()


def _plain(name: str) -> str:
    """A name that a spreadsheet does not take for a formula."""
    return f"'{name}" if name.startswith(RISKY) else name
