"""The door of :mod:`kms.sna.compute` with pyspark behind it: ties that no single machine holds, the same table of scores.

Everything is said in DataFrames, so that nothing is gathered in one place but sums over all people. Needs the extra ``spark`` and a
Java that it finds. `python -m bench.sna.spark` holds its figures against ours.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kms.sna.compute import DAMPING, Score
from kms.sna.records import UNASSIGNED, SnaError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

ENOUGH: Final = 1e-11
"""Change of PageRank over all people that ends its rounds."""


def compute(
    ties: Path, people: Path, metrics: Sequence[str], seed: int = 0, scores: Path | None = None
) -> Path:
    """As :func:`kms.sna.compute.compute`, for the metrics in `METRICS`; the scores are a folder of parquet files.

    It takes the session that is active, or starts one in this process. Nothing here is drawn, so the seed changes nothing.
    Raises SnaError for other metrics, and for ties with people who are not listed.
    """
    from pyspark.sql import SparkSession  # an extra, and only here

    check(metrics)
    session = SparkSession.builder.getOrCreate()
    listed = _people(session.read.parquet(str(people)))
    arcs = _arcs(session.read.parquet(str(ties)), listed)
    found = [METRICS[metric](session, arcs, listed) for metric in metrics]
    written = scores or ties.with_name("scores.parquet")
    reduce(lambda one, other: one.unionByName(other), found).write.mode("overwrite").parquet(str(written))
    return written


def check(metrics: Sequence[str]) -> None:
    """Raise SnaError for a metric that Spark is not asked for."""
    unknown = sorted(set(metrics) - METRICS.keys())
    if unknown:
        raise SnaError(f"Spark has no metric {', '.join(unknown)}; it has {', '.join(sorted(METRICS))}.")


def _people(rows: DataFrame) -> DataFrame:
    """``id, group, place``: the place is that of the id among all, in order."""
    from pyspark.sql import functions as f

    group = f.when(f.length("group") > 0, f.col("group")).otherwise(UNASSIGNED)
    listed = rows.select(f.col("id").cast("string").alias("id"), group.alias("group"))
    places = listed.sparkSession.createDataFrame(
        listed.rdd.map(lambda row: row["id"]).sortBy(lambda name: name).zipWithIndex(),
        "id string, place long",
    )
    return listed.join(places, "id").cache()


def _arcs(rows: DataFrame, people: DataFrame) -> DataFrame:
    """Distinct ``source, target`` of two people. Raises SnaError when one is not listed."""
    from pyspark.sql import functions as f

    ends = [f.col(name).cast("string").alias(name) for name in ("source", "target")]
    arcs = rows.select(*ends).where("source != target").distinct().cache()
    named = arcs.select(f.explode(f.array("source", "target")).alias("id")).distinct()
    stranger = named.join(people, "id", "left_anti").first()
    if stranger:
        raise SnaError(f"The person '{stranger['id']}' of a tie is not listed.")
    return arcs


def _score(rows: DataFrame, scope: str, metric: str, key: str, other: str, value: str) -> DataFrame:
    """Rows as scores; `key`, `other` and `value` are expressions."""
    from pyspark.sql import functions as f

    texts = {"scope": f.lit(scope), "key": f.expr(key), "other": f.expr(other), "metric": f.lit(metric)}
    columns = texts | {"value": f.expr(value).cast("double")}
    return rows.select(*[columns[name].alias(name) for name in Score._fields])


def _tie_matrix(session: SparkSession, arcs: DataFrame, people: DataFrame) -> DataFrame:
    sends = people.selectExpr("id as source", "group as sends")
    receives = people.selectExpr("id as target", "group as receives")
    cells = arcs.join(sends, "source").join(receives, "target").groupBy("sends", "receives").count()
    return _score(cells, "cell", "arcs", "sends", "receives", "count")


def _ei(session: SparkSession, arcs: DataFrame, people: DataFrame) -> DataFrame:
    ties = arcs.selectExpr("least(source, target) as one", "greatest(source, target) as other").distinct()
    ones = people.selectExpr("id as one", "group as first")
    others = people.selectExpr("id as other", "group as second")
    sums = ties.join(ones, "one").join(others, "other").selectExpr("avg(if(first = second, -1, 1)) as ei")
    return _score(sums, "whole", "ei", "''", "''", "ei")


def _pagerank(session: SparkSession, arcs: DataFrame, people: DataFrame) -> DataFrame:
    """By power iteration; see :func:`kms.sna.compute.pagerank`."""
    from pyspark.sql import functions as f

    size = people.count()
    out = arcs.groupBy("source").agg(f.count("*").alias("out"))
    shares = arcs.join(out, "source").cache()
    senders = people.join(out.withColumnRenamed("source", "id"), "id", "left").select("id", "out").cache()
    rank = senders.select("id", "out", f.lit(1 / size).alias("rank"))
    change = 1.0
    while change >= ENOUGH:
        silent = rank.where("out is null").agg(f.sum("rank")).first()[0] or 0.0
        base = (1 - DAMPING + DAMPING * silent) / size
        passed = shares.join(rank.selectExpr("id as source", "rank"), "source")
        got = passed.groupBy("target").agg(f.sum(f.col("rank") / f.col("out")).alias("got"))
        after = senders.join(got.withColumnRenamed("target", "id"), "id", "left").select(
            "id", "out", (f.coalesce("got", f.lit(0.0)) * DAMPING + base).alias("rank")
        )
        after = after.localCheckpoint()
        both = after.join(rank.selectExpr("id", "rank as was"), "id")
        change = both.agg(f.sum(f.abs(f.col("rank") - f.col("was")))).first()[0]
        rank = after
    return _score(rank, "person", "pagerank", "id", "''", "rank")


def _component(session: SparkSession, arcs: DataFrame, people: DataFrame) -> DataFrame:
    """Everybody takes the least place among contacts, then the place that this one has taken, until nothing changes."""
    from pyspark.sql import functions as f

    place = people.select("id", "place")
    one, other = (place.withColumnsRenamed({"id": end, "place": f"{end}_at"}) for end in ("source", "target"))
    ends = arcs.join(one, "source").join(other, "target")
    both = ends.selectExpr("source_at as at", "target_at as near")
    both = both.union(ends.selectExpr("target_at", "source_at")).distinct().cache()
    label = place.selectExpr("place as at", "place as label")
    moved = 1
    while moved:
        near = both.join(label.withColumnRenamed("at", "near"), "near")
        least = near.groupBy("at").agg(f.min("label").alias("least"))
        nearer = label.join(least, "at", "left").selectExpr("at", "label", "least(label, least) as next")
        jumped = nearer.join(nearer.selectExpr("at as next", "next as far"), "next")
        after = jumped.selectExpr("at", "label", "least(next, far) as after").localCheckpoint()
        moved = after.where("label != after").count()
        label = after.selectExpr("at", "after as label")
    named = people.join(label.withColumnRenamed("at", "place"), "place")
    return _score(named, "person", "component", "id", "''", "label")


METRICS: Final[dict[str, Callable[[SparkSession, DataFrame, DataFrame], DataFrame]]] = {
    "tie_matrix": _tie_matrix,
    "ei": _ei,
    "pagerank": _pagerank,
    "component": _component,
}
"""What Spark can be asked for."""
