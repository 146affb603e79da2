"""What age leaves of a deed, and sums of aged deeds that grow by what is new, without a rebuild.

Forward decay (Cormode, Shkapenyuk, Srivastava & Xu 2009, *Forward decay: a practical time decay model for streaming
systems*, ICDE): a deed is stored as ``w · 2 ** ((at - L) / h)`` with a fixed landmark L; at any time T one factor
``2 ** -((T - L) / h)`` for all makes it ``w · 2 ** -((T - at) / h)``. Half-lives h in days, times in epoch seconds.
"""

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from kms.sna.graph import Floats, Ints

DAY: Final = 86_400.0

REACH: Final = 500.0
"""Half-lives from the landmark after which it is moved: far below the 1,023 that a double can hold."""


def fading(at: Floats, now: Floats | float, half_life: float) -> Floats:
    """``2 ** -((now - at) / half_life)``: 1 for what happens now, ½ for what is one half-life old. O(rows).

    >>> fading(np.array([0.0, 7 * DAY, 14 * DAY]), 14 * DAY, 7).tolist()
    [0.25, 0.5, 1.0]
    """
    faded: Floats = np.exp2((at - now) / (half_life * DAY))
    return faded


@dataclass
class FadingTies:
    """Sums of aged deeds by pair of people, that take in new deeds. O(pairs) memory; O(new + pairs) for each addition.

    Pitfall: a deed counts twice when it is added twice; whoever adds must know what he has added.

    Two deeds a week apart, seen a week after the second:

    >>> ties = FadingTies(half_life=7)
    >>> ties.add(np.array([3]), np.array([0.0]), np.ones(1))
    >>> ties.add(np.array([3, 5]), np.array([7 * DAY, 7 * DAY]), np.array([1.0, 2.0]))
    >>> ties.at(14 * DAY)[1].tolist()
    [0.75, 1.0]
    """

    half_life: float
    landmark: float | None = None
    pair: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    amount: Floats = field(default_factory=lambda: np.zeros(0))

    def add(self, pair: Ints, at: Floats, weight: Floats) -> None:
        """Take in deeds: a number for the pair of people, when, and how much each weighs."""
        if not len(pair):
            return
        if self.landmark is None:
            self.landmark = float(at.min())
        if (float(at.max()) - self.landmark) / (self.half_life * DAY) > REACH:
            self._move(float(at.max()))
        amount = weight / fading(np.full(len(at), self.landmark), at, self.half_life)
        keys, place = np.unique(np.concatenate([self.pair, pair]), return_inverse=True)
        total = np.bincount(place, np.concatenate([self.amount, amount]), len(keys))
        self.pair, self.amount = keys, total.astype(np.float64)

    def at(self, now: float) -> tuple[Ints, Floats]:
        """Pairs, sorted, and what their ties weigh at this moment."""
        landmark = now if self.landmark is None else self.landmark
        return self.pair, self.amount * fading(np.array(landmark), now, self.half_life)

    def _move(self, landmark: float) -> None:
        """Store the same sums from another landmark."""
        assert self.landmark is not None
        self.amount = self.amount * fading(np.array(self.landmark), landmark, self.half_life)
        self.landmark = landmark
