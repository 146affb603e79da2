"""Figures of single people: only for analysis of public data (floor 1), or for the person alone."""

from typing import Any, Final

import numpy as np

from kms.sna import chance, ei
from kms.sna.brokerage import ROLES
from kms.sna.graph import Floats, Network
from kms.sna.kernels import Betweenness, Engine
from kms.sna.paths import reach_two
from kms.sna.triangles import third_person_sums

EXACT_BETWEENNESS: Final = 3_000
"""Above this many people betweenness is not given."""


def effective_size(network: Network) -> Floats:
    """Burt's effective size on undirected ties: degree less the mean number of ties among one's contacts.

    ``d_i - (1 / d_i) sum_{j tied to i} |N(i) ∩ N(j)|`` (Burt 1992; Borgatti 1997). NaN for people without ties.
    """
    degree = network.degree.astype(np.float64)
    shared = _over_ties(network, third_person_sums(network, np.ones(network.size)))
    among: Floats = np.divide(shared, degree, where=degree > 0, out=np.full(network.size, np.nan))
    return degree - among


def constraint(network: Network) -> Floats:
    """Burt's constraint on undirected ties: ``c_i = sum_j (p_ij + sum_q p_iq p_qj)^2`` over the contacts j of i.

    ``p = diag(1 / degree) A``, so this is ``(1 / d_i^2) sum_j (1 + sum_q 1 / d_q)^2``, q tied to both. High where all contacts know
    each other. NaN for people without ties. Burt (1992), *Structural Holes*, ch. 2. One walk over the triangles.
    """
    degree = network.degree.astype(np.float64)
    known = degree > 0
    inverse = np.divide(1.0, degree, where=known, out=np.zeros(network.size))
    held = _over_ties(network, (1 + third_person_sums(network, inverse)) ** 2)
    found: Floats = np.divide(held, degree**2, where=known, out=np.full(network.size, np.nan))
    return found


def _over_ties(network: Network, amount: Floats) -> Floats:
    """For each person the sum of an amount of each tie."""
    pairs, size = network.pairs, network.size
    both: Floats = np.bincount(pairs.left, amount, size) + np.bincount(pairs.right, amount, size)
    return both


def betweenness(network: Network, batch: int = 128) -> Floats | None:
    """Share of shortest paths between two others that run through a person; undirected, over (n-1)(n-2)/2 pairs.

    Freeman (1977) by Brandes' accumulation (2001), many sources at a time as sparse times dense products.
    None above 3,000 people. O(n · ties · longest path / batch) products.
    """
    n, ties = network.size, network.ties
    if n > EXACT_BETWEENNESS:
        return None
    score = np.zeros(n)
    for start in range(0, n, batch):
        sources = np.arange(start, min(start + batch, n))
        score += _dependencies(ties, sources)
    pairs = (n - 1) * (n - 2)
    return score / pairs if pairs > 0 else score


def _dependencies(ties: Any, sources: Any) -> Floats:
    """Sum over the sources of Brandes' dependencies of each person."""
    width = len(sources)
    column = np.arange(width)
    count = np.zeros((ties.shape[0], width))
    count[sources, column] = 1.0
    levels = [count.astype(bool)]
    seen = levels[0].copy()
    while True:
        found = ties @ (count * levels[-1])
        found[seen] = 0
        fresh = found > 0
        if not fresh.any():
            break
        count += found
        seen |= fresh
        levels.append(fresh)
    inverse = np.divide(1.0, count, where=count > 0, out=np.zeros_like(count))
    depends = np.zeros_like(count)
    for nearer, farther in zip(reversed(levels[:-1]), reversed(levels[1:]), strict=True):
        depends += (ties @ ((1 + depends) * inverse * farther)) * count * nearer
    depends[sources, column] = 0
    total: Floats = depends.sum(axis=1)
    return total


def person_values(
    network: Network, found_roles: dict[str, Floats], engine: Engine, between: Betweenness
) -> dict[str, dict[str, Any]]:
    """Per-person fields of the report, by person id."""
    external, internal = own_ei(network)
    sizes, closed = engine.effective_size(network), engine.constraint(network)
    by_chance, spread = chance.persons(network)
    core, reach = engine.core_numbers(network), reach_two(network)
    return {
        name: {
            "ei": ei.index(float(external[i]), float(internal[i])),
            "ei_expected": _number(by_chance[i]),
            "ei_sd": _number(np.sqrt(spread[i])),
            "constraint": _number(closed[i]),
            "effective_size": _number(sizes[i]),
            "betweenness": None if between.values is None else float(between.values[i]),
            "kcore": int(core[i]),
            "reach2": int(reach[i]),
            "brokerage": {role: round(float(found_roles[role][i])) for role in ROLES},
        }
        for i, name in enumerate(network.ids)
    }


def own_ei(network: Network) -> tuple[Floats, Floats]:
    """Weight of each person's ties across and inside groups."""
    pairs, cross = network.pairs, network.crossing
    ends = np.concatenate([pairs.left, pairs.right])
    crosses = np.concatenate([cross, cross])
    weight = np.concatenate([pairs.weight, pairs.weight])
    external = np.bincount(ends[crosses], weight[crosses], network.size).astype(np.float64)
    internal = np.bincount(ends[~crosses], weight[~crosses], network.size).astype(np.float64)
    return external, internal


def _number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
