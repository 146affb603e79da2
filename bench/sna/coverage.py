"""How often the 95 % interval of a change holds zero when nothing changed: `python -m bench.sna.coverage [runs]`.

Two windows of the same people are drawn from the same degree-corrected blocks; a share of the ties persists. The interval
should hold zero in 93 to 97 of 100 runs, and its mean half-width should be 1.96 times the real spread of the difference.
"""

from __future__ import annotations

import sys

import numpy as np

from kms.sna.graph import Network, network_of
from kms.sna.records import Person
from kms.sna.resample import change

PEOPLE, UNITS, DEGREE, LEAN = 150, 6, 6.0, 4.0
DRAWS = 500


def draw(random: np.random.Generator, chance: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Arcs of one window."""
    source, target = np.nonzero(random.random(chance.shape) < chance)
    return source.astype(np.int64), target.astype(np.int64)


def two_windows(seed: int, persist: float) -> tuple[Network, Network]:
    """Networks of two windows between which nothing changed; `persist` of the ties of the first stay."""
    random = np.random.default_rng(seed)
    unit = random.integers(0, UNITS, PEOPLE)
    activity = random.lognormal(0, 0.8, PEOPLE)
    rate = np.outer(activity, activity) * np.where(unit[:, None] == unit[None, :], LEAN, 1.0)
    np.fill_diagonal(rate, 0)
    chance = -np.expm1(-rate * DEGREE * PEOPLE / rate.sum())
    people = [Person(str(i), f"unit {unit[i]}") for i in range(PEOPLE)]
    (s1, t1), (s2, t2) = draw(random, chance), draw(random, chance)
    stays, comes = random.random(len(s1)) < persist, random.random(len(s2)) >= persist
    later = np.concatenate([s1[stays], s2[comes]]), np.concatenate([t1[stays], t2[comes]])
    return network_of(people, s1, t1), network_of(people, *later)


def main(runs: int = 400) -> None:
    """Print the coverage for ties that do not persist, and for half of them."""
    for persist in (0.0, 0.5):
        found = [change(*two_windows(seed, persist), draws=DRAWS, seed=seed)["ei"] for seed in range(runs)]
        held = np.mean([one["lo"] <= 0 <= one["hi"] for one in found])
        half = np.mean([one["hi"] - one["lo"] for one in found]) / 2
        real = np.std([one["difference"] for one in found])
        print(
            f"persist {persist:.0%}: held {held:.1%} of {runs}; half-width {half:.4f} = {half / real:.2f} × spread"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
