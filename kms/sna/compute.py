"""The door for networks too large for one machine: tables of ties and people in, a table of scores out.

Whoever stands behind it, these arrays or an engine that many machines share, reads and writes the same three tables, so
nothing else need know. Scores are of single people: they are for the person, or for further sums, never for a page.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from kms.sna import brokerage, ei, matrix, persons
from kms.sna.engines import engine_of
from kms.sna.graph import Floats, Network, network_of
from kms.sna.paths import reach_two
from kms.sna.records import UNASSIGNED, Person, SnaError

DAMPING: Final = 0.85


class Score(NamedTuple):
    """One figure. `scope` is ``person`` (`key` the id), ``cell`` (`key` sends, `other` receives) or ``whole``."""

    scope: str
    key: str
    other: str
    metric: str
    value: float | None


def compute(
    ties: Path, people: Path, metrics: Sequence[str], seed: int = 0, scores: Path | None = None
) -> Path:
    """Read ``ties.parquet`` (``source, target[, weight]``) and ``people.parquet`` (``id, group``), write ``scores.parquet``.

    Scores go beside the ties unless a path is given, which is returned. The written table has the columns of :class:`Score`; it
    does not depend on the order of the rows. Needs pyarrow (the extra ``scale``). Raises SnaError for unknown metrics, and for
    ties with people who are not listed. :mod:`kms.sna.spark` is another machine's way through the same door.
    """
    import pyarrow as pa  # an extra, and only here
    import pyarrow.parquet as pq

    who, rows = pq.read_table(people), pq.read_table(ties)
    listed = sorted(
        (
            Person(str(name), group or UNASSIGNED)
            for name, group in zip(who["id"].to_pylist(), who["group"].to_pylist(), strict=True)
        ),
        key=lambda person: person.id,
    )
    weight = rows["weight"].to_numpy() if "weight" in rows.column_names else None
    network = _network(listed, rows["source"].to_pylist(), rows["target"].to_pylist(), weight)
    found = list(scores_of(network, metrics, seed))
    columns = zip(*found, strict=True) if found else ((),) * len(Score._fields)
    table = pa.table(dict(zip(Score._fields, map(list, columns), strict=True)), schema=_schema(pa))
    written = scores or ties.with_name("scores.parquet")
    pq.write_table(table, written)
    return written


def scores_of(network: Network, metrics: Sequence[str], seed: int = 0) -> Iterator[Score]:
    """The scores of a network, in the order of `metrics`; None where a figure has no meaning.

    >>> net = network_of([Person("a", "x"), Person("b", "y")], np.array([0]), np.array([1]))
    >>> [tuple(one) for one in scores_of(net, ["tie_matrix", "ei"])]
    [('cell', 'x', 'y', 'arcs', 1.0), ('whole', '', '', 'ei', 1.0)]
    """
    unknown = sorted(set(metrics) - METRICS.keys() - {"tie_matrix", "ei"})
    if unknown:
        raise SnaError(f"There is no metric {', '.join(unknown)}; there are {', '.join(known_metrics())}.")
    for metric in metrics:
        if metric == "tie_matrix":
            yield from _cells(network)
        elif metric == "ei":
            value = ei.ei(network, permutations=0, seed=seed)["undirected"]["ei"]
            yield Score("whole", "", "", "ei", value)
        else:
            for name, value in zip(network.ids, METRICS[metric](network, seed).tolist(), strict=True):
                yield Score("person", name, "", metric, None if np.isnan(value) else float(value))


def known_metrics() -> list[str]:
    """Every metric that can be asked for."""
    return sorted([*METRICS, "tie_matrix", "ei"])


def pagerank(network: Network, tolerance: float = 1e-12) -> Floats:
    """PageRank on arcs, all of the same weight; sums to 1. O(rounds · arcs).

    ``r = d (A^T D^-1 r + dangling / n) + (1 - d) / n`` with d = 0.85 (Brin & Page 1998), by power iteration until the change over
    all people is under the tolerance.

    Pitfall: who receives much is visible, not necessarily important; it is never shown of one person to another.

    >>> net = network_of([Person("a"), Person("b")], np.array([0, 1]), np.array([1, 0]))
    >>> pagerank(net).tolist()
    [0.5, 0.5]
    """
    n, out = network.size, np.bincount(network.source, minlength=network.size)
    share = sparse.csr_array((1 / out[network.source], (network.target, network.source)), shape=(n, n))
    rank = np.full(n, 1 / n)
    while True:
        base = (1 - DAMPING + DAMPING * rank[out == 0].sum()) / n
        after: Floats = DAMPING * (share @ rank) + base
        if np.abs(after - rank).sum() < tolerance:
            return after
        rank = after


def components(network: Network) -> Floats:
    """For each person the position of the first person, in the order of the network, whom ties lead to. O(n + ties)."""
    _, label = connected_components(network.ties, directed=False)
    _, first = np.unique(label, return_index=True)
    found: Floats = first[label].astype(np.float64)
    return found


def _betweenness(network: Network, seed: int) -> Floats:
    found = engine_of("networkit").betweenness(network, seed).values
    return np.full(network.size, np.nan) if found is None else found


METRICS: Final[dict[str, Callable[[Network, int], Any]]] = {
    "degree": lambda network, seed: network.degree.astype(np.float64),
    "constraint": lambda network, seed: persons.constraint(network),
    "effective_size": lambda network, seed: persons.effective_size(network),
    "kcore": lambda network, seed: engine_of("networkit").core_numbers(network).astype(np.float64),
    "reach2": lambda network, seed: reach_two(network).astype(np.float64),
    "betweenness": _betweenness,
    "pagerank": lambda network, seed: pagerank(network),
    "component": lambda network, seed: components(network),
} | {role: lambda network, seed, role=role: brokerage.roles(network)[role] for role in brokerage.ROLES}


def _cells(network: Network) -> Iterator[Score]:
    seen = matrix.observed(network)
    for g, h in np.argwhere(seen):
        yield Score("cell", network.groups[g], network.groups[h], "arcs", float(seen[g, h]))


def _network(people: Sequence[Person], sources: list[Any], targets: list[Any], weight: Any) -> Network:
    place = {person.id: i for i, person in enumerate(people)}
    try:
        ends = [np.array([place[str(name)] for name in side], np.int64) for side in (sources, targets)]
    except KeyError as missing:
        raise SnaError(f"The person {missing} of a tie is not listed.") from None
    return network_of(people, ends[0], ends[1], None if weight is None else np.asarray(weight, np.float64))


def _schema(arrow: Any) -> Any:
    text, number = arrow.string(), arrow.float64()
    return arrow.schema([(name, number if name == "value" else text) for name in Score._fields])
