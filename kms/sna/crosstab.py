"""Clusters against groups: how many people of each group are in each cluster, told so that nobody can be worked out.

Of each group the clusters with enough of its people are told, and together all others, *elsewhere*. Sizes of clusters are not
told, so rows bind one another in nothing: a number that is not told can be anything from none to all that are elsewhere.
"""

from typing import Any, Final

import numpy as np

from kms.sna.graph import Ints, Network

MOST: Final = 7
"""Clusters with a column of their own, the largest; a table with more would not stand on a printed page."""


def crosstab(network: Network, label: Ints, cell_floor: int) -> dict[str, dict[str, Any]]:
    """For each group `people` by cluster, the largest cluster first, None where not told, and how many are `elsewhere`.

    Who has no tie is in no cluster (-1). A group of which nothing can be told has None for both. O(n + groups · clusters).

    Pitfall: agreement figures are functions of the whole table; told to the last digit they would give a small cell back.
    """
    tied = label >= 0
    table = np.zeros((len(network.groups), int(label.max(initial=-1)) + 1), np.int64)
    np.add.at(table, (network.group[tied], label[tied]), 1)
    table = table[:, np.argsort(-table.sum(axis=0), kind="stable")]
    columns = min(table.shape[1], MOST)
    people: dict[str, Any] = {}
    elsewhere: dict[str, Any] = {}
    for name, counts in zip(network.groups, table, strict=True):
        shown = told(counts, columns, cell_floor)
        if shown is None:
            people[name] = elsewhere[name] = None
        else:
            people[name] = [int(counts[c]) if c in shown else None for c in range(columns)]
            elsewhere[name] = int(np.delete(counts, shown).sum())
    return {"people": people, "elsewhere": elsewhere}


def told(counts: Ints, columns: int, cell_floor: int) -> list[int] | None:
    """Of which clusters, among the first `columns`, the people of one group are told; None when not even their sum may be.

    A cluster needs `cell_floor` people of the group. The smallest ones join what is elsewhere until everyone of those could
    be `cell_floor` more, so until all others there are as many. Where nobody is left, all others are told to be empty.

    >>> told(np.array([20, 8, 4, 1]), 4, 5), told(np.array([20, 8, 0, 0]), 4, 5), told(np.array([20, 2]), 2, 5)
    ([0], [0, 1, 2, 3], None)
    >>> told(np.array([20, 9, 6, 2]), 4, 5), told(np.array([20, 2]), 2, 1)
    ([0], [0, 1])
    """
    margin = cell_floor if cell_floor > 1 else 0
    largest = np.argsort(-counts[:columns], kind="stable")
    for many in range(int((counts[:columns] >= max(margin, 1)).sum()), -1, -1):
        rest = np.delete(counts, largest[:many])
        if not rest.any():
            return list(range(columns))
        if rest.sum() - rest.max() >= margin:
            return sorted(largest[:many].tolist())
    return None
