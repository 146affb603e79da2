"""A seeded organisation: units, busy and quiet people, ties that lean inward. Degree-corrected blocks."""

import numpy as np

from kms.sna.records import Interaction, Person


def organisation(
    people: int, units: int, *, degree: float = 6.0, lean: float = 4.0, seed: int = 0
) -> tuple[list[Person], list[Interaction]]:
    """People dealt to units, and arcs drawn with chances ∝ activity × activity × (`lean` inside a unit, else 1)."""
    random = np.random.default_rng(seed)
    unit = random.integers(0, units, people)
    activity = random.lognormal(0, 0.7, people)
    chance = np.outer(activity, activity) * np.where(unit[:, None] == unit[None, :], lean, 1.0)
    np.fill_diagonal(chance, 0)
    chance *= degree * people / chance.sum()
    source, target = np.nonzero(random.random(chance.shape) < -np.expm1(-chance))
    listed = [Person(f"p{i}", f"unit {unit[i]}") for i in range(people)]
    ties = [Interaction(f"p{a}", f"p{b}", "mail") for a, b in zip(source, target, strict=True)]
    return listed, ties
