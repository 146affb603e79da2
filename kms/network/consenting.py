"""The network of the people who said that they may be shown by name, and its drawing."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx
import numpy as np

from intranet.people.models import User
from intranet.settings import product
from kms.network import freezing, sources
from kms.network.computing import terms_of
from kms.network.models import Freeze, Snapshot
from kms.sna.weave import weave

SIDE, EDGE = 1000, 50
"""Width and height of the field in which people are drawn, and what stays free around them."""


def of_people(snapshot: Snapshot) -> nx.Graph | None:
    """People who consent as nodes (`label`, `unit`), ties between two of them as edges. None when they are fewer than the
    floor of groups, more than can be drawn, or when the report is too old.
    """
    frozen = Freeze.objects.filter(snapshot=snapshot).first()
    if frozen is None:
        return None
    shown = {str(person.pk): person for person in _consenting()}
    if not product.SNA_FLOOR <= len(shown) <= product.SNA_DRAWN_PEOPLE:
        return None
    given = freezing.thaw(frozen)
    terms = terms_of(snapshot, given)
    deeds = sources.deeds(given, snapshot.definition)
    network, _ = weave(given.everybody, deeds, terms, terms.window)
    graph = nx.Graph()
    for name in network.ids:
        if name in shown:
            person = shown[name]
            unit = person.unit.label if person.unit else ""
            graph.add_node(name, label=person.display_name, unit=unit, colour=person.colour)
    pairs = network.pairs
    for left, right in zip(pairs.left.tolist(), pairs.right.tolist(), strict=True):
        one, other = network.ids[left], network.ids[right]
        if one in graph and other in graph:
            graph.add_edge(one, other)
    return graph if len(graph) >= product.SNA_FLOOR else None


def _consenting() -> list[User]:
    people = sources.counted().filter(network_standing__named=True).select_related("unit").order_by("pk")
    return list(people[: product.SNA_DRAWN_PEOPLE + 1])


@dataclass(frozen=True)
class Dot:
    """A person in the drawing."""

    label: str
    unit: str
    colour: int
    x: float
    y: float
    ties: int


@dataclass(frozen=True)
class PeopleDrawing:
    """Who is where, and one path for all ties."""

    dots: list[Dot]
    ties: str
    count: int


def drawing(graph: nx.Graph) -> PeopleDrawing:
    """A drawing of at most 2,000 people; who has no tie stands in a row below. The same graph gives the same drawing."""
    at = _places(graph)
    dots = [
        Dot(data["label"], data["unit"], data["colour"], at[name][0], at[name][1], graph.degree[name])
        for name, data in graph.nodes(data=True)
    ]
    ties = "".join(f"M{at[a][0]} {at[a][1]}L{at[b][0]} {at[b][1]}" for a, b in graph.edges)
    return PeopleDrawing(dots, ties, graph.number_of_edges())


def _places(graph: nx.Graph) -> dict[str, tuple[float, float]]:
    """Where each person is drawn."""
    tied = graph.subgraph([name for name in graph if graph.degree[name]])
    alone = [name for name in graph if not graph.degree[name]]
    at: dict[str, tuple[float, float]] = {
        name: (round(EDGE + (SIDE - 2 * EDGE) * (place + 0.5) / len(alone), 1), float(SIDE - EDGE))
        for place, name in enumerate(alone)
    }
    if not tied:
        return at
    spread = 3 / np.sqrt(len(tied))
    layout = nx.spring_layout(tied, seed=0, k=spread, iterations=120 if len(tied) < 500 else 20)
    points = np.array(list(layout.values()))
    low, high = points.min(axis=0), points.max(axis=0)
    room = np.array([SIDE - 2 * EDGE, SIDE - (4 if alone else 2) * EDGE])
    for name, point in zip(layout, (points - low) / np.maximum(high - low, 1e-9) * room + EDGE, strict=True):
        at[name] = (round(float(point[0]), 1), round(float(point[1]), 1))
    return at
