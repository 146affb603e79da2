"""Ties between each two groups, both ways together: how many against how many expected, and on how many people they hang."""

from typing import Any, Final

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import maximum_bipartite_matching

from kms.sna.graph import Ints, Network
from kms.sna.matrix import benjamini_hochberg, exact_p
from kms.sna.mixing import undirected_ends

ENOUGH_PAIRS: Final = 5
"""Tied pairs that must be there before it is told how many hang on one person: of fewer it could be guessed which."""


def redundancy(network: Network) -> dict[str, list[int]]:
    """For each pair of groups that is tied: ``[ties, matching]``, keyed ``first|second`` in the order of the groups.

    `matching` is the largest number of ties that share no person (maximum bipartite matching; Hopcroft & Karp 1973);
    by König's theorem it is also the smallest number of people whose absence cuts the pair. 1 means that the pair
    hangs on one person. O(ties · sqrt(n)).
    """
    pairs = network.pairs
    across = np.flatnonzero(network.crossing)
    left, right = pairs.left[across], pairs.right[across]
    swap = network.group[left] > network.group[right]
    first, second = np.where(swap, right, left), np.where(swap, left, right)
    count = len(network.groups)
    block = network.group[first] * count + network.group[second]
    order = np.argsort(block, kind="stable")
    names, counts = np.unique(block, return_counts=True)
    result: dict[str, list[int]] = {}
    for name, stop, size in zip(names.tolist(), np.cumsum(counts), counts, strict=True):
        chosen = order[stop - size : stop]
        key = pair_key(network.groups[name // count], network.groups[name % count])
        result[key] = [len(chosen), _matching(first[chosen], second[chosen])]
    return result


def pair_key(first: str, second: str) -> str:
    """Key of an unordered pair of groups in the report."""
    return f"{first}|{second}" if first <= second else f"{second}|{first}"


def _matching(first: Ints, second: Ints) -> int:
    rows, row = np.unique(first, return_inverse=True)
    columns, column = np.unique(second, return_inverse=True)
    table = sparse.csr_matrix(
        (np.ones(len(row), dtype=np.int8), (row, column)), shape=(len(rows), len(columns))
    )
    return int((maximum_bipartite_matching(table, perm_type="column") >= 0).sum())


def fragile_pairs(found: dict[str, list[int]]) -> dict[str, int] | None:
    """How many pairs of groups are tied, and how many of them hang on one person; None where they are too few to hide in.

    A count without names: the pairs themselves are hidden, as one person has all their ties.

    >>> fragile_pairs({"a|b": [3, 1], "a|c": [9, 4], "b|c": [9, 4], "a|d": [9, 4], "b|d": [2, 1]})
    {'tied': 5, 'on_one_person': 2}
    """
    if len(found) < ENOUGH_PAIRS:
        return None
    return {"tied": len(found), "on_one_person": sum(matching == 1 for _, matching in found.values())}


def between(network: Network) -> dict[str, dict[str, Any]]:
    """Undirected ties of each two groups: ``{first|second: {ties, expected, p, q}}``; counts, and probabilities.

    With `K_g` the tie ends of group g and M ties: when the 2M ends are joined at random, ``expected = K_g K_h / (2M - 1)``, exactly.
    `p` is the two-sided hypergeometric chance of so many of g's ends meeting h's among the ``2M - 1`` others, a close approximation,
    as ends of g may also meet one another; `q` is corrected over all pairs (Benjamini & Hochberg 1995). O(ties + groups² sd).

    Pitfall: it is not the sum of the two directed cells: a pair tied both ways is one tie here, two arcs there.
    """
    ends = undirected_ends(network)
    strength = ends.sum(axis=1)
    whole = int(strength.sum()) - 1
    first, second = np.triu_indices(len(network.groups), 1)
    if whole < 1 or not len(first):
        return {}
    expected = strength[first] * strength[second] / whole
    chances = [
        exact_p(int(ends[g, h]), int(strength[g]), int(strength[h]), whole)
        if strength[g] + strength[h] - whole <= ends[g, h]
        else 1.0
        for g, h in zip(first.tolist(), second.tolist(), strict=True)
    ]
    q = benjamini_hochberg(np.array(chances))
    return {
        pair_key(network.groups[g], network.groups[h]): {
            "ties": int(ends[g, h]),
            "expected": float(mean),
            "p": float(p),
            "q": float(corrected),
        }
        for g, h, mean, p, corrected in zip(
            first.tolist(), second.tolist(), expected, chances, q, strict=True
        )
    }
