"""The network as arrays: people are 0…n-1, ties are sorted index arrays, memory O(n + ties)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kms.sna.records import Person

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    """Distinct undirected pairs, ``left < right``."""

    left: Ints
    right: Ints
    weight: Floats

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True)
class Network:
    """People with groups, and the distinct directed pairs (arcs) between them, sorted by source, then target.

    `group` holds for each person the position of the group in `groups`. Nobody is tied to himself. In a network
    that is not `valued` every tie weighs one. `stratum` is None when all people are of one.
    """

    ids: tuple[str, ...]
    groups: tuple[str, ...]
    group: Ints
    source: Ints
    target: Ints
    weight: Floats
    valued: bool = False
    stratum: Ints | None = None

    @property
    def size(self) -> int:
        """Number of people, tied or not."""
        return len(self.ids)

    @cached_property
    def sizes(self) -> Ints:
        """Number of people of each group."""
        return np.bincount(self.group, minlength=len(self.groups)).astype(np.int64)

    @cached_property
    def pairs(self) -> Pairs:
        """The ties without direction; a pair tied both ways is one tie; if valued, it weighs both together."""
        left, right = np.minimum(self.source, self.target), np.maximum(self.source, self.target)
        keys, place = np.unique(left * self.size + right, return_inverse=True)
        both = np.bincount(place, self.weight, len(keys)).astype(np.float64)
        weight = both if self.valued else np.ones(len(keys))
        size = max(self.size, 1)
        return Pairs(keys // size, keys % size, weight)

    @cached_property
    def arcs(self) -> sparse.csr_array:
        """Adjacency of the directed network, ones, rows send."""
        return self._matrix(self.source, self.target)

    @cached_property
    def ties(self) -> sparse.csr_array:
        """Adjacency of the undirected network, ones, symmetric."""
        pairs = self.pairs
        return self._matrix(
            np.concatenate([pairs.left, pairs.right]), np.concatenate([pairs.right, pairs.left])
        )

    @cached_property
    def degree(self) -> Ints:
        """Number of distinct people each person is tied to."""
        degree: Ints = np.diff(self.ties.indptr).astype(np.int64)
        return degree

    @cached_property
    def crossing(self) -> Bools:
        """For each undirected tie, whether it joins two groups."""
        crosses: Bools = self.group[self.pairs.left] != self.group[self.pairs.right]
        return crosses

    def _matrix(self, rows: Ints, columns: Ints) -> sparse.csr_array:
        matrix = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(self.size, self.size))
        matrix.sort_indices()
        return matrix

    def regrouped(self, names: Sequence[str]) -> "Network":
        """The same ties under other group names, one for each person."""
        groups, group = _codes(names)
        return replace(self, groups=groups, group=group)


def network_of(people: Sequence[Person], source: Ints, target: Ints, weight: Floats | None = None) -> Network:
    """Network of people and arcs given as positions; arcs from a person to himself fall away, doubles add up.

    >>> net = network_of([Person("a", "x"), Person("b", "y")], np.array([0, 0, 1]), np.array([1, 1, 1]))
    >>> net.source.tolist(), net.target.tolist(), net.weight.tolist(), net.groups
    ([0], [1], [2.0], ('x', 'y'))
    """
    groups, group = _codes([person.group for person in people])
    values = np.ones(len(source)) if weight is None else weight
    proper = source != target
    n = max(len(people), 1)
    keys, place = np.unique(source[proper] * n + target[proper], return_inverse=True)
    total = np.bincount(place, values[proper], len(keys)).astype(np.float64)
    strata, stratum = _codes([person.stratum for person in people])
    ids = tuple(person.id for person in people)
    dealt = stratum if len(strata) > 1 else None
    return Network(ids, groups, group, keys // n, keys % n, total, stratum=dealt)


def _codes(names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """Sorted distinct names, and the position of each person's name among them."""
    groups = tuple(sorted(set(names)))
    position = {name: code for code, name in enumerate(groups)}
    return groups, np.array([position[name] for name in names], dtype=np.int64)
