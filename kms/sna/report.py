"""The one door: people and interactions in, a report that may be shown out."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from kms.sna import (
    brokerage,
    clusters,
    fragility,
    matrix,
    mixing,
    paths,
    persons,
    redundancy,
    resample,
    rollup,
    suppress,
)
from kms.sna.deeds import Deeds, deeds_of
from kms.sna.ei import ei
from kms.sna.engines import engine_of
from kms.sna.findings import findings
from kms.sna.graph import Network
from kms.sna.records import Coverage, Interaction, Person, Terms
from kms.sna.weave import weave

Progress = Callable[[int], None]
"""Told how much is done, in percent."""


def analyse(
    people: Sequence[Person],
    interactions: Iterable[Interaction] | Deeds,
    terms: Terms,
    progress: Progress = lambda percent: None,
) -> dict[str, Any]:
    """The whole report as a JSON-able dict; fields and definitions are in ``docs/mechanisms/sna.md``.

    Groups under the floor are rolled up before anything is counted, numbers on too few people are taken out before
    anything is told. Per-person values appear only with floor 1. The same input in any order, with the same terms,
    gives the same report but for ``meta.seconds``. Interactions that come as arrays are positions in `people`. Raises
    SnaError when there is nothing that may be reported.
    """
    began = time.perf_counter()
    listed = sorted(people, key=lambda person: person.id)
    rolled: dict[str, str] = {}
    if terms.suppresses:
        names, rolled = rollup.roll_up(listed, terms.floor)
        listed = _regrouped(listed, names)
    deeds = _placed(people, listed, interactions)
    network, coverage = weave(listed, deeds, terms, terms.window)
    progress(10)
    hidden = None
    while terms.suppresses and (hidden := suppress.hidden_pairs(network, terms.cell_floor)) is None:
        names, joined = rollup.join_smallest([person.group for person in listed])
        listed = _regrouped(listed, names)
        network = network.regrouped(names)
        rolled = {old: joined.get(new, new) for old, new in rolled.items()} | joined
    progress(20)
    report = {"meta": _meta(network, coverage, terms, rolled)} | _figures(network, terms, progress)
    if terms.against is not None:
        other, _ = weave(listed, deeds, terms, terms.against)
        report["change"] = _compare(network, other, terms)
    progress(95)
    if terms.suppresses:
        if hidden is not None:
            report["meta"]["hidden_cells"] = suppress.hide_cells(report, hidden)
        report["meta"]["hidden_broker_counts"] = suppress.hide_brokers(report["brokerage"], terms.cell_floor)
    report["findings"] = findings(report)
    report["meta"]["seconds"] = round(time.perf_counter() - began, 3)
    progress(100)
    return report


def _placed(
    given: Sequence[Person], listed: Sequence[Person], interactions: Iterable[Interaction] | Deeds
) -> Deeds:
    """The deeds as positions in `listed`; deeds that come as arrays are positions in `given`."""
    if not isinstance(interactions, Deeds):
        return deeds_of(listed, interactions)
    place = {person.id: position for position, person in enumerate(listed)}
    return interactions.renumbered(np.array([place[person.id] for person in given], np.int64))


def _regrouped(people: Sequence[Person], names: Sequence[str]) -> list[Person]:
    return [replace(person, group=name) for person, name in zip(people, names, strict=True)]


def _meta(network: Network, coverage: Coverage, terms: Terms, rolled: dict[str, str]) -> dict[str, Any]:
    """What the report rests on."""
    return {
        "definition": terms.definition,
        "window": terms.window.label if terms.window else None,
        "against": terms.against.label if terms.against else None,
        "people": network.size,
        "people_covered": int((network.degree > 0).sum()),
        "floor": terms.floor,
        "cell_floor": terms.cell_floor if terms.suppresses else 1,
        "groups": dict(zip(network.groups, network.sizes.tolist(), strict=True)),
        "rolled_up": len(rolled),
        "hidden_cells": 0,
        "rows": coverage.rows,
        "rows_used": coverage.used,
        "rows_left_out": dict(coverage.left_out),
        "broadcast_limit": terms.broadcast_limit,
        "broadcast": terms.broadcast,
        "half_life_days": terms.half_life,
        "kinds": None if terms.kinds is None else dict(sorted(terms.kinds.items())),
        "arcs": len(network.source),
        "ties": len(network.pairs),
        "engine": engine_of(terms.engine).label,
        "seed": terms.seed,
    }


def _figures(network: Network, terms: Terms, progress: Progress) -> dict[str, Any]:
    """Every figure, before anything is hidden."""
    engine = engine_of(terms.engine)
    seen = matrix.observed(network)
    figures: dict[str, Any] = {
        "ei": ei(network, permutations=terms.permutations, seed=terms.seed),
        "tie_matrix": matrix.tie_matrix(network),
        "sums": matrix.sums(network, seen),
    }
    figures |= mixing.mixing(network, seen)
    figures["between"] = redundancy.between(network)
    progress(35)
    roles = brokerage.roles(network)
    figures["brokerage"] = brokerage.brokerage(network, roles)
    figures |= fragility.fragility(network, engine)
    progress(50)
    figures |= paths.paths(network, terms.seed)
    cell_floor = terms.cell_floor if terms.suppresses else 1
    figures["clusters"] = clusters.clusters(network, terms.cluster_seeds, engine, cell_floor)
    progress(70)
    figures["intervals"] = resample.intervals(network, seen, draws=terms.draws, seed=terms.seed)
    if not terms.suppresses:
        between = engine.betweenness(network, terms.seed)
        figures["person"] = persons.person_values(network, roles, engine, between)
        figures["betweenness"] = {name: getattr(between, name) for name in ("method", "error", "confidence")}
    progress(85)
    return figures


def _compare(network: Network, other: Network, terms: Terms) -> dict[str, Any]:
    """Change from the earlier of the two windows to the later."""
    assert terms.against is not None
    later = terms.window is None or terms.window.start >= terms.against.start
    before, after = (other, network) if later else (network, other)
    return resample.change(before, after, draws=terms.draws, seed=terms.seed)
