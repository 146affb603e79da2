"""Clusters that the ties themselves make, and how far they agree with the formal units."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kms.sna.counting import log_choose
from kms.sna.crosstab import crosstab
from kms.sna.graph import Ints, Network
from kms.sna.kernels import METHODS, Engine, Method

RUNS_BY_TIES: Final = 4_000_000
"""Runs times ties at the most: on large networks runs differ little, and one is always made."""


@dataclass(frozen=True)
class Found:
    """The best of several runs: its method, the cluster of each person (-1 without a tie), and the modularity of each run."""

    method: Method
    label: Ints
    qualities: Mapping[Method, tuple[float, ...]]

    @property
    def best(self) -> float:
        return max(self.qualities[self.method])


def best_clusters(network: Network, seeds: int, engine: Engine) -> Found:
    """The best by modularity of several seeded runs of Leiden and as many of Louvain (Traag, Waltman & van Eck 2019; Blondel
    et al. 2008, J. Stat. Mech. P10008).

    On undirected ties and their weights. O(runs · ties · passes).

    Pitfall: modularity does not see clusters much smaller than ``sqrt(2 · ties)`` (Fortunato & Barthélemy 2007), and many
    partitions are nearly as good as the best; so the range over the runs is told.
    """
    runs = max(1, min(seeds, RUNS_BY_TIES // max(len(network.pairs), 1) // len(METHODS)))
    labels = {method: [engine.clusters(network, seed, method) for seed in range(runs)] for method in METHODS}
    qualities = {method: tuple(quality(network, one) for one in found) for method, found in labels.items()}
    tops = {method: int(np.argmax(np.round(values, 12))) for method, values in qualities.items()}
    method = max(METHODS, key=lambda name: round(qualities[name][tops[name]], 12))
    return Found(method, labels[method][tops[method]], qualities)


def quality(network: Network, label: Ints) -> float:
    """Modularity of any partition of the people; see :func:`kms.sna.mixing.modularity`."""
    pairs, count = network.pairs, int(label.max(initial=-1)) + 2
    code = label + 1
    whole = float(pairs.weight.sum())
    inside = code[pairs.left] == code[pairs.right]
    own = np.bincount(code[pairs.left[inside]], pairs.weight[inside], count)
    ends = np.bincount(code[pairs.left], pairs.weight, count) + np.bincount(
        code[pairs.right], pairs.weight, count
    )
    return float((own / whole - (ends / (2 * whole)) ** 2).sum())


def contingency(first: Ints, second: Ints) -> Ints:
    """Table of how many share each pair of labels."""
    rows, row = np.unique(first, return_inverse=True)
    columns, column = np.unique(second, return_inverse=True)
    flat = np.bincount(row * len(columns) + column, minlength=len(rows) * len(columns))
    return flat.reshape(len(rows), len(columns)).astype(np.int64)


def adjusted_rand(table: Ints) -> float:
    """Rand index of two partitions, corrected for chance (Hubert & Arabie 1985): 1 equal, 0 as by chance.

    >>> adjusted_rand(np.array([[2, 0], [0, 2]])), round(adjusted_rand(np.array([[1, 1], [1, 1]])), 3)
    (1.0, -0.5)
    """
    n = int(table.sum())
    both = float((table * (table - 1) / 2).sum())
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    first = float((rows * (rows - 1) / 2).sum())
    second = float((columns * (columns - 1) / 2).sum())
    chance = first * second / (n * (n - 1) / 2) if n > 1 else 0.0
    top = (first + second) / 2
    return 1.0 if top == chance else (both - chance) / (top - chance)


def _entropy(counts: Ints) -> float:
    share = counts[counts > 0] / counts.sum()
    return float(-(share * np.log(share)).sum())


def mutual_information(table: Ints) -> float:
    """Information, in nats, that one partition carries about the other."""
    n = table.sum()
    i, j = np.nonzero(table)
    both = table[i, j] / n
    rows, columns = table.sum(axis=1)[i] / n, table.sum(axis=0)[j] / n
    return float((both * np.log(both / (rows * columns))).sum())


def expected_information(table: Ints) -> float:
    """Mean mutual information of all pairs of partitions with these sizes (Vinh, Epps & Bailey 2010, eq. 24a)."""
    n = int(table.sum())
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    total = 0.0
    for a in rows.tolist():
        for b in columns.tolist():
            k = np.arange(max(1, a + b - n), min(a, b) + 1)
            chance = log_choose(a, k) + log_choose(n - a, b - k) - log_choose(n, np.array(b))
            total += float((k / n * np.log(n * k / (a * b)) * np.exp(chance)).sum())
    return total


def agreement(table: Ints) -> dict[str, float]:
    """NMI, ARI and AMI of two partitions; the mean of both entropies normalises NMI and AMI.

    NMI rises with the number of clusters even by chance; AMI and ARI do not, so read those.

    >>> agreement(np.array([[3, 0], [0, 3]]))
    {'nmi': 1.0, 'ari': 1.0, 'ami': 1.0}
    """
    mean = (_entropy(table.sum(axis=1)) + _entropy(table.sum(axis=0))) / 2
    if mean == 0:
        return {"nmi": 1.0, "ari": 1.0, "ami": 1.0}
    shared, chance = mutual_information(table), expected_information(table)
    room = mean - chance
    ami = 1.0 if abs(room) < 1e-12 else (shared - chance) / room
    return {"nmi": shared / mean, "ari": adjusted_rand(table), "ami": ami}


def clusters(network: Network, seeds: int, engine: Engine, cell_floor: int = 1) -> dict[str, Any]:
    """Number and modularity of the clusters, and their agreement with the units over the people who have a tie.

    `method` found them; `runs` of each method and their `ranges` of modularity tell how much chance there is in it. `table` is
    what agreement is made of; where small cells of it are hidden, agreement is told to two digits only.
    """
    tied = np.flatnonzero(network.degree)
    if not len(tied):
        blank = ("modularity", "nmi", "ari", "ami", "modularity_range", "method", "table")
        return dict.fromkeys(blank) | {"count": 0, "runs": 0, "ranges": {}}
    found = best_clusters(network, seeds, engine)
    table = contingency(network.group[tied], found.label[tied])
    ranges = {method: [min(values), max(values)] for method, values in found.qualities.items()}
    told: dict[str, Any] = {"modularity": found.best, "count": int(table.shape[1])} | agreement(table)
    told["table"] = crosstab(network, np.where(network.degree > 0, found.label, -1), cell_floor)
    if cell_floor > 1:
        told |= {name: round(told[name], 2) for name in ("nmi", "ari", "ami")}
    return told | {
        "method": found.method,
        "runs": len(found.qualities[found.method]),
        "modularity_range": ranges[found.method],
        "ranges": ranges,
    }
