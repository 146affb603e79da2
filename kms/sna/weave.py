"""Ties out of interactions, by a definition that is printed on every report."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from kms.sna.decay import fading
from kms.sna.deeds import UNKNOWN, Deeds, deeds_of
from kms.sna.graph import Bools, Floats, Network, network_of
from kms.sna.records import Coverage, Interaction, Person, Terms, Window

LEFT_OUT: Final = ("outside_window", "broadcast", "kind", "unknown_person", "self", "no_weight", "no_time")
"""Why a deed makes no tie; the first that holds is counted."""

WHOLE: Final = 1 - 1e-9
"""Shares of broadcasts that together are one deed."""


def weave(
    people: Sequence[Person], interactions: Iterable[Interaction] | Deeds, terms: Terms, window: Window | None
) -> tuple[Network, Coverage]:
    """Ties between `people`, and how many of the rows made them. O(rows log rows).

    * ``any``: one interaction in either direction makes a tie of weight 1.
    * ``reciprocated``: only pairs with an interaction in both directions; weight 1.
    * ``weighted``: as ``any``, and a tie weighs what its interactions weigh together: the weight of the row × that of its
      kind × its share of a broadcast × what age leaves of it, ``2 ** -(age / half-life)``.

    *Broadcasts*, to an audience of k above the limit, are left out, or ``shared``: each counts 1/k, or ``counted`` in full. Where
    ties are not weighed, shares of one person towards another make a tie when they add up to a whole deed.

    Left out, and counted by reason: see `LEFT_OUT`. Raises SnaError when a person is listed twice.

    Pitfall: a weight is not a probability and not a strength of friendship; a tenth of a tie is still a tie.

    >>> people = [Person("a"), Person("b")]
    >>> rows = [Interaction("a", "b", audience_size=10)] * 4
    >>> net, coverage = weave(people, rows, Terms(floor=1), None)
    >>> len(net.source), coverage.left_out
    (0, {'broadcast': 4})
    >>> weave(people, rows, Terms(floor=1, definition="weighted", broadcast="shared"), None)[0].weight.tolist()
    [0.4]
    """
    deeds = interactions if isinstance(interactions, Deeds) else deeds_of(people, interactions)
    reason = reasons(deeds, terms, window)
    counts = np.bincount(reason, minlength=len(LEFT_OUT) + 1)[1:].tolist()
    kept = deeds.where(reason == 0)
    weight, share = _weights(kept, terms, window)
    network = network_of(people, kept.source, kept.target, weight)
    if terms.definition == "weighted":
        network = replace(network, valued=True)
    else:
        network = _binary(network, _whole_deeds(people, kept, share), terms.definition)
    told = {name: count for name, count in sorted(zip(LEFT_OUT, counts, strict=True)) if count}
    return network, Coverage(len(deeds), len(kept), told)


def reasons(deeds: Deeds, terms: Terms, window: Window | None) -> np.ndarray:
    """For each deed 0 when it counts, else 1 + the position in `LEFT_OUT` of why not."""
    weights = terms.kind_weights(deeds.kinds)
    never = np.zeros(len(deeds), dtype=bool)
    holds: dict[str, Bools] = {
        "outside_window": never
        if window is None
        else ~((deeds.at >= window.start) & (deeds.at < window.end)),
        "broadcast": deeds.audience > terms.broadcast_limit if terms.broadcast == "out" else never,
        "kind": np.isnan(weights)[deeds.kind],
        "unknown_person": (deeds.source == UNKNOWN) | (deeds.target == UNKNOWN),
        "self": deeds.source == deeds.target,
        "no_weight": ~(deeds.weight * np.nan_to_num(weights)[deeds.kind] > 0),
        "no_time": np.isnan(deeds.at) if terms.half_life else never,
    }
    return np.select([holds[name] for name in LEFT_OUT], range(1, len(LEFT_OUT) + 1), 0)


def _weights(deeds: Deeds, terms: Terms, window: Window | None) -> tuple[Floats, Floats]:
    """What each deed adds to its tie, and its share of a broadcast (1 for what is none)."""
    wide = (deeds.audience > terms.broadcast_limit) & (terms.broadcast == "shared")
    share = np.where(wide, 1 / np.maximum(deeds.audience, 1), 1.0)
    weight = deeds.weight * terms.kind_weights(deeds.kinds)[deeds.kind] * share
    if terms.half_life and len(deeds):
        now = window.end if window else float(deeds.at.max())
        weight = weight * fading(deeds.at, now, terms.half_life)
    return weight, share


def _whole_deeds(people: Sequence[Person], deeds: Deeds, share: Floats) -> Bools:
    """For each distinct arc, in the order of the network, whether its shares make at least one whole deed."""
    whole: Bools = network_of(people, deeds.source, deeds.target, share).weight >= WHOLE
    return whole


def _binary(network: Network, keep: Bools, definition: str) -> Network:
    """The arcs that are kept, and under ``reciprocated`` only those that are answered; all of weight 1."""
    network = replace(
        network, source=network.source[keep], target=network.target[keep], weight=network.weight[keep]
    )
    if definition == "reciprocated":
        forward = network.source * network.size + network.target
        answered = np.isin(forward, network.target * network.size + network.source, assume_unique=True)
        network = replace(network, source=network.source[answered], target=network.target[answered])
    return replace(network, weight=np.ones(len(network.source)))
