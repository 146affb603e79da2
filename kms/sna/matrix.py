"""Group-to-group ties: observed against expected, with exact tests corrected for their number.

Rows send, columns receive; all on distinct directed pairs (arcs).
"""

import math
from typing import Any

import numpy as np

from kms.sna.counting import log_choose
from kms.sna.graph import Floats, Ints, Network


def observed(network: Network) -> Ints:
    """Arcs from each group to each group. O(arcs).

    >>> from kms.sna.records import Person
    >>> from kms.sna.graph import network_of
    >>> net = network_of([Person("a", "x"), Person("b", "x"), Person("c", "y")], np.array([0, 0]), np.array([1, 2]))
    >>> observed(net).tolist()
    [[1, 1], [0, 0]]
    """
    count = len(network.groups)
    block = network.group[network.source] * count + network.group[network.target]
    return np.bincount(block, minlength=count * count).reshape(count, count).astype(np.int64)


def sums(network: Network, seen: Ints) -> dict[str, dict[str, int] | None]:
    """What each group sends and receives in all: ``{g: {sent, received}}``; None is for what suppression takes out."""
    both = zip(network.groups, seen.sum(axis=1).tolist(), seen.sum(axis=0).tolist(), strict=True)
    return {name: {"sent": sent, "received": received} for name, sent, received in both}


def expected_by_degree(seen: Ints) -> Floats:
    """``E_gh = Out_g In_h / m``: every arc keeps its sender and its receiver's slot, the slots are dealt at random.

    The sum over people of ``out_i in_j / m`` (configuration model; Newman 2010, ch. 13). It includes the pairs of a
    person with himself, which adds ``sum_{i in g} out_i in_i / m`` to the diagonal, about one part in ``n_g``; they are
    kept so that rows and columns of the expected add up to those of the observed and the exact test has this mean.
    """
    total = seen.sum()
    out, into = seen.sum(axis=1), seen.sum(axis=0)
    return np.outer(out, into) / total if total else np.zeros(seen.shape)


def expected_by_size(seen: Ints, sizes: Ints) -> Floats:
    """``E_gh = m n_g (n_h - [g = h]) / (n (n - 1))``: each ordered pair of people is equally likely."""
    people = int(sizes.sum())
    chances = np.outer(sizes, sizes).astype(np.float64) - np.diag(sizes)
    return seen.sum() * chances / (people * (people - 1)) if people > 1 else np.zeros(seen.shape)


def exact_p(seen: int, sent: int, received: int, total: int) -> float:
    """Two-sided hypergeometric p: of `sent` arcs, how many fall among the `received` of `total` slots.

    Sum of the chances of all outcomes not likelier than the one seen (Fisher 1935; as R's ``fisher.test``). The sum
    runs over a window of the support outside of which nothing can count, so the cost is O(sd), not O(arcs).

    Two arcs out of four, two slots out of four, both hit: (1 + 1) / 6.

    >>> round(exact_p(2, 2, 2, 4), 6), exact_p(1, 2, 2, 4)
    (0.333333, 1.0)
    """
    mean = sent * received / total
    spread = math.sqrt(mean * (1 - received / total) * max(total - sent, 1) / max(total - 1, 1))
    reach = abs(seen - mean) + 12 * spread + 50
    low = max(0, sent + received - total, math.floor(mean - reach))
    high = min(sent, received, math.ceil(mean + reach))
    support = np.arange(low, high + 1)
    chance = log_choose(received, support) + log_choose(total - received, sent - support)
    chance -= log_choose(total, np.array(sent))
    as_rare = chance <= chance[seen - low] + 1e-7
    return float(min(1.0, np.exp(chance[as_rare]).sum()))


def benjamini_hochberg(p: Floats) -> Floats:
    """Adjusted p (q): the smallest false discovery rate at which each test is called (Benjamini & Hochberg 1995).

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3).tolist()
    [0.03, 0.04, 0.04]
    """
    flat = p.ravel()
    order = np.argsort(flat)
    raised = flat[order] * len(flat) / np.arange(1, len(flat) + 1)
    q = np.empty(len(flat))
    q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q.reshape(p.shape)


def tie_matrix(network: Network) -> dict[str, Any]:
    """Observed and expected arcs between groups.

    * ``z_degree = (O - E) / sd``, sd of the hypergeometric: ``E (1 - Out_g/m)(1 - In_h/m) m/(m-1)``; None for E < 5,
      where a z says nothing (the exact p still does).
    * ``log2_ratio = log2((O + 1/2) / (E + 1/2))``: the halves keep zero finite (Gart & Zweifel 1967).
    * ``p`` exact and two-sided, ``q`` corrected over all cells.

    O(arcs + groups²·sd).
    """
    seen = observed(network)
    expected = expected_by_degree(seen)
    total = int(seen.sum())
    p = np.ones(seen.shape)
    if total:
        for g, h in np.ndindex(seen.shape):
            p[g, h] = exact_p(int(seen[g, h]), int(seen[g].sum()), int(seen[:, h].sum()), total)
    z = z_by_degree(seen, expected)
    return {
        "order": list(network.groups),
        "observed": seen.tolist(),
        "expected_degree": expected.tolist(),
        "expected_size": expected_by_size(seen, network.sizes).tolist(),
        "z_degree": [[None if math.isnan(value) else value for value in row] for row in z.tolist()],
        "log2_ratio": np.log2((seen + 0.5) / (expected + 0.5)).tolist(),
        "p": p.tolist(),
        "q": benjamini_hochberg(p).tolist(),
    }


def z_by_degree(seen: Ints, expected: Floats) -> Floats:
    """Standardised distance of each cell from its expected value; NaN where E < 5 or nothing can vary."""
    total = seen.sum()
    if total < 2:
        return np.full(seen.shape, np.nan)
    row = 1 - seen.sum(axis=1) / total
    column = 1 - seen.sum(axis=0) / total
    variance = expected * np.outer(row, column) * total / (total - 1)
    spread = np.sqrt(variance, where=variance > 1e-12, out=np.full(seen.shape, np.nan))
    return np.where(expected >= 5, (seen - expected) / spread, np.nan)
