"""Interactions as arrays: what a million rows are read into, and the only form in which they are woven."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from kms.sna.graph import Bools, Floats, Ints
from kms.sna.records import Interaction, Person, SnaError

UNKNOWN = -1
"""Position of somebody who is not listed."""


@dataclass(frozen=True)
class Deeds:
    """Interactions, one a place of every array; in a fixed order, so that sums do not depend on how rows came in.

    `source`, `target`: positions in the list of people, -1 for a stranger; `kind`: positions in `kinds`; `at`: epoch
    seconds, NaN when not known; `audience`: receivers, 0 when not known.
    """

    source: Ints
    target: Ints
    kinds: tuple[str, ...]
    kind: Ints
    at: Floats
    weight: Floats
    audience: Ints

    def __len__(self) -> int:
        return len(self.source)

    def where(self, keep: Bools | Ints) -> "Deeds":
        """Only the deeds that `keep` marks, or those at these places."""
        return Deeds(
            self.source[keep],
            self.target[keep],
            self.kinds,
            self.kind[keep],
            self.at[keep],
            self.weight[keep],
            self.audience[keep],
        )

    def renumbered(self, place: Ints) -> "Deeds":
        """The same deeds among the same people in another order: the person at i is now at ``place[i]``."""
        there = np.append(place, UNKNOWN)
        return replace(self, source=there[self.source], target=there[self.target]).ordered()

    def ordered(self) -> "Deeds":
        """The same deeds in the order that depends on what they are only. O(rows log rows)."""
        keys = (self.audience, self.kind, self.weight, np.nan_to_num(self.at), self.target, self.source)
        return self.where(np.lexsort(keys))


def deeds_of(people: Sequence[Person], interactions: Iterable[Interaction]) -> Deeds:
    """Arrays of interactions between `people`. Raises SnaError when a person is listed twice.

    >>> deeds = deeds_of([Person("a"), Person("b")], [Interaction("a", "b", "mail"), Interaction("b", "z")])
    >>> deeds.source.tolist(), deeds.target.tolist(), deeds.kinds, deeds.kind.tolist()
    ([0, 1], [1, -1], ('', 'mail'), [1, 0])
    """
    place = {person.id: position for position, person in enumerate(people)}
    if len(place) != len(people):
        double = next(name for name, count in Counter(person.id for person in people).items() if count > 1)
        raise SnaError(f"The person '{double}' is listed twice.")
    rows = [
        (
            place.get(one.source, UNKNOWN),
            place.get(one.target, UNKNOWN),
            one.kind,
            np.nan if one.at is None else one.at,
            one.weight,
            one.audience_size or 0,
        )
        for one in interactions
    ]
    source, target, kind, at, weight, audience = zip(*rows, strict=True) if rows else ((),) * 6
    kinds = tuple(sorted(set(kind)))
    code = {name: position for position, name in enumerate(kinds)}
    return Deeds(
        np.array(source, np.int64),
        np.array(target, np.int64),
        kinds,
        np.array([code[name] for name in kind], np.int64),
        np.array(at, np.float64),
        np.array(weight, np.float64),
        np.array(audience, np.int64),
    ).ordered()
