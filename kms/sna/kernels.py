"""What every engine can do, and in which shape it answers."""

from dataclasses import dataclass
from typing import Final, Literal, Protocol, get_args

from kms.sna.graph import Floats, Ints, Network

Method = Literal["leiden", "louvain"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)
"""How clusters are looked for; of equally good ones the first is taken, as Leiden never leaves a cluster in pieces."""


@dataclass(frozen=True)
class Cuts:
    """Undirected ties whose loss disconnects somebody, and people whose loss does."""

    bridges: list[tuple[int, int]]
    points: list[int]


@dataclass(frozen=True)
class Betweenness:
    """Betweenness of each person, and how exact it is.

    `method` is ``exact``, ``kadabra`` or ``none`` (then `values` is None). With probability `confidence` all values
    together are within `error` of the exact ones.
    """

    values: Floats | None
    method: str
    error: float = 0.0
    confidence: float = 1.0


class Engine(Protocol):
    """The walks over a network that are worth a compiled engine. Ties are undirected; people without ties are allowed."""

    @property
    def label(self) -> str:
        """Name and version, as the report prints it."""

    def clusters(self, network: Network, seed: int, method: Method = "leiden") -> Ints:
        """One seeded run of Louvain or Leiden by modularity: the cluster of each person, -1 for people without a tie."""

    def cuts(self, network: Network) -> Cuts:
        """Bridges and articulation points."""

    def core_numbers(self, network: Network) -> Ints:
        """Core number of each person."""

    def betweenness(self, network: Network, seed: int) -> Betweenness:
        """Share of shortest paths between two others through each person."""

    def constraint(self, network: Network) -> Floats:
        """Burt's constraint of each person; NaN without ties."""

    def effective_size(self, network: Network) -> Floats:
        """Burt's effective size of each person; NaN without ties."""
