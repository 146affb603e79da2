"""Engines: who does the heavy walks over the network. All give the same figures; they differ in speed.

* ``networkit`` (the rule): compiled walks for betweenness, clusters and cores; arrays for the rest.
* ``arrays``: numpy and scipy alone; clusters by networkx.
* ``networkx``: the oracle, everything in plain Python; for checks and small networks.
"""

from typing import Final

from kms.sna.engines.by_arrays import Arrays
from kms.sna.engines.by_networkit import Networkit
from kms.sna.engines.by_networkx import Networkx
from kms.sna.engines.kernels import Betweenness, Cuts, Engine
from kms.sna.records import EngineName

_ENGINES: Final[dict[str, type[Arrays]]] = {"networkit": Networkit, "arrays": Arrays, "networkx": Networkx}


def engine_of(name: EngineName) -> Engine:
    """The engine of this name; names are checked by :class:`kms.sna.records.Terms`."""
    return _ENGINES[name]()


__all__ = ["Betweenness", "Cuts", "Engine", "engine_of"]
