"""A seeded organisation of any size, as arrays: degree-corrected blocks, twenty directed ties a person, nothing of size n²."""

from __future__ import annotations

import math

import numpy as np

from kms.sna.deeds import Deeds
from kms.sna.graph import Network, network_of
from kms.sna.records import Person

TIES_EACH = 20
INSIDE = 0.6
"""Share of ties drawn within the own unit; the rest goes anywhere."""


def organisation(people: int, seed: int = 0) -> tuple[list[Person], Deeds]:
    """People in about √n / 3 units, and twenty deeds of each towards others, busy people being met more often."""
    random = np.random.default_rng(seed)
    units = max(4, round(math.sqrt(people) / 3))
    unit = np.sort(random.integers(0, units, people))
    activity = random.lognormal(0, 0.7, people)
    mass = np.concatenate([[0.0], np.cumsum(activity)])
    first, last = (
        np.searchsorted(unit, np.arange(units)),
        np.searchsorted(unit, np.arange(units), side="right"),
    )
    source = np.repeat(np.arange(people), TIES_EACH)
    inside = random.random(len(source)) < INSIDE
    low = np.where(inside, mass[first[unit[source]]], 0.0)
    high = np.where(inside, mass[last[unit[source]]], mass[-1])
    drawn = low + random.random(len(source)) * (high - low)
    target = np.minimum(np.searchsorted(mass, drawn, side="right") - 1, people - 1)
    listed = [Person(f"{i:07}", f"unit {unit[i]:04}") for i in range(people)]
    count = len(source)
    blank = np.zeros(count, np.int64)
    return listed, Deeds(source, target, ("",), blank, np.full(count, np.nan), np.ones(count), blank)


def network(people: int, seed: int = 0) -> Network:
    """The same as a network; a person drawn twice by another is one tie."""
    listed, deeds = organisation(people, seed)
    found = network_of(listed, deeds.source, deeds.target)
    found.weight[:] = 1.0
    return found
