"""The door with Spark behind it against ours: `python -m bench.sna.spark [PEOPLE]`; ends with 1 when a score differs.

Spark runs in this process (``local[2]``). Strangers to one another, a group without a name and people without ties are among them.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark.sql import SparkSession

from bench.sna.organisation import organisation
from kms.sna import compute, spark

Scores = dict[tuple[str, ...], float | None]


def tables(folder: Path, people: int) -> tuple[Path, Path]:
    """The seeded organisation as two files; every tenth person is in no group, the last twenty have no ties."""
    listed, deeds = organisation(people, seed=1)
    ids = [person.id for person in listed]
    groups = [None if place % 10 == 0 else person.group for place, person in enumerate(listed)]
    kept = (deeds.source < people - 20) & (deeds.target < people - 20)
    ends = {name: [ids[i] for i in getattr(deeds, name)[kept]] for name in ("source", "target")}
    pq.write_table(pa.table({"id": ids, "group": groups}), folder / "people.parquet")
    pq.write_table(pa.table(ends), folder / "ties.parquet")
    return folder / "ties.parquet", folder / "people.parquet"


def read(path: Path) -> Scores:
    """Scores by scope, key, other and metric."""
    rows = pq.read_table(path).to_pylist()
    return {tuple(row[name] for name in compute.Score._fields[:4]): row["value"] for row in rows}


def timed(door: Callable[..., Path], *files: Path, scores: Path) -> Scores:
    """What a door gives, and a line that says how long it took."""
    began = time.perf_counter()
    found = read(door(*files, sorted(spark.METRICS), 0, scores))
    print(f"{door.__module__:20} {time.perf_counter() - began:8.2f} s, {len(found)} scores", flush=True)
    return found


def session() -> SparkSession:
    """Spark in this process, quietly."""
    wanted = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "4",
    }
    found = SparkSession.builder.master("local[2]").config(map=wanted).getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    return found


def main(people: int = 2_000) -> None:
    """Print how far apart the scores are."""
    session()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = tables(folder, people)
        ours = timed(compute.compute, *files, scores=folder / "ours.parquet")
        theirs = timed(spark.compute, *files, scores=folder / "theirs.parquet")
    apart = {key: abs((ours[key] or 0) - (theirs.get(key) or 0)) for key in ours}
    for metric in sorted({key[3] for key in ours}):
        print(
            f"{metric:20} at most {max(value for key, value in apart.items() if key[3] == metric):.1e} apart"
        )
    equal = ours.keys() == theirs.keys() and max(apart.values()) <= 1e-9
    print("equal" if equal else "NOT EQUAL")
    raise SystemExit(int(not equal))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
