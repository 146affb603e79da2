"""The network as a graph for other programs: groups as nodes, or people who consented to be shown.

GraphML and GEXF are written by networkx. Hidden cells are no edges; what is hidden on the page is hidden here.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

import networkx as nx

from kms.network.exports import FACTS

FIGURES: Final = ("observed", "expected_degree", "log2_ratio", "q")


def of_groups(report: Mapping[str, Any]) -> nx.DiGraph:
    """Groups with their people as nodes, shown cells of the matrix as edges."""
    graph = nx.DiGraph(**{name: str(report["meta"].get(name)) for name in FACTS})
    matrix = report["tie_matrix"]
    for name in matrix["order"]:
        graph.add_node(name, label=name, people=report["meta"]["groups"][name])
    for g, sender in enumerate(matrix["order"]):
        for h, receiver in enumerate(matrix["order"]):
            if matrix["observed"][g][h]:
                figures = {name: float(matrix[name][g][h]) for name in FIGURES}
                graph.add_edge(sender, receiver, weight=figures["observed"], **figures)
    return graph


def as_graphml(graph: nx.Graph) -> bytes:
    out = io.BytesIO()
    nx.write_graphml(graph, out)
    return out.getvalue()


def as_gexf(graph: nx.Graph) -> bytes:
    out = io.BytesIO()
    nx.write_gexf(graph, out)
    return out.getvalue()
