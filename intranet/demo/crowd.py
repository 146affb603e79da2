"""Who reacts to whom: a degree-corrected block model over the units. Pure.

The chance that a person reacts to an author is the product of the person's own liveliness and of how near the two units
are. Liveliness is log-normal, so a few people do a lot, as everywhere. Nearness comes from the table below: people meet
their own unit most, Mechanics and Quality meet daily, and Field service and Software hardly know each other, which is
the silo that the network report is there to find.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping

OWN_UNIT = 3.2
ELSEWHERE = 0.45
NEARNESS = {
    frozenset(pair): weight
    for *pair, weight in [
        ("MEC", "QA", 1.7),
        ("MEC", "PRD", 1.1),
        ("MEC", "ELE", 1.2),
        ("MEC", "SW", 0.8),
        ("ELE", "SW", 1.9),
        ("PRD", "QA", 2.0),
        ("SVC", "SAL", 1.6),
        ("SVC", "QA", 0.8),
        ("SVC", "SW", 0.07),
        ("PRD", "SW", 0.14),
        ("SAL", "PRD", 0.1),
        ("SAL", "SW", 0.15),
        ("SVC", "ELE", 0.15),
    ]
}
SPREAD = 0.9


class Crowd:
    """People by username with their unit (`{username: code}`), and a random source that the seed decides."""

    def __init__(self, units: Mapping[str, str], seed: int) -> None:
        self._units = dict(units)
        self.random = random.Random(seed)
        self._lively = {name: self.random.lognormvariate(0, SPREAD) for name in sorted(self._units)}

    def nearness(self, one: str, other: str) -> float:
        """How near the units of two people are; people without a unit are as far as strangers."""
        a, b = self._units.get(one, ""), self._units.get(other, "")
        if a == b:
            return OWN_UNIT
        return NEARNESS.get(frozenset((a, b)), ELSEWHERE)

    def reacting(self, author: str, among: Iterable[str], expected: float) -> list[str]:
        """People who react to `author`, about `expected` many, drawn without repetition from `among`."""
        people = sorted(set(among) - {author})
        weights = {name: self._lively.get(name, 1.0) * self.nearness(name, author) for name in people}
        keys = {name: self.random.random() ** (1 / weight) for name, weight in weights.items()}
        return sorted(people, key=keys.__getitem__, reverse=True)[: self.many(expected)]

    def many(self, expected: float) -> int:
        """A Poisson number."""
        limit, product, count = math.exp(-expected), self.random.random(), 0
        while product > limit:
            product *= self.random.random()
            count += 1
        return count
