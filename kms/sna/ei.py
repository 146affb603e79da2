"""E-I index: do ties cross groups or stay inside, and what would group sizes alone give?

Krackhardt & Stern (1988), *Informal networks and organizational crises*, Social Psychology Quarterly 51(2):123-140.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np

from kms.sna.graph import Floats, Ints, Network


@dataclass(frozen=True)
class Moments:
    """Mean and variance of the weight of ties inside groups, when group labels are dealt out at random."""

    mean: float
    variance: float


def index(external: float, internal: float) -> float | None:
    """``(E - I) / (E + I)``: +1 all ties cross, -1 all stay inside, None without ties.

    >>> index(3, 1), index(0, 0)
    (0.5, None)
    """
    total = external + internal
    return (external - internal) / total if total else None


def label_moments(sizes: Ints, left: Ints, right: Ints, weight: Floats, people: int) -> Moments:
    """Exact mean and variance of the inside weight ``W`` over all ways to deal the labels to the people.

    With falling factorials ``(n)_k`` and group sizes ``n_g``, the chance that a tie lies inside is
    ``p2 = sum (n_g)_2 / (n)_2``; that two ties sharing a person both do, ``p3 = sum (n_g)_3 / (n)_3``; that two ties
    without a shared person both do, ``p4 = (sum (n_g)_4 + sum_{g != h} (n_g)_2 (n_h)_2) / (n)_4``. Then
    ``E[W] = S1 p2`` and ``Var[W] = S2 p2 + C p3 + D p4 - (S1 p2)^2``, where ``S1``, ``S2`` are the sums of weights and
    squared weights, ``C`` the sum of products over ordered pairs of ties that share a person, ``D`` over those that
    do not. Moments of the join-count (Moran 1948; Cliff & Ord 1973). O(n + ties).

    A path a-b-c and groups {2, 1}: the three label deals give W = 1, 0, 1.

    >>> m = label_moments(np.array([2, 1]), np.array([0, 1]), np.array([1, 2]), np.ones(2), 3)
    >>> round(m.mean, 6), round(m.variance, 6)
    (0.666667, 0.222222)
    """
    s1, s2 = float(weight.sum()), float((weight**2).sum())
    strength = np.bincount(left, weight, people) + np.bincount(right, weight, people)
    sharing = float((strength**2).sum()) - 2 * s2
    apart = s1**2 - s2 - sharing
    n, g = float(people), sizes.astype(np.float64)
    two, three, four = g * (g - 1), g * (g - 1) * (g - 2), g * (g - 1) * (g - 2) * (g - 3)
    p2 = _share(float(two.sum()), n, 2)
    p3 = _share(float(three.sum()), n, 3)
    p4 = _share(float(four.sum() + two.sum() ** 2 - (two**2).sum()), n, 4)
    variance = s2 * p2 + sharing * p3 + apart * p4 - (s1 * p2) ** 2
    return Moments(s1 * p2, max(variance, 0.0))


def ei(network: Network, *, permutations: int, seed: int) -> dict[str, Any]:
    """The E-I index of the whole and of each group, on undirected ties (their weights, if weighted).

    `expected` is the exact mean when labels are dealt at random; `z` uses the closed-form variance; `p` is two-sided:
    by the normal curve, or below 200 people by that many permutations, ``(1 + as far out) / (1 + permutations)``.
    A group's `internal` counts each tie inside once, its `external` each tie with one end inside.

    Pitfall: E-I without its expected value says little. Ten equal groups have about +0.8 by sizes alone.
    """
    pairs = network.pairs
    crossing = network.crossing
    external = float(pairs.weight[crossing].sum())
    internal = float(pairs.weight[~crossing].sum())
    result: dict[str, Any] = {
        "undirected": {
            "external": _count(external),
            "internal": _count(internal),
            "ei": index(external, internal),
        },
        "expected": None,
        "z": None,
        "p": None,
        "permutations": 0,
        "per_group": _per_group(network),
    }
    total = external + internal
    if not total:
        return result
    moments = label_moments(network.sizes, pairs.left, pairs.right, pairs.weight, network.size)
    result["expected"] = 1 - 2 * moments.mean / total
    spread = math.sqrt(moments.variance)
    if spread > 1e-9 * total:
        result["z"] = (moments.mean - internal) / spread
        result["p"] = math.erfc(abs(result["z"]) / math.sqrt(2))
        if permutations and network.size < 200:
            result["permutations"] = permutations
            result["p"] = _permuted_p(network, internal, moments.mean, permutations, seed)
    return result


def _per_group(network: Network) -> dict[str, dict[str, Any]]:
    pairs, count = network.pairs, len(network.groups)
    inside = ~network.crossing
    own = np.bincount(network.group[pairs.left[inside]], pairs.weight[inside], count)
    ends = np.bincount(network.group[pairs.left], pairs.weight, count)
    ends = ends + np.bincount(network.group[pairs.right], pairs.weight, count)
    out = ends - 2 * own
    return {
        name: {
            "external": _count(float(out[g])),
            "internal": _count(float(own[g])),
            "ei": index(float(out[g]), float(own[g])),
        }
        for g, name in enumerate(network.groups)
    }


def _permuted_p(network: Network, internal: float, mean: float, permutations: int, seed: int) -> float:
    """Two-sided permutation p of the inside weight, in batches that keep memory at O(n + ties)."""
    random = np.random.default_rng(seed)
    pairs, labels = network.pairs, network.group.astype(np.int32)
    batch = max(1, 2_000_000 // max(len(pairs), 1))
    reach = abs(internal - mean) * (1 - 1e-12)
    far = done = 0
    while done < permutations:
        size = min(batch, permutations - done)
        dealt = random.permuted(np.tile(labels, (size, 1)), axis=1)
        within = (dealt[:, pairs.left] == dealt[:, pairs.right]) @ pairs.weight
        far += int((np.abs(within - mean) >= reach).sum())
        done += size
    return (1 + far) / (1 + permutations)


def _share(ways: float, n: float, k: int) -> float:
    """`ways` over the falling factorial ``n (n-1) … (n-k+1)``; zero when there are too few people."""
    all_ways = math.prod(n - step for step in range(k))
    return ways / all_ways if n >= k else 0.0


def _count(value: float) -> float | int:
    """A whole number as int, so that counts read as counts."""
    return int(value) if value == int(value) else value
