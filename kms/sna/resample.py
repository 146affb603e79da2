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
from kms.sna.siloeffects import silo_effects

LEVEL: Final = (0.025, 0.975)

FIRST_ORDER: Final = 3_000
"""Above this many people a draw counts first-order effects of people instead of every tie: the rest is of order 1/n."""


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
    return max(float((by_person(influence, people) ** 2).sum()) - single, single)


def interval(estimate: float, draws: Floats, spread: float) -> tuple[float, float] | None:
    """95 % limits: the quantiles of the draws about their mean, brought to the standard deviation `spread`."""
    sound = draws[np.isfinite(draws)]
    if len(sound) < 2:
        return None
    raw = float(sound.std())
    factor = spread / raw if raw > 0 else 0.0
    low, high = np.quantile(sound - sound.mean(), LEVEL) * factor
    return float(estimate + low), float(estimate + high)


def by_person(influence: Influence, people: int) -> Floats:
    """What all ties of each person together do to the figure."""
    at = np.bincount(influence.left, influence.amount, people)
    return (at + np.bincount(influence.right, influence.amount, people)).astype(np.float64)


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
    both = merge(ei_influence(before, -1.0), ei_influence(after))
    spread = math.sqrt(variance(both, people))
    random = _generator(people, draws, seed)
    if people > FIRST_ORDER:
        drawn = _first_order(by_person(both, people)[:, None], draws, random)[:, 0]
    else:
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
    silo = silo_effects(network, seen)
    found = ei_influence(network)
    if network.size > FIRST_ORDER:
        effects = np.column_stack([by_person(found, network.size), silo.persons])
        all_drawn = _first_order(effects, draws, _generator(network.size, draws, seed))
        drawn, silos = all_drawn[:, 0], all_drawn[:, 1:]
    else:
        drawn, silos = _drawn(network, draws, seed)
    now = ei.ei(network, permutations=0, seed=seed)["undirected"]["ei"]
    spread = math.sqrt(variance(found, network.size))
    result |= {"draws": draws, "ei": _listed(interval(now, drawn, spread))}
    for g, (name, value) in enumerate(zip(names, silo_values(seen.astype(np.float64)), strict=True)):
        if np.isfinite(value):
            result["silo_index"][name] = _listed(interval(float(value), silos[:, g], float(silo.spread[g])))
    return result


def _drawn(network: Network, draws: int, seed: int) -> tuple[Floats, Floats]:
    """E-I and silo indices of so many draws of people. O(draws · ties)."""
    random, count = _generator(network.size, draws, seed), len(network.groups)
    drawn, silos = np.empty(draws), np.empty((draws, count))
    block = network.group[network.source] * count + network.group[network.target]
    for k in range(draws):
        times = _times(random, network.size)
        drawn[k] = drawn_ei(network, times)
        weight = times[network.source] * times[network.target]
        silos[k] = silo_values(np.bincount(block, weight, count * count).reshape(count, count))
    return drawn, silos


def _first_order(effects: Floats, draws: int, random: np.random.Generator) -> Floats:
    """Draws of people when each person drawn c times adds ``(c - 1)`` times his effect. O(draws · n · figures).

    The first-order part of what :func:`_drawn` does; what is left out is of order 1/n (Efron & Tibshirani 1993, ch. 22).
    """
    people, narrow = len(effects), effects.astype(np.float32)
    found = np.empty((draws, effects.shape[1]))
    for start in range(0, draws, 50):
        times = np.array([_times(random, people) - 1 for _ in range(min(50, draws - start))], np.float32)
        found[start : start + len(times)] = times @ narrow
    return found


def _times(random: np.random.Generator, people: int) -> Floats:
    """How often each person is drawn when as many are drawn, with replacement, as there are."""
    return np.bincount(random.integers(0, people, people), minlength=people).astype(np.float64)


def _listed(limits: tuple[float, float] | None) -> list[float] | None:
    return None if limits is None else list(limits)
