"""E-I index: do ties cross groups or stay inside, and what would group sizes alone give?

Krackhardt & Stern (1988), *Informal networks and organizational crises*, Social Psychology Quarterly 51(2):123-140.
"""

import math
from typing import Any, Final

import numpy as np

from kms.sna import chance
from kms.sna.graph import Floats, Network

SMALL: Final = 200
"""Below this many people p comes from permutations: the normal curve is not yet good."""

NOT_TESTED: Final[dict[str, Any]] = {"expected": None, "sd": None, "z": None, "p": None, "permutations": 0}


def index(external: float, internal: float) -> float | None:
    """``(E - I) / (E + I)``: +1 all ties cross, -1 all stay inside, None without ties.

    >>> index(3, 1), index(0, 0)
    (0.5, None)
    """
    total = external + internal
    return (external - internal) / total if total else None


def ei(network: Network, *, permutations: int, seed: int) -> dict[str, Any]:
    """The E-I index of the whole and of each group, on undirected ties (their weights, if weighted); from -1 to +1.

    `expected` is the exact mean when labels are dealt at random, `sd` the closed-form standard deviation; `p` is two-sided:
    by the normal curve, or below 200 people by that many permutations, ``(1 + as far out) / (1 + permutations)``.
    A group's `internal` counts each tie inside once, its `external` each tie with one end inside.

    People of several strata (sites, levels): labels are dealt within each stratum only, so that groups are not called
    closed because sites are. The mean stays exact; `sd` and `p` come from permutations at every size.

    Pitfall: E-I without its expected value says little. Ten equal groups have about +0.8 by sizes alone.
    """
    pairs = network.pairs
    crossing = network.crossing
    external = float(pairs.weight[crossing].sum())
    internal = float(pairs.weight[~crossing].sum())
    total = external + internal
    whole = {"external": _count(external), "internal": _count(internal), "ei": index(external, internal)}
    tested = _tested(network, internal, permutations, seed) if total else NOT_TESTED
    return {
        "undirected": whole,
        **tested,
        "per_group": _per_group(network),
        "by_chance": chance.groups(network),
    }


def _tested(network: Network, internal: float, permutations: int, seed: int) -> dict[str, Any]:
    """Expected value and how far off it the whole is."""
    pairs = network.pairs
    total = float(pairs.weight.sum())
    stratified = network.stratum is not None
    moments = chance.labels(network)
    dealt = stratified or network.size < SMALL
    deals = _deals(network, permutations, seed) if dealt and permutations else np.zeros(0)
    spread = math.sqrt(moments.variance)
    if stratified:
        spread = float(deals.std()) if len(deals) else 0.0
    result = NOT_TESTED | {"expected": 1 - 2 * moments.mean / total, "sd": 2 * spread / total}
    if spread > 1e-9 * total:
        result["z"] = (moments.mean - internal) / spread
        result["p"] = math.erfc(abs(result["z"]) / math.sqrt(2))
        if len(deals):
            reach = abs(internal - moments.mean) * (1 - 1e-12)
            far = int((np.abs(deals - moments.mean) >= reach).sum())
            result |= {"permutations": permutations, "p": (1 + far) / (1 + permutations)}
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


def _deals(network: Network, permutations: int, seed: int) -> Floats:
    """Weight inside groups under random deals of the labels within strata, in batches that keep memory at O(n + ties)."""
    random = np.random.default_rng(seed)
    pairs, labels = network.pairs, network.group.astype(np.int32)
    stratum = np.zeros(network.size, np.int64) if network.stratum is None else network.stratum
    strata = [np.flatnonzero(stratum == one) for one in range(int(stratum.max(initial=0)) + 1)]
    batch = max(1, 2_000_000 // max(len(pairs), 1))
    deals: list[Floats] = []
    for start in range(0, permutations, batch):
        dealt = np.tile(labels, (min(batch, permutations - start), 1))
        for members in strata:
            dealt[:, members] = random.permuted(dealt[:, members], axis=1)
        deals.append((dealt[:, pairs.left] == dealt[:, pairs.right]) @ pairs.weight)
    return np.concatenate(deals)


def _count(value: float) -> float | int:
    """A whole number as int, so that counts read as counts."""
    return int(value) if value == int(value) else value
