"""First-order effect of people and ties on the silo index of every group at once."""

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from kms.sna.graph import Floats, Ints, Network


@dataclass(frozen=True)
class SiloEffects:
    """`persons`: what all ties of each person do to the index of each group (people × groups); `spread`: its standard deviation."""

    persons: Floats
    spread: Floats


@dataclass(frozen=True)
class _Slopes:
    """Effect of one arc on the index of each group: `own` if it stays inside, `sent` if the group sends it, `got` if it receives
    it, `any` in every case. The derivatives by ``O_gg``, ``Out_g``, ``In_g`` and ``m``.
    """

    own: Floats
    sent: Floats
    got: Floats
    any: Floats


def silo_effects(network: Network, seen: Ints) -> SiloEffects:
    """Effects and dyad-robust spread (see :mod:`kms.sna.resample`) of all silo indices. O(ties + n · groups + groups³).

    An arc's effect depends on its two groups only, so people need their counts of arcs by group, and the squares of pairs the
    counts of one-way and of mutual pairs by group.
    """
    slopes = _slopes(seen.astype(np.float64))
    persons = _persons(network, slopes)
    single = _squares(network, slopes)
    spread = np.sqrt(np.maximum((persons**2).sum(axis=0) - single, single))
    return SiloEffects(persons, spread)


def _slopes(seen: Floats) -> _Slopes:
    m = seen.sum()
    own, out, into = np.diag(seen), seen.sum(axis=1), seen.sum(axis=0)
    chance = out * into / m
    room = out - chance
    sound = room > 1e-12
    safe = np.where(sound, room, 1.0)
    by_own, by_chance, by_out = 1 / safe, (own - out) / safe**2, -(own - chance) / safe**2
    found = (by_own, by_out + by_chance * into / m, by_chance * out / m, -by_chance * chance / m)
    return _Slopes(*(np.where(sound, slope, 0.0) for slope in found))


def _persons(network: Network, slopes: _Slopes) -> Floats:
    n, count, group = network.size, len(network.groups), network.group
    ones = np.ones(len(network.source))
    shape = (n, count)
    to = sparse.coo_array((ones, (network.source, group[network.target])), shape=shape).tocsr()
    by = sparse.coo_array((ones, (network.target, group[network.source])), shape=shape).tocsr()
    out, into = to.sum(axis=1), by.sum(axis=1)
    found: Floats = np.outer(out + into, slopes.any)
    found += (to * slopes.got + by * slopes.sent).toarray()
    people = np.arange(n)
    inside = np.asarray((to + by)[people, group]).ravel()
    found[people, group] += slopes.own[group] * inside + slopes.sent[group] * out + slopes.got[group] * into
    return found


def _squares(network: Network, slopes: _Slopes) -> Floats:
    """Sum of the squared effects of pairs of people, for each group."""
    count, size, group = len(network.groups), network.size, network.group
    keys = network.source * size + network.target
    mutual = np.isin(network.target * size + network.source, keys, assume_unique=True)
    block = group[network.source] * count + group[network.target]
    one_way, two_way = (
        np.bincount(block[part], minlength=count * count).reshape(count, count) for part in (~mutual, mutual)
    )
    found = np.empty(count)
    for g in range(count):
        effect = np.full((count, count), slopes.any[g])
        effect[g, :] += slopes.sent[g]
        effect[:, g] += slopes.got[g]
        effect[g, g] += slopes.own[g]
        found[g] = (one_way * effect**2).sum() + (two_way * (effect + effect.T) ** 2).sum() / 2
    return found
