"""Does the list of likely pairs foresee who will meet? `python -m bench.sna.foresight [PEOPLE]`: hits in the top 100.

Four simulated time splits of a seeded organisation. Deeds of 180 days, the busy being met more often and old contacts let
go; then new ties form in the next 60 days: half by chance, half because somebody speaks of a contact to another, of late ones
more often. Everybody can only speak of so many, however many he knows: this is an assumption, and the one under which resource
allocation is right. On real data the advantage must be measured again.
"""

from __future__ import annotations

import sys

import numpy as np
from scipy import sparse

from bench.sna.organisation import network
from kms.sna.candidates import resource_allocation
from kms.sna.decay import fading
from kms.sna.graph import Floats, Network, network_of
from kms.sna.records import Person

DAYS, NEW_EACH, HALF_LIFE, TOP = 180.0, 2, 30, 100


def split(people: int, seed: int) -> tuple[Network, set[tuple[int, int]]]:
    """The faded ties before the split, and the pairs that were not tied and meet after it."""
    random = np.random.default_rng(seed)
    whole = network(people, seed)
    listed = [Person(name, whole.groups[g]) for name, g in zip(whole.ids, whole.group, strict=True)]
    kept = random.random(len(whole.source)) < 0.4
    at = random.random(int(kept.sum())) * DAYS
    weight = fading(at * 86_400, DAYS * 86_400, HALF_LIFE)
    before = network_of(listed, whole.source[kept], whole.target[kept], weight)
    before = Network(**{**before.__dict__, "valued": True})
    return before, _meetings(before, random)


def _meetings(before: Network, random: np.random.Generator) -> set[tuple[int, int]]:
    first, _ = resource_allocation(before)
    tied = set(zip(before.pairs.left.tolist(), before.pairs.right.tolist(), strict=True))
    strength = first.sum(axis=1)
    found: set[tuple[int, int]] = set()
    for speaker in np.repeat(np.flatnonzero(before.degree > 1), NEW_EACH).tolist():
        span = slice(first.indptr[speaker], first.indptr[speaker + 1])
        one, other = random.choice(
            first.indices[span], 2, replace=False, p=first.data[span] / strength[speaker]
        ).tolist()
        found.add((min(one, other), max(one, other)))
    chance = random.integers(0, before.size, (len(found), 2))
    found |= {(min(pair), max(pair)) for pair in chance.tolist() if pair[0] != pair[1]}
    return found - tied


def adamic_adar(before: Network) -> sparse.csr_array:
    """``sum_z 1 / log d_z`` over shared contacts (Adamic & Adar 2003); knows no weights."""
    ties, degree = before.ties, before.degree.astype(np.float64)
    log = np.divide(1.0, np.log(np.maximum(degree, 2)), where=degree > 1, out=np.zeros(len(degree)))
    return ties @ sparse.diags_array(log) @ ties


def scores(before: Network) -> dict[str, sparse.csr_array]:
    """Score of every pair with a shared contact, by each rule; Adamic-Adar and plain allocation know no weights."""
    first, shared = resource_allocation(before)
    ties, degree = before.ties, before.degree.astype(np.float64)
    plain = np.divide(1.0, degree, where=degree > 0, out=np.zeros(len(degree)))
    return {
        "resource allocation, weighed and faded": first @ shared,
        "resource allocation": ties @ sparse.diags_array(plain) @ ties,
        "Adamic-Adar": adamic_adar(before),
    }


def hits(before: Network, score: sparse.csr_array, later: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the hundred best untied pairs that meet."""
    table = sparse.triu(score, k=1).tocoo()
    known = before.pairs.left * before.size + before.pairs.right
    free = ~np.isin(table.coords[0].astype(np.int64) * before.size + table.coords[1], known)
    left, right = (end[free] for end in table.coords)
    best: Floats = np.argsort(-table.data[free], kind="stable")[:TOP]
    return {(int(left[i]), int(right[i])) for i in best} & later


def main(people: int = 500) -> None:
    """Print the hits of each rule on four splits."""
    counted: dict[str, list[int]] = {}
    for seed in range(4):
        before, later = split(people, seed)
        for name, score in scores(before).items():
            counted.setdefault(name, []).append(len(hits(before, score, later)))
    base = sum(counted["Adamic-Adar"])
    for name, found in counted.items():
        print(f"{name:40} {found} = {sum(found) / max(base, 1):.2f} × Adamic-Adar")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
