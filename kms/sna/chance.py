"""What ties inside groups there would be by chance: exact means and variances when labels are dealt to people at random.

Moments of the join count (Moran 1948, *J. R. Stat. Soc. B* 10:243; Cliff & Ord 1973, *Spatial autocorrelation*). Every
expectation is over all ways to deal the labels, with the ties as they are, so busy people stay busy.
"""

import math
from dataclasses import dataclass

import numpy as np

from kms.sna.graph import Floats, Ints, Network


@dataclass(frozen=True)
class Moments:
    """Mean and variance of the weight of ties inside groups, when group labels are dealt out at random."""

    mean: float
    variance: float


def labels(network: Network) -> Moments:
    """Moments of the weight inside groups, of the whole network; with strata the mean only (variance 0)."""
    pairs = network.pairs
    if network.stratum is None:
        return label_moments(network.sizes, pairs.left, pairs.right, pairs.weight, network.size)
    return Moments(_stratified_mean(network), 0.0)


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


def _stratified_mean(network: Network) -> float:
    """Exact mean of the inside weight when labels are dealt within strata.

    A tie between strata a ≠ b lies inside with chance ``sum_g n_ga n_gb / (n_a n_b)``, within a with
    ``sum_g (n_ga)_2 / (n_a)_2``. O(ties + strata² groups).
    """
    assert network.stratum is not None
    count, strata = len(network.groups), int(network.stratum.max(initial=0)) + 1
    cell = network.stratum * count + network.group
    sizes = np.bincount(cell, minlength=strata * count).reshape(strata, count).astype(np.float64)
    all_of = sizes.sum(axis=1)
    same = sizes @ sizes.T / np.outer(all_of, all_of)
    within = (sizes * (sizes - 1)).sum(axis=1)
    np.fill_diagonal(same, np.divide(within, all_of * (all_of - 1), where=all_of > 1, out=np.zeros(strata)))
    pairs = network.pairs
    return float(pairs.weight @ same[network.stratum[pairs.left], network.stratum[pairs.right]])


def groups(network: Network) -> dict[str, dict[str, float | None]]:
    """For each group the E-I that chance would give, and its standard deviation: ``{g: {expected, sd}}``.

    With I the weight inside and K the sum of strengths of the group (external + 2 · internal), E-I is ``(K - 3I) / (K - I)``.
    `expected` is this at the exact means, ``E[I] = S1 (n_g)_2 / (n)_2`` and ``E[K] = 2 S1 n_g / n``, which leaves sizes only:
    ``(2 (n - n_g) - (n_g - 1)) / (2 (n - n_g) + (n_g - 1))``. `sd` is the delta method on the exact variances and covariance
    of I and K. None for everybody in one group, or no ties. O(ties + groups).

    Pitfall: the mean of a ratio is not the ratio of the means; for groups with a handful of ties the two differ.
    """
    pairs, n = network.pairs, network.size
    weight, total = pairs.weight, float(pairs.weight.sum())
    strength = np.bincount(pairs.left, weight, n) + np.bincount(pairs.right, weight, n)
    ends = float(weight @ (strength[pairs.left] + strength[pairs.right]))
    found: dict[str, dict[str, float | None]] = {}
    for name, size in zip(network.groups, network.sizes.tolist(), strict=True):
        out, own = 2 * (n - size), size - 1
        if not total or size == n:
            found[name] = {"expected": None, "sd": None}
            continue
        one = label_moments(np.array([size]), pairs.left, pairs.right, weight, n)
        among = size * (n - size) / (n * (n - 1)) * float(((strength - strength.mean()) ** 2).sum())
        mean = 2 * total * size / n
        p2, p3 = _share(size * own, n, 2), _share(size * own * (size - 2), n, 3)
        both = p2 * ends + p3 * (2 * total**2 - ends) - one.mean * mean
        by_own, by_all = -2 * mean / (mean - one.mean) ** 2, 2 * one.mean / (mean - one.mean) ** 2
        variance = by_own**2 * one.variance + 2 * by_own * by_all * both + by_all**2 * among
        found[name] = {"expected": (out - own) / (out + own), "sd": math.sqrt(max(variance, 0.0))}
    return found


def persons(network: Network) -> tuple[Floats, Floats]:
    """For each person the E-I that chance would give, and its variance; NaN without ties.

    The person keeps his group g, the labels of all others are dealt: each contact is of g with chance
    ``p = (n_g - 1) / (n - 1)``, two of them with ``p2 = p (n_g - 2) / (n - 2)``. Expected ``1 - 2p``; variance
    ``4 (Q p (1 - p) + (S² - Q)(p2 - p²)) / S²`` with S the sum and Q the sum of squares of his weights. O(n + ties).

    a with two contacts, in a group of two among four: one of three others is of the group.

    >>> from kms.sna.records import Person
    >>> from kms.sna.graph import network_of
    >>> people = [Person("a", "x"), Person("b", "x"), Person("c", "y"), Person("d", "y")]
    >>> mean, variance = persons(network_of(people, np.array([0, 0]), np.array([1, 2])))
    >>> mean[0].round(6), variance[0].round(6)
    (np.float64(0.333333), np.float64(0.222222))
    """
    pairs, n = network.pairs, network.size
    strength = np.bincount(pairs.left, pairs.weight, n) + np.bincount(pairs.right, pairs.weight, n)
    square = np.bincount(pairs.left, pairs.weight**2, n) + np.bincount(pairs.right, pairs.weight**2, n)
    size = network.sizes[network.group].astype(np.float64)
    p = (size - 1) / max(n - 1, 1)
    p2 = p * np.maximum(size - 2, 0) / max(n - 2, 1)
    tied = strength > 0
    inside = square * p * (1 - p) + (strength**2 - square) * (p2 - p**2)
    variance = np.divide(4 * inside, strength**2, where=tied, out=np.full(n, np.nan))
    return np.where(tied, 1 - 2 * p, np.nan), np.where(tied, np.maximum(variance, 0.0), np.nan)


def _share(ways: float, n: float, k: int) -> float:
    """`ways` over the falling factorial ``n (n-1) … (n-k+1)``; zero when there are too few people."""
    all_ways = math.prod(n - step for step in range(k))
    return ways / all_ways if n >= k else 0.0
