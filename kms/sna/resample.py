"""How sure: intervals by resampling people, and the change between two windows.

Ties are not independent: one busy person makes many. So people are drawn, not ties (Snijders & Borgatti 1999): a person
drawn c times counts c times, a tie between i and j counts ``c_i c_j`` times. Drawn like this a tie's own chance is counted
three times over, once for each end and once for both; the spread of the draws is therefore brought to the variance that
counts every tie once and every pair of ties that share a person once (Fafchamps & Gubert 2007; Aronow, Samii & Assenova
2015). Simulated nulls are in ``bench/sna/coverage.py``.
"""

import math
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from kms.sna import ei
from kms.sna.graph import Floats, Ints, Network
from kms.sna.mixing import silo_values

LEVEL: Final = (0.025, 0.975)


@dataclass(frozen=True)
class Influence:
    """First-order effect of each tie between two people on a figure: pairs of people and amounts that sum to 0."""

    left: Ints
    right: Ints
    amount: Floats


def merge(*parts: Influence) -> Influence:
    """One influence with each pair of people once; what the same pair does in several windows adds up."""
    left = np.concatenate([np.minimum(part.left, part.right) for part in parts])
    right = np.concatenate([np.maximum(part.left, part.right) for part in parts])
    amount = np.concatenate([part.amount for part in parts])
    base = int(right.max(initial=0)) + 1
    keys, place = np.unique(left * base + right, return_inverse=True)
    return Influence(keys // base, keys % base, np.bincount(place, amount, len(keys)).astype(np.float64))


def variance(influence: Influence, people: int) -> float:
    """Dyad-robust variance: ``sum_i (sum_{e at i} x_e)^2 - sum_e x_e^2``, at least that of independent ties."""
    single = float((influence.amount**2).sum())
    at = np.bincount(influence.left, influence.amount, people)
    at = at + np.bincount(influence.right, influence.amount, people)
    return max(float((at**2).sum()) - single, single)


def interval(estimate: float, draws: Floats, spread: float) -> tuple[float, float] | None:
    """95 % limits: the quantiles of the draws about their mean, brought to the standard deviation `spread`."""
    sound = draws[np.isfinite(draws)]
    if len(sound) < 2:
        return None
    raw = float(sound.std())
    factor = spread / raw if raw > 0 else 0.0
    low, high = np.quantile(sound - sound.mean(), LEVEL) * factor
    return float(estimate + low), float(estimate + high)


def _generator(people: int, draws: int, seed: int) -> np.random.Generator:
    """The generator of one report's draws: the same seed gives the same draws."""
    return np.random.default_rng([seed, people, draws])


def ei_influence(network: Network, sign: float = 1.0) -> Influence:
    """Effect of each tie on E-I: ``(2 w / S)(W / S - [same group])`` with inside weight W and whole weight S."""
    pairs = network.pairs
    whole = float(pairs.weight.sum())
    inside = (~network.crossing).astype(np.float64)
    share = float(pairs.weight @ inside) / whole
    return Influence(pairs.left, pairs.right, sign * 2 * pairs.weight / whole * (share - inside))


def drawn_ei(network: Network, times: Floats) -> float:
    """E-I when each person counts `times`; NaN when no tie is left."""
    pairs = network.pairs
    weight = pairs.weight * times[pairs.left] * times[pairs.right]
    whole = float(weight.sum())
    return float(weight[network.crossing].sum()) * 2 / whole - 1 if whole else math.nan


def change(before: Network, after: Network, *, draws: int, seed: int) -> dict[str, Any]:
    """E-I in two windows of the same people, the difference and its 95 % interval.

    Each draw of people is used for both windows, so what a person keeps from one to the other cancels.
    `significant` says that the interval leaves out zero. None in every figure when a window has no tie.
    """
    values = [ei.ei(one, permutations=0, seed=seed)["undirected"]["ei"] for one in (before, after)]
    result: dict[str, Any] = {
        "before": values[0],
        "after": values[1],
        "difference": None,
        "lo": None,
        "hi": None,
        "draws": 0,
        "significant": False,
    }
    if None in values:
        return {"ei": result}
    difference = values[1] - values[0]
    people = before.size
    spread = math.sqrt(variance(merge(ei_influence(before, -1.0), ei_influence(after)), people))
    random = _generator(people, draws, seed)
    drawn = np.empty(draws)
    for k in range(draws):
        times = _times(random, people)
        drawn[k] = drawn_ei(after, times) - drawn_ei(before, times)
    result |= {"difference": difference, "draws": draws}
    limits = interval(difference, drawn, spread)
    if limits:
        result |= {"lo": limits[0], "hi": limits[1], "significant": limits[0] > 0 or limits[1] < 0}
    return {"ei": result}


def intervals(network: Network, seen: Ints, *, draws: int, seed: int) -> dict[str, Any]:
    """95 % intervals of E-I and of each group's silo index: ``{draws, ei, silo_index: {g: [lo, hi]}}``."""
    names = network.groups
    result: dict[str, Any] = {"draws": 0, "ei": None, "silo_index": dict.fromkeys(names)}
    if not len(network.source):
        return result
    random = _generator(network.size, draws, seed)
    drawn, silos = np.empty(draws), np.empty((draws, len(names)))
    block = network.group[network.source] * len(names) + network.group[network.target]
    for k in range(draws):
        times = _times(random, network.size)
        drawn[k] = drawn_ei(network, times)
        weight = times[network.source] * times[network.target]
        table = np.bincount(block, weight, len(names) ** 2).reshape(len(names), len(names))
        silos[k] = silo_values(table)
    now = ei.ei(network, permutations=0, seed=seed)["undirected"]["ei"]
    spread = math.sqrt(variance(ei_influence(network), network.size))
    result |= {"draws": draws, "ei": _listed(interval(now, drawn, spread))}
    for g, (name, value) in enumerate(zip(names, silo_values(seen.astype(np.float64)), strict=True)):
        if np.isfinite(value):
            spread = math.sqrt(variance(merge(silo_influence(network, seen, g)), network.size))
            result["silo_index"][name] = _listed(interval(float(value), silos[:, g], spread))
    return result


def silo_influence(network: Network, seen: Ints, g: int) -> Influence:
    """Effect of each arc on the silo index of group `g`: the derivatives by ``O_gg``, ``Out_g``, ``In_g`` and ``m``."""
    m = float(seen.sum())
    own, out, into = float(seen[g, g]), float(seen[g].sum()), float(seen[:, g].sum())
    chance = out * into / m
    room = out - chance
    by_own, by_chance, by_out = 1 / room, (own - out) / room**2, -(own - chance) / room**2
    sends, receives = network.group[network.source] == g, network.group[network.target] == g
    amount = by_own * (sends & receives) + (by_out + by_chance * into / m) * sends
    amount = amount + by_chance * out / m * receives - by_chance * chance / m
    return Influence(network.source, network.target, amount)


def _times(random: np.random.Generator, people: int) -> Floats:
    """How often each person is drawn when as many are drawn, with replacement, as there are."""
    return np.bincount(random.integers(0, people, people), minlength=people).astype(np.float64)


def _listed(limits: tuple[float, float] | None) -> list[float] | None:
    return None if limits is None else list(limits)
