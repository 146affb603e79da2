"""The network as arrays: people are 0…n-1, ties are sorted index arrays, memory O(n + ties)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

from kms.sna.records import Coverage, Interaction, Person, SnaError, Terms, Window

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
    that is not `valued` every tie weighs one.
    """

    ids: tuple[str, ...]
    groups: tuple[str, ...]
    group: Ints
    source: Ints
    target: Ints
    weight: Floats
    valued: bool = False

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
    return Network(tuple(person.id for person in people), groups, group, keys // n, keys % n, total)


def weave(
    people: Sequence[Person], interactions: Iterable[Interaction], terms: Terms, window: Window | None
) -> tuple[Network, Coverage]:
    """Ties out of interactions, by the definition in `terms`.

    * ``any``: one interaction in either direction makes a tie of weight 1.
    * ``reciprocated``: only pairs with an interaction in both directions; weight 1.
    * ``weighted``: as ``any``, and a tie weighs what its interactions weigh together.

    Left out, and counted: interactions outside the window, to an audience above the broadcast limit, with oneself,
    with people who are not listed, and of no weight. Raises SnaError when a person is listed twice.
    """
    place = {person.id: position for position, person in enumerate(people)}
    if len(place) != len(people):
        double = next(name for name, count in Counter(person.id for person in people).items() if count > 1)
        raise SnaError(f"The person '{double}' is listed twice.")
    left_out: Counter[str] = Counter()
    rows = 0
    source, target, weight = [], [], []
    for one in interactions:
        rows += 1
        reason = _left_out(one, place, terms, window)
        if reason:
            left_out[reason] += 1
            continue
        source.append(place[one.source])
        target.append(place[one.target])
        weight.append(one.weight)
    network = network_of(
        people, np.array(source, np.int64), np.array(target, np.int64), np.array(weight, np.float64)
    )
    coverage = Coverage(rows, len(source), dict(sorted(left_out.items())))
    return _defined(network, terms.definition), coverage


def _left_out(one: Interaction, place: dict[str, int], terms: Terms, window: Window | None) -> str:
    """Why an interaction makes no tie; empty when it does."""
    if window is not None and not window.holds(one.at):
        return "outside_window"
    if one.audience_size is not None and one.audience_size > terms.broadcast_limit:
        return "broadcast"
    if one.source not in place or one.target not in place:
        return "unknown_person"
    if one.source == one.target:
        return "self"
    return "" if one.weight > 0 else "no_weight"


def _defined(network: Network, definition: str) -> Network:
    """Keep what the definition counts as a tie."""
    if definition == "weighted":
        return replace(network, valued=True)
    keep = np.ones(len(network.source), dtype=bool)
    if definition == "reciprocated":
        forward = network.source * network.size + network.target
        keep = np.isin(forward, network.target * network.size + network.source, assume_unique=True)
    even = np.ones(int(keep.sum()))
    return replace(network, source=network.source[keep], target=network.target[keep], weight=even)


def _codes(names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """Sorted distinct names, and the position of each person's name among them."""
    groups = tuple(sorted(set(names)))
    position = {name: code for code, name in enumerate(groups)}
    return groups, np.array([position[name] for name in names], dtype=np.int64)
