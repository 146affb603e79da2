"""How much likes tie with likes: assortativity, modularity of the units, inbreeding, silo index, reciprocity."""

from typing import Any

import numpy as np

from kms.sna.graph import Floats, Ints, Network


def _assortativity(blocks: Floats) -> float | None:
    """``r = (tr e - sum a b) / (1 - sum a b)`` of a table of tie ends."""
    total = blocks.sum()
    if not total:
        return None
    share = blocks / total
    chance = float(share.sum(axis=1) @ share.sum(axis=0))
    return None if chance >= 1 - 1e-12 else (float(np.trace(share)) - chance) / (1 - chance)


def assortativity(network: Network, seen: Ints) -> dict[str, float | None]:
    """Newman's assortativity by group: 1 all ties inside, 0 as by degrees, None with one group only.

    Newman (2003), *Mixing patterns in networks*, Phys. Rev. E 67:026126, eq. 2. `undirected` counts each tie from
    both ends; `directed` is on arcs. O(ties).
    """
    return {
        "undirected": _assortativity(undirected_ends(network)),
        "directed": _assortativity(seen.astype(np.float64)),
    }


def undirected_ends(network: Network) -> Floats:
    """Symmetric table of undirected ties between groups, each tie counted from both ends."""
    pairs, count = network.pairs, len(network.groups)
    block = network.group[pairs.left] * count + network.group[pairs.right]
    table = np.bincount(block, minlength=count * count).reshape(count, count).astype(np.float64)
    return table + table.T


def modularity(network: Network) -> float | None:
    """Modularity of the formal units: ``Q = sum_g [I_g / W - (s_g / 2W)^2]`` on undirected (weighted) ties.

    `I_g` is the weight inside group g, `s_g` the sum of the strengths of its people, `W` the whole weight.
    Newman & Girvan (2004), Phys. Rev. E 69:026113. O(ties).
    """
    pairs, count = network.pairs, len(network.groups)
    whole = float(pairs.weight.sum())
    if not whole:
        return None
    inside = ~network.crossing
    own = np.bincount(network.group[pairs.left[inside]], pairs.weight[inside], count)
    strength = np.bincount(network.group[pairs.left], pairs.weight, count)
    strength = strength + np.bincount(network.group[pairs.right], pairs.weight, count)
    return float((own / whole - (strength / (2 * whole)) ** 2).sum())


def coleman(network: Network, seen: Ints) -> dict[str, float | None]:
    """Coleman's inbreeding index of each group, on arcs sent: is the own share above the share of people?

    With ``s = O_gg / Out_g`` and ``w = n_g / n``: ``(s - w) / (1 - w)`` when s ≥ w, else ``(s - w) / w``; from -1 to 1.
    Coleman (1958), *Relational analysis*, Human Organization 17:28-36; Currarini, Jackson & Pin (2009),
    Econometrica 77:1003-1045. None for a group that sends nothing or is everyone.

    Pitfall: it takes people, not activity, as chance; the silo index takes activity.
    """
    result: dict[str, float | None] = {}
    for g, name in enumerate(network.groups):
        sent, weight = int(seen[g].sum()), network.sizes[g] / network.size
        if not sent or weight >= 1:
            result[name] = None
            continue
        share = seen[g, g] / sent
        result[name] = float((share - weight) / ((1 - weight) if share >= weight else weight))
    return result


def silo_values(seen: Floats) -> Floats:
    """Silo index of each group from a table of arcs; NaN where it has no meaning. See :func:`silo_index`."""
    total = seen.sum()
    out, into, own = seen.sum(axis=1), seen.sum(axis=0), np.diag(seen)
    chance = out * into / total if total else np.zeros(len(out))
    room = out - chance
    sound = room > 1e-12
    values: Floats = np.divide(own - chance, room, where=sound, out=np.full(len(out), np.nan))
    return values


def silo_index(network: Network, seen: Ints) -> dict[str, float | None]:
    """Share of a group's sent arcs that stay inside, beyond chance: ``(O_gg - E_gg) / (Out_g - E_gg)``.

    `E_gg` is expected by degree, so 0 is chance, 1 fully closed, below 0 outward. The chance-corrected form of the
    own share (as Cohen's kappa corrects agreement). None for a group that sends nothing.

    >>> silo_values(np.array([[4.0, 0.0], [2.0, 2.0]])).round(3).tolist()
    [1.0, 0.333]
    """
    values = silo_values(seen.astype(np.float64))
    return {
        name: float(value) if np.isfinite(value) else None
        for name, value in zip(network.groups, values, strict=True)
    }


def reciprocity(network: Network) -> float | None:
    """Share of arcs that are answered by an arc back (Wasserman & Faust 1994, ch. 13; arcs, not dyads)."""
    if not len(network.source):
        return None
    forward = network.source * network.size + network.target
    back = network.target * network.size + network.source
    return float(np.isin(forward, back, assume_unique=True).mean())


def mixing(network: Network, seen: Ints) -> dict[str, Any]:
    """The fields of the report that this file makes."""
    return {
        "assortativity": assortativity(network, seen),
        "modularity_units": modularity(network),
        "coleman": coleman(network, seen),
        "silo_index": silo_index(network, seen),
        "reciprocity": reciprocity(network),
    }
