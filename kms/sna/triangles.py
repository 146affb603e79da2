"""Who is tied to both ends of a tie: one walk over the triangles, without the product of the whole network."""

from collections.abc import Iterator
from typing import Final

import numpy as np

from kms.sna.graph import Bools, Floats, Ints, Network

CHUNK: Final = 1 << 17
"""Pairs of contacts that are looked at together: few enough for the processor to keep them at hand."""

SPREAD: Final = np.int64(-7046029254386353131)
"""An odd number near 2^64 over the golden ratio: its multiples scatter evenly (Knuth, vol. 3, 6.4)."""


def third_person_sums(network: Network, weight: Floats) -> Floats:
    """For each tie, in the order of ``network.pairs``, the sum of `weight` over the people who are tied to both.

    Each triangle is found once, at its end with the fewest ties, where pairs of contacts are looked up among the ties (Chiba &
    Nishizeki 1985; Latapy 2008). O(ties^1.5 · log ties) time, O(n + ties) memory.

    A triangle a b c with a tail d: both a and b are tied to c, who weighs 3.

    >>> from kms.sna.graph import network_of
    >>> from kms.sna.records import Person
    >>> net = network_of([Person(name) for name in "abcd"], np.array([0, 1, 2, 2]), np.array([1, 2, 0, 3]))
    >>> list(zip(net.pairs.left.tolist(), net.pairs.right.tolist(), third_person_sums(net, np.arange(1.0, 5)).tolist()))
    [(0, 1, 3.0), (0, 2, 2.0), (1, 2, 1.0), (2, 3, 0.0)]
    """
    pairs, size = network.pairs, network.size
    rank = np.empty(size, np.int64)
    rank[np.argsort(network.degree, kind="stable")] = np.arange(size)
    low, high = (bound(rank[pairs.left], rank[pairs.right]) for bound in (np.minimum, np.maximum))
    keys = low * size + high
    tie = np.argsort(keys)
    keys, low, high = keys[tie], low[tie], high[tie]
    by_rank = np.empty(size)
    by_rank[rank] = weight
    found, sieve = np.zeros(len(pairs)), _Sieve(keys)
    for all_ones, all_others in _pairs_of_contacts(low):
        all_wanted = high[all_ones] * size + high[all_others]
        maybe = np.flatnonzero(sieve.may_hold(all_wanted))
        one, other, wanted = all_ones[maybe], all_others[maybe], all_wanted[maybe]
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        closed = keys[at] == wanted
        sides = (one[closed], other[closed], at[closed])
        thirds = (high[sides[1]], high[sides[0]], low[sides[0]])
        for side, third in zip(sides, thirds, strict=True):
            np.add.at(found, side, by_rank[third])
    sums = np.empty(len(pairs))
    sums[tie] = found
    return sums


class _Sieve:
    """Says of most numbers that are not in a list that they are not, sooner than a search would."""

    def __init__(self, keys: Ints) -> None:
        self.bits = max(10, int(16 * len(keys)).bit_length())
        self.seen = np.zeros(1 << self.bits, dtype=bool)
        self.seen[self._place(keys)] = True

    def may_hold(self, keys: Ints) -> Bools:
        """False only for numbers that are surely not in the list."""
        held: Bools = self.seen[self._place(keys)]
        return held

    def _place(self, keys: Ints) -> Ints:
        return (keys * SPREAD) >> np.int64(64 - self.bits) & np.int64((1 << self.bits) - 1)


def _pairs_of_contacts(low: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Pairs of ties that share their lower end, as places in the sorted ties, in chunks."""
    place = np.arange(len(low))
    after = np.searchsorted(low, low, side="right") - place - 1
    total = np.concatenate([[0], np.cumsum(after)])
    start = 0
    while start < len(low):
        stop = max(int(np.searchsorted(total, total[start] + CHUNK, side="right")) - 1, start + 1)
        count = after[start:stop]
        one = np.repeat(place[start:stop], count)
        other = np.arange(total[start], total[stop]) - np.repeat(total[start:stop], count) + one + 1
        yield one, other
        start = stop
