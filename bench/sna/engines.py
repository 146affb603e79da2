"""Engines side by side: `python -m bench.sna.engines PEOPLE [ENGINE …]`; a table of processor seconds and ratios.

Each task runs in a fresh process, one thread. Checksums of all engines must agree (clusters: to ±0.02, as they are drawn).
igraph is GPL and python-graphblas large; neither is a dependency, each takes part where it is installed.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from typing import Any

TASKS = (
    "assortativity",
    "reciprocity",
    "core numbers",
    "cut points",
    "constraint",
    "effective size",
    "clusters",
    "brokerage",
    "candidates",
)
LIMIT = 300
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


def measured(engine: str, task: str, people: int) -> dict[str, Any] | None:
    """What one task took, or None when the engine has no such task, is not installed or takes too long."""
    command = [sys.executable, "-m", "bench.sna.tasks", engine, task, str(people)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=LIMIT, check=True, env=os.environ | ONE_THREAD
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return None
    found: dict[str, Any] | None = json.loads(done.stdout)
    return found


def agree(task: str, one: float, other: float) -> bool:
    """Whether two checksums are the same figure."""
    if task == "clusters":
        return abs(one - other) <= 0.02
    return math.isclose(one, other, rel_tol=1e-6)


def main(people: int, rivals: list[str]) -> None:
    """Print the table; end with 1 when checksums differ."""
    differ = False
    print("| task | kesher s | MB |" + "".join(f" {name} |" for name in rivals))
    print("|---|---|---|" + "---|" * len(rivals))
    for task in TASKS:
        ours = measured("kesher", task, people)
        if ours is None:
            print(f"| {task} | – | – |" + " – |" * len(rivals), flush=True)
            continue
        cells = []
        for name in rivals:
            theirs = measured(name, task, people)
            if theirs is None:
                cells.append("–")
                continue
            same = agree(task, ours["checksum"], theirs["checksum"])
            differ |= not same
            cells.append(f"{theirs['seconds'] / ours['seconds']:.1f}×" + ("" if same else " DIFFERS"))
        print(
            f"| {task} | {ours['seconds']:.3f} | {ours['peak_mb']} | " + " | ".join(cells) + " |", flush=True
        )
    raise SystemExit(int(differ))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:] or ["networkx", "networkit", "igraph", "graphblas"])
