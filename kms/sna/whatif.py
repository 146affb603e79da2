"""What if these introductions happen: the report's figures with k more ties, when all, a third or a tenth are accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from kms.sna.distances import Distances, inter_group_efficiency
from kms.sna.ei import index
from kms.sna.graph import Bools, Ints, Network
from kms.sna.records import SnaError

ACCEPTANCE: Final = (1.0, 0.3, 0.1)
"""Shares of introductions that become ties: all of them, as hoped, as is usual without help."""

DRAWS: Final = 20
"""Choices of who accepts, where not all do."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Means over who accepts: `ties` added, E-I, and inter-group efficiency; `before` is without any."""

    acceptance: float
    ties: float
    ei_before: float | None
    ei: float | None
    efficiency_before: float
    efficiency: float


def what_if(network: Network, pairs: Sequence[tuple[str, str]], seed: int = 0) -> list[Outlook]:
    """Outlook for each share of acceptance, when these people are introduced to one another.

    Distances are updated for each new tie, ``d(s,t) = min(d(s,t), d(s,u)+1+d(v,t), d(s,v)+1+d(u,t))``, in O(n²), instead of walked
    anew in O(n · ties) (Even & Gazit 1985); above 1,000 people from a seeded sample of them. A new tie weighs 1. Not everybody
    accepting: E-I is exact (its mean, as each tie counts the same), efficiency the mean of 20 seeded draws.
    Raises SnaError for people who are not in the network, or tied already.

    Pitfall: it says what the network would look like, not what people would do: whether introductions work is found out by
    holding some back.

    Two pairs that do not meet, introduced by their first:

    >>> from kms.sna.records import Person
    >>> from kms.sna.graph import network_of
    >>> people = [Person("a", "x"), Person("b", "x"), Person("c", "y"), Person("d", "y")]
    >>> best = what_if(network_of(people, np.array([0, 2]), np.array([1, 3])), [("a", "c")])[0]
    >>> best.ties, best.ei_before, round(best.ei, 6), best.efficiency_before, round(best.efficiency, 6)
    (1.0, -1.0, -0.333333, 0.0, 0.583333)
    """
    ends = _ends(network, pairs)
    distances = Distances.of(network, np.unique(ends), seed)
    untouched = inter_group_efficiency(network, distances)
    random = np.random.default_rng(seed)
    outlooks = []
    for share in ACCEPTANCE:
        count = share * len(ends)
        draws = DRAWS if share < 1 else 1
        efficiency = np.mean(
            [
                _with_ties(
                    network, distances, ends[random.random(len(ends)) < share if share < 1 else slice(None)]
                )
                for _ in range(draws)
            ]
        )
        before, after = _ei(network, ends, 0.0), _ei(network, ends, share)
        outlooks.append(Outlook(share, count, before, after, untouched, float(efficiency)))
    return outlooks


def _ends(network: Network, pairs: Sequence[tuple[str, str]]) -> Ints:
    """The pairs as positions, one a row."""
    place = {name: i for i, name in enumerate(network.ids)}
    tied = set(zip(network.pairs.left.tolist(), network.pairs.right.tolist(), strict=True))
    ends = []
    for pair in pairs:
        if not set(pair) <= place.keys() or pair[0] == pair[1]:
            raise SnaError("An introduction is between two people of the network.")
        one, other = sorted(place[name] for name in pair)
        if (one, other) in tied:
            raise SnaError("These two are tied already, or introduced twice.")
        tied.add((one, other))
        ends.append((one, other))
    return np.array(ends, np.int64).reshape(-1, 2)


def _with_ties(network: Network, distances: Distances, ends: Ints) -> float:
    """Inter-group efficiency with these ties."""
    grown = Distances(distances.starts, distances.sample, distances.table)
    for one, other in ends.tolist():
        grown.tie(one, other)
    return inter_group_efficiency(network, grown)


def _ei(network: Network, ends: Ints, share: float) -> float | None:
    """E-I with this share of the ties."""
    crossing: Bools = network.group[ends[:, 0]] != network.group[ends[:, 1]]
    pairs = network.pairs
    external = float(pairs.weight[network.crossing].sum()) + share * float(crossing.sum())
    internal = float(pairs.weight[~network.crossing].sum()) + share * float((~crossing).sum())
    return index(external, internal)
