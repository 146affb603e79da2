"""Pairs that could be introduced, scored: near ones by their contacts, far ones by what would become nearer."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy import sparse

from kms.sna.distances import Distances, efficiency_gains
from kms.sna.graph import Bools, Floats, Ints, Network
from kms.sna.topics import NOTHING, Match, Supply, Topics

SPARE: Final = 20
"""Candidates kept for each that is asked for: most fall away when nobody may get more than three."""

LOOKED_AT: Final = 300
"""Far pairs whose gain is worked out exactly, the best matches first."""

NEAR_TOO: Final = 3
"""Matches kept for each pair that is looked at, as some are near; their distances are held, so not more."""

FAR: Final = 3
"""Steps from which a tie is a bridge."""

HUB: Final = 1.25
"""Where ties are weighed: the power of its strength by which a shared contact says less. Chosen on early windows of real mail."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A pair as positions, `left < right`; `contacts` shared (near pairs) or `steps` apart (far pairs, 0 = no path).

    `gets` is what left would get from right, `gives` the other way.
    """

    left: int
    right: int
    score: float
    contacts: int = 0
    steps: int = 0
    gets: Match = NOTHING
    gives: Match = NOTHING


def resource_allocation(network: Network) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Factors ``W`` and ``W D^-p`` whose product scores every pair: ``sum_z w_iz w_zj / s_z^p``, s the strength of z.

    What i would pass to j if each contact shared out what it gets in proportion to its ties (Zhou, Lü & Zhang 2009, *Eur. Phys. J. B*
    71:623, eq. 6). Without weights it is plain resource allocation ``sum_z 1 / d_z``: a shared contact who knows everybody
    says little, and Adamic-Adar forgives him too much (``1 / log d``).

    Where ties are weighed ``w_ij = log2(1 + a_ij) + log2(1 + a_ji)``, a the faded deeds one way: the hundredth letter says less than
    the second, and an answer more than one letter more. With the bare sums of deeds a few busy correspondents would fill the
    list (on real mail these foresee less than Adamic-Adar does; see ``bench/sna/manufacturing.py``). And ``s_z`` is raised
    to the power `HUB`: the strength of a hub grows more slowly than its deeds, while what it says of two people does not.
    """
    ties = _felt(network) if network.valued else network.ties
    strength = ties.sum(axis=1)
    shared = ties.copy()
    held_back = strength**HUB if network.valued else strength
    shared.data = ties.data / np.repeat(held_back, np.diff(ties.indptr))
    return ties, shared


def _felt(network: Network) -> sparse.csr_array:
    """Undirected ties, each direction weighing with the logarithm of its deeds. O(ties)."""
    ends, shape = (network.source, network.target), (network.size, network.size)
    one_way = sparse.csr_array((np.log2(1 + network.weight), ends), shape=shape)
    both: sparse.csr_array = (one_way + one_way.T).tocsr()
    return both


def likely_candidates(network: Network, allowed: Bools, apart: Bools, keep: int) -> list[Candidate]:
    """The best allowed pairs of groups `apart` that share a contact and are not tied, best first.

    Of equal scores the first pair by position. O(wedges) multiplications, and memory for those of one chunk.
    """
    ties, shared = resource_allocation(network)
    best, most, lowest = np.empty((0, 3)), keep * SPARE, 0.0
    for rows, product in _products(network, ties, shared, np.flatnonzero(allowed)):
        # What is below the worst of those kept so far is not looked at again; this is nearly all.
        hopeful = np.flatnonzero(product.data >= lowest)
        left = rows[np.searchsorted(product.indptr, hopeful, side="right") - 1]
        right, score = product.indices[hopeful].astype(np.int64), product.data[hopeful]
        fit = (left < right) & allowed[right] & apart[network.group[left], network.group[right]]
        left, right, score = left[fit], right[fit], score[fit]
        free = ~_tied(network, left, right)
        best = _best(np.concatenate([best, np.column_stack([score, left, right])[free]]), most)
        lowest = float(best[-1, 0]) if len(best) == most else 0.0
    return [_near(network, int(left), int(right), score) for score, left, right in best.tolist()]


