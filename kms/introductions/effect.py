"""Does introducing people work? Shares of two groups of pairs, their difference, and when there are too few to tell. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Z95: Final = 1.959963984540054
"""Quantile of the normal distribution for a two-sided 95 % interval."""
Z_POWER: Final = 0.8416212335729143
"""Quantile for 80 % power."""

BASE: Final = 0.05
"""Share of untied pairs of a gap that would form a tie within months by themselves, taken for planning."""
LIFT: Final = 0.20
"""Smallest difference worth finding: one introduction in five makes a tie that would not be there."""


@dataclass(frozen=True)
class Share:
    """`hits` of `of` pairs."""

    hits: int
    of: int

    @property
    def value(self) -> float:
        """0 when there are no pairs."""
        return self.hits / self.of if self.of else 0.0


@dataclass(frozen=True)
class Effect:
    """A difference of shares (or of changes of shares) with its 95 % interval; `enough` when both groups are large enough."""

    difference: float
    low: float
    high: float
    enough: bool

    @property
    def verdict(self) -> str:
        """`works`, `harms`, `unclear` (the interval holds zero) or `too_few`."""
        if not self.enough:
            return "too_few"
        if self.low > 0:
            return "works"
        return "harms" if self.high < 0 else "unclear"


def wilson(share: Share) -> tuple[float, float]:
    """The score interval of one share (Wilson 1927), 95 %.

    >>> [round(limit, 4) for limit in wilson(Share(56, 70))]
    [0.6918, 0.877]
    """
    n, p = share.of, share.value
    middle = (p + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    reach = Z95 * math.sqrt(p * (1 - p) / n + Z95**2 / (4 * n * n)) / (1 + Z95**2 / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def newcombe(one: Share, other: Share) -> tuple[float, float]:
    """95 % interval of ``one - other`` from two score intervals (Newcombe 1998, method 10).

    The example is Newcombe's own, 56 of 70 against 48 of 80:

    >>> [round(limit, 4) for limit in newcombe(Share(56, 70), Share(48, 80))]
    [0.0524, 0.3339]
    """
    (low1, high1), (low2, high2) = wilson(one), wilson(other)
    p1, p2 = one.value, other.value
    below = math.sqrt((p1 - low1) ** 2 + (high2 - p2) ** 2)
    above = math.sqrt((high1 - p1) ** 2 + (p2 - low2) ** 2)
    return p1 - p2 - below, p1 - p2 + above


def needed(base: float = BASE, lift: float = LIFT) -> int:
    """Pairs needed in each group to find `lift` over `base` with 80 % power at 5 % (Fleiss, Levin & Paik 2003, 4.14).

    >>> needed(0.05, 0.20), needed(0.5, 0.1)
    (49, 388)
    """
    raised, mean = base + lift, base + lift / 2
    spread = Z95 * math.sqrt(2 * mean * (1 - mean))
    spread += Z_POWER * math.sqrt(base * (1 - base) + raised * (1 - raised))
    return math.ceil((spread / lift) ** 2)


def against_held_out(introduced: Share, held: Share) -> Effect:
    """Pairs that were asked, whatever they answered, against pairs that a draw held out.

    >>> against_held_out(Share(30, 60), Share(3, 60)).verdict, against_held_out(Share(3, 4), Share(0, 4)).verdict
    ('works', 'too_few')
    """
    if not introduced.of or not held.of:
        return Effect(0.0, -1.0, 1.0, enough=False)
    low, high = newcombe(introduced, held)
    return Effect(introduced.value - held.value, low, high, enough=min(introduced.of, held.of) >= needed())


def matched(pairs: Sequence[tuple[bool, bool, bool, bool]]) -> Effect:
    """Difference in differences of matched pairs: (introduced before, after, its match before, after), each tied or not.

    The mean of ``(after - before) - (match after - match before)`` with a normal interval over the matches
    (Abadie & Spiess 2022: matching without replacement, so the matches are the units).

    Of four, two formed a tie and no match did: 0.5 ± 1.96 · sqrt(1/3) / 2.

    >>> found = matched([(False, True, False, False)] * 2 + [(False, False, False, False)] * 2)
    >>> found.difference, round(found.low, 3), round(found.high, 3), found.verdict
    (0.5, -0.066, 1.066, 'too_few')
    """
    changes = [(after - before) - (later - earlier) for before, after, earlier, later in pairs]
    count = len(changes)
    if count < 2:
        return Effect(float(sum(changes)), -2.0, 2.0, enough=False)
    mean = sum(changes) / count
    spread = math.sqrt(sum((change - mean) ** 2 for change in changes) / (count - 1))
    reach = Z95 * spread / math.sqrt(count)
    return Effect(mean, mean - reach, mean + reach, enough=count >= needed())
