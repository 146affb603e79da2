"""What people ask about and what they know, and what one could get from another that the own group does not give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy import sparse

from kms.sna.graph import Network

Weights = Mapping[str, Mapping[str, float]]
"""By person id, by topic: a weight above 0, usually a count of posts; what is large is only compared with its own kind."""

TOLD: Final = 3
"""Topics named in one reason."""


@dataclass(frozen=True, slots=True)
class Topics:
    """`wants`: tags of questions asked and of what is followed. `offers`: tags of answers given and declared skills."""

    wants: Weights = field(default_factory=dict)
    offers: Weights = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Match:
    """What one person would get from another: 0…1, and the topics that make it, the strongest first."""

    weight: float = 0.0
    topics: tuple[str, ...] = ()


NOTHING: Final = Match()


@dataclass(frozen=True)
class Supply:
    """Topics as arrays, people × topics: `wants` with rows that sum to 1, `offers` between 0 and 1, 1 for the
    person who offers most of the topic.
    """

    names: tuple[str, ...]
    wants: sparse.csr_array
    offers: sparse.csr_array

    @classmethod
    def of(cls, network: Network, topics: Topics) -> "Supply":
        """Arrays of `topics` for the people of `network`; people who are not in it fall away."""
        names = tuple(
            sorted({name for side in (topics.wants, topics.offers) for by in side.values() for name in by})
        )
        wants, offers = (_table(network, names, side) for side in (topics.wants, topics.offers))
        total = wants.sum(axis=1)
        wants.data /= np.repeat(total, np.diff(wants.indptr))
        best = offers.max(axis=0).toarray().ravel() if offers.shape[1] else np.zeros(0)
        offers.data /= best[offers.indices]
        return cls(names, wants, offers)

    def unmet(self, network: Network) -> sparse.csr_array:
        """What each person wants, less the share that the best colleague of the own group already offers.

        ``u_it = want_it (1 - max over own colleagues k of offer_kt)``; people × topics, same shape as `wants`.
        """
        offers = self.offers.tocoo()
        cell = network.group[offers.coords[0]] * max(len(self.names), 1) + offers.coords[1]
        order = np.lexsort((-offers.data, cell))
        cells, first = np.unique(cell[order], return_index=True)
        top, who = offers.data[order][first], offers.coords[0][order][first]
        place = first + 1
        inside = place < len(order)
        second = np.zeros(len(cells))
        follows = np.flatnonzero(inside)
        follows = follows[cell[order][place[follows]] == cells[follows]]
        second[follows] = offers.data[order][place[follows]]
        wants = self.wants.tocoo()
        asked = network.group[wants.coords[0]] * max(len(self.names), 1) + wants.coords[1]
        at = np.minimum(np.searchsorted(cells, asked), max(len(cells) - 1, 0))
        given = np.zeros(len(asked))
        if len(cells):
            own = np.where(who[at] == wants.coords[0], second[at], top[at])
            given = np.where(cells[at] == asked, own, 0.0)
        return sparse.csr_array((wants.data * (1 - given), wants.coords), shape=self.wants.shape)

    def match(self, unmet: sparse.csr_array, asker: int, knower: int) -> Match:
        """What `asker` would get from `knower`: ``sum_t u_asker,t offer_knower,t``."""
        part = np.asarray((unmet[[asker]] * self.offers[[knower]]).toarray()).ravel()
        strongest = [t for t in np.argsort(-part, kind="stable")[:TOLD].tolist() if part[t] > 0]
        return Match(float(part.sum()), tuple(self.names[t] for t in strongest))


def _table(network: Network, names: tuple[str, ...], side: Weights) -> sparse.csr_array:
    column = {name: t for t, name in enumerate(names)}
    cells = [
        (i, column[name], float(weight))
        for i, person in enumerate(network.ids)
        for name, weight in side.get(person, {}).items()
        if weight > 0
    ]
    rows, columns, values = (
        (np.array(part) for part in zip(*cells, strict=True)) if cells else (np.zeros(0, int),) * 3
    )
    return sparse.csr_array((values.astype(np.float64), (rows, columns)), shape=(network.size, len(names)))
