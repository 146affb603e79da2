"""The door with Spark behind it gives what ours gives. Needs the extra `spark` and a Java, so the suite leaves it out.

`pytest -n 0 bench/sna/test_spark.py`; without pyspark or Java it fails and says so.
"""

import shutil

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from bench.sna.spark import read, session, tables
from kms.sna import compute, spark
from kms.sna.records import SnaError


@pytest.fixture(scope="module", autouse=True)
def local():
    assert shutil.which("java"), "Spark needs a Java; none is on the path."
    found = session()
    yield
    found.stop()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    return tables(tmp_path_factory.mktemp("network"), 300)


@pytest.mark.parametrize("metric", sorted(spark.METRICS))
def test_scores_are_ours(files, tmp_path, metric):
    ours = read(compute.compute(*files, [metric], 0, tmp_path / "ours.parquet"))
    theirs = read(spark.compute(*files, [metric], 0, tmp_path / "theirs.parquet"))
    assert ours.keys() == theirs.keys() and len(ours) > 0
    assert theirs == pytest.approx(ours, abs=1e-9)


def test_a_stranger_in_a_tie_and_an_unknown_metric_are_refused(files, tmp_path):
    stranger = tmp_path / "ties.parquet"
    pq.write_table(pa.table({"source": ["nobody"], "target": ["0000001"]}), stranger)
    with pytest.raises(SnaError, match="nobody"):
        spark.compute(stranger, files[1], ["tie_matrix"], 0, tmp_path / "scores.parquet")
    with pytest.raises(SnaError, match="no metric"):
        spark.compute(*files, ["betweenness"], 0, tmp_path / "scores.parquet")