def _best(rows: Floats, most: int) -> Floats:
    """The `most` rows of the highest score, best first. Rows are ``score, left, right``."""
    if len(rows) > most:
        rows = rows[rows[:, 0] >= np.partition(rows[:, 0], -most)[-most]]
    return rows[np.lexsort((rows[:, 2], rows[:, 1], -rows[:, 0]))[:most]]


def _products(
    network: Network, first: sparse.csr_array, second: sparse.csr_array, rows: Ints, budget: int = 1_000_000
) -> Iterator[tuple[Ints, sparse.csr_array]]:
    """Rows of ``first @ second`` in chunks of at most `budget` multiplications."""
    work = np.asarray(network.ties[rows] @ network.degree.astype(np.float64))
    start, total = 0, np.concatenate([[0.0], np.cumsum(work)])
    while start < len(rows):
        stop = max(int(np.searchsorted(total, total[start] + budget, side="right")) - 1, start + 1)
        yield rows[start:stop], first[rows[start:stop]] @ second
        start = stop


def _tied(network: Network, left: Ints, right: Ints) -> Bools:
    known = network.pairs.left * network.size + network.pairs.right
    asked = left * network.size + right
    at = np.minimum(np.searchsorted(known, asked), max(len(known) - 1, 0))
    return known[at] == asked if len(known) else np.zeros(len(asked), dtype=bool)


def _near(network: Network, left: int, right: int, score: float) -> Candidate:
    ties = network.ties
    first, second = (ties.indices[ties.indptr[i] : ties.indptr[i + 1]] for i in (left, right))
    return Candidate(left, right, score, contacts=len(np.intersect1d(first, second, assume_unique=True)))


def bridging_candidates(
    network: Network, allowed: Bools, apart: Bools, topics: Topics, keep: int, seed: int = 0
) -> list[Candidate]:
    """The best allowed far pairs of groups `apart` that have a topic to meet about, best first.

    Score: gain in inter-group efficiency × topic match, the match being the mean of what either gets from the other that
    the own group does not give. The gain is worked out for the 300 best matches.
    """
    supply = Supply.of(network, topics)
    if not supply.names:
        return []
    unmet = supply.unmet(network)
    people = np.flatnonzero(allowed)
    matched = _best_matches(network, supply, unmet, people, apart)
    distances = Distances.of(network, np.unique(matched[:, :2].astype(np.int64)), seed)
    far = _far(matched, distances)
    gains = efficiency_gains(network, distances, [(one.left, one.right) for one in far])
    scored = [
        replace(
            one,
            score=one.score * gain,
            gets=supply.match(unmet, one.left, one.right),
            gives=supply.match(unmet, one.right, one.left),
        )
        for one, gain in zip(far, gains, strict=True)
    ]
    return sorted(
        (one for one in scored if one.score > 0), key=lambda one: (-one.score, one.left, one.right)
    )[: keep * SPARE]


def _best_matches(
    network: Network, supply: Supply, unmet: sparse.csr_array, people: Ints, apart: Bools
) -> Floats:
    """Rows ``left, right, match`` of the best matching allowed pairs of groups apart that share no contact and no tie."""
    best: list[tuple[float, int, int]] = []
    offers, wants = supply.offers[people].T.tocsr(), unmet[people].T.tocsr()
    for start in range(0, len(people), 1_000):
        rows = people[start : start + 1_000]
        found = ((unmet[rows] @ offers + supply.offers[rows] @ wants) / 2).tocoo()
        left, right = rows[found.coords[0]], people[found.coords[1]]
        fit = (left < right) & apart[network.group[left], network.group[right]] & (found.data > 0)
        left, right, match = left[fit], right[fit], found.data[fit]
        free = ~_tied(network, left, right)
        best += zip(match[free].tolist(), (-left[free]).tolist(), (-right[free]).tolist(), strict=True)
        best = heapq.nlargest(LOOKED_AT * NEAR_TOO, best)
    return np.array([(-left, -right, match) for match, left, right in best], dtype=np.float64).reshape(-1, 3)


def _far(matched: Floats, distances: Distances) -> list[Candidate]:
    """The first 300 of the matched pairs that are at least three steps apart."""
    found: list[Candidate] = []
    for left, right, match in matched.tolist():
        steps = distances.steps(int(left), int(right))
        if (steps == 0 or steps >= FAR) and len(found) < LOOKED_AT:
            found.append(Candidate(int(left), int(right), match, steps=steps))
    return found
