"""The whole report in one process: `python -m bench.sna.whole PEOPLE`; processor seconds of each part, and the peak.

What the report takes beyond the sum of its parts is what the putting together costs.
"""

from __future__ import annotations

import resource
import sys
import time
from typing import Any

from bench.sna.organisation import organisation
from kms.sna import (
    brokerage,
    clusters,
    fragility,
    matrix,
    mixing,
    paths,
    redundancy,
    report,
    resample,
    suppress,
)
from kms.sna.records import Terms

PARTS = (
    (report, "weave"),
    (suppress, "hidden_pairs"),
    (report, "ei"),
    (matrix, "tie_matrix"),
    (mixing, "mixing"),
    (redundancy, "between"),
    (brokerage, "roles"),
    (fragility, "fragility"),
    (paths, "paths"),
    (clusters, "clusters"),
    (resample, "intervals"),
)


def timed(home: Any, name: str, spent: dict[str, float]) -> None:
    """Let a part of the report write down the processor seconds that it takes."""
    inner = getattr(home, name)

    def outer(*values: Any, **named: Any) -> Any:
        began = time.process_time()
        try:
            return inner(*values, **named)
        finally:
            spent[name] = spent.get(name, 0.0) + time.process_time() - began

    setattr(home, name, outer)


def main(people: int) -> None:
    """Print the parts, their sum, the whole and the peak."""
    spent: dict[str, float] = {}
    for home, name in PARTS:
        timed(home, name, spent)
    listed, deeds = organisation(people)
    began = time.process_time()
    found = report.analyse(listed, deeds, Terms())
    whole = time.process_time() - began
    for name, seconds in spent.items():
        print(f"{name:14} {seconds:8.2f} s", flush=True)
    total, peak = sum(spent.values()), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"whole {whole:.2f} s = {whole / total:.2f} × its parts; {peak} MB; {found['meta']['arcs']} arcs")


if __name__ == "__main__":
    main(int(sys.argv[1]))
