"""Brokers: who stands between two people that have no tie, and between which groups (Gould & Fernandez 1989).

A broker b of ``a → b → c`` without ``a → c`` is, by the groups of a, b and c:
coordinator (all one group), itinerant (a and c one group, b another), gatekeeper (b and c one group, a outside),
representative (a and b one group, c outside), liaison (three groups).
Gould & Fernandez, *Structures of mediation*, Sociological Methodology 19:89-126.
"""

from typing import Any, Final

import numpy as np
from scipy import sparse

from kms.sna.graph import Floats, Network

ROLES: Final = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")


def masked_row_sums(
    left: sparse.csr_array, right: sparse.csr_array, mask: sparse.csr_array, budget: int = 4_000_000
) -> Floats:
    """``rowsum((left @ right) ∘ mask)`` without ever holding the whole product.

    Rows are taken in chunks of at most `budget` multiplications, so memory stays O(n + ties + budget).
    """
    fill = np.diff(right.indptr).astype(np.int64)
    entry_work = np.concatenate([[0], np.cumsum(fill[left.indices])])
    work = entry_work[left.indptr]
    sums = np.zeros(left.shape[0])
    start = 0
    while start < left.shape[0]:
        stop = int(np.searchsorted(work, work[start] + budget, side="right")) - 1
        stop = min(max(stop, start + 1), left.shape[0])
        product = left[start:stop] @ right
        sums[start:stop] = product.multiply(mask[start:stop]).sum(axis=1)
        start = stop
    return sums


def roles(network: Network) -> dict[str, Floats]:
    """How often each person brokers in each role. O(ties · degree) time, O(n + ties) memory.

    Two-step paths are counted from the degrees by group; those closed by ``a → c`` are five masked products of the
    arcs inside groups (S) and across (D), and are taken away.

    a → b → c, with a and b in x, c in y: b speaks for x.

    >>> from kms.sna.records import Person
    >>> from kms.sna.graph import network_of
    >>> people = [Person("a", "x"), Person("b", "x"), Person("c", "y")]
    >>> found = roles(network_of(people, np.array([0, 1]), np.array([1, 2])))
    >>> {role: counts.tolist() for role, counts in found.items() if counts.any()}
    {'representative': [0.0, 1.0, 0.0]}
    """
    open_paths = _paths(network)
    closed = _closed(network)
    return {role: open_paths[role] - closed[role] for role in ROLES}


def _paths(network: Network) -> dict[str, Floats]:
    """Two-step paths a → b → c with a ≠ c through each b, closed or not."""
    group, size = network.group, network.size
    same = group[network.source] == group[network.target]
    into = np.bincount(network.target, minlength=size).astype(np.float64)
    out = np.bincount(network.source, minlength=size).astype(np.float64)
    into_own = np.bincount(network.target[same], minlength=size).astype(np.float64)
    out_own = np.bincount(network.source[same], minlength=size).astype(np.float64)
    keys = network.source * size + network.target
    back = np.isin(network.target * size + network.source, keys, assume_unique=True)
    returned_own = np.bincount(network.source[same & back], minlength=size)
    returned_other = np.bincount(network.source[~same & back], minlength=size)
    one_group = _through_one_group(network, same)
    return {
        "coordinator": into_own * out_own - returned_own,
        "itinerant": one_group - returned_other,
        "gatekeeper": (into - into_own) * out_own,
        "representative": into_own * (out - out_own),
        "liaison": (into - into_own) * (out - out_own) - one_group,
    }


def _through_one_group(network: Network, same: np.ndarray) -> Floats:
    """For each b, the sum over other groups g of (arcs from g to b) × (arcs from b to g)."""
    group, size, count = network.group, network.size, max(len(network.groups), 1)
    s, t = network.source[~same], network.target[~same]
    from_group = np.unique(t * count + group[s], return_counts=True)
    to_group = np.unique(s * count + group[t], return_counts=True)
    common, i, j = np.intersect1d(from_group[0], to_group[0], assume_unique=True, return_indices=True)
    products = (from_group[1][i] * to_group[1][j]).astype(np.float64)
    return np.bincount(common // count, products, size).astype(np.float64)


def _closed(network: Network) -> dict[str, Floats]:
    """Two-step paths through each b whose ends are tied a → c."""
    same = network.group[network.source] == network.group[network.target]
    own = _part(network, same)
    across = _part(network, ~same)
    own_in, across_in = own.T.tocsr(), across.T.tocsr()
    return {
        "coordinator": masked_row_sums(own_in, own, own),
        "itinerant": masked_row_sums(across_in, own, across),
        "gatekeeper": masked_row_sums(across_in, across, own),
        "representative": masked_row_sums(own_in, across, across),
        "liaison": masked_row_sums(across_in, across, across),
    }


def _part(network: Network, keep: np.ndarray) -> sparse.csr_array:
    s, t = network.source[keep], network.target[keep]
    return sparse.csr_array((np.ones(len(s)), (s, t)), shape=(network.size, network.size))


def brokerage(network: Network, found: dict[str, Floats]) -> dict[str, Any]:
    """Totals of each role, and for each group the times its people broker and how many of them do."""
    count = len(network.groups)
    per_group: dict[str, dict[str, int]] = {name: {} for name in network.groups}
    people: dict[str, dict[str, int]] = {name: {} for name in network.groups}
    for role in ROLES:
        times = np.bincount(network.group, found[role], count)
        heads = np.bincount(network.group, found[role] > 0, count)
        for g, name in enumerate(network.groups):
            per_group[name][role] = round(float(times[g]))
            people[name][role] = int(heads[g])
    totals: dict[str, Any] = {role: round(float(found[role].sum())) for role in ROLES}
    return totals | {"per_group": per_group, "people": people}
