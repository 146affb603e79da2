"""What goes in: people, interactions between them, and the terms under which they are read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, Literal, get_args

import numpy as np
import numpy.typing as npt

Definition = Literal["any", "reciprocated", "weighted"]
DEFINITIONS: Final[tuple[str, ...]] = get_args(Definition)

Broadcast = Literal["out", "shared", "counted"]
BROADCASTS: Final[tuple[str, ...]] = get_args(Broadcast)

EngineName = Literal["networkit", "arrays", "networkx"]
ENGINES: Final[tuple[str, ...]] = get_args(EngineName)

HALF_LIVES: Final = (7, 30, 90)
"""Days after which a deed weighs half, where age counts at all: a week, a month, a quarter."""

UNASSIGNED: Final = "unassigned"
"""Group of a person whose group was left empty."""

OTHER: Final = "other"
"""Group into which top-level groups under the floor are rolled up."""

EVERYONE: Final = "everyone"
"""The only group, when groups cannot be shown apart."""


class SnaError(ValueError):
    """Input that cannot be analysed. The message is one sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person: an opaque id and the group, which may be a path such as ``Works/Line 3``.

    `stratum` is what groups must not be blamed for, such as a site or a level: see :func:`kms.sna.ei.ei`.
    """

    id: str
    group: str = UNASSIGNED
    stratum: str = ""


@dataclass(frozen=True, slots=True)
class Interaction:
    """One deed of `source` towards `target`; `at` in epoch seconds; `audience_size` counts the receivers."""

    source: str
    target: str
    kind: str = ""
    at: float | None = None
    weight: float = 1.0
    audience_size: int | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of time, ``start <= at < end``, in epoch seconds.

    >>> Window.parse("2024-01-01,2024-02-01").label
    '2024-01-01,2024-02-01'
    >>> Window(0, 10).holds(10)
    False
    """

    start: float
    end: float
    label: str = ""

    @classmethod
    def parse(cls, text: str) -> "Window":
        """Read ``FROM,TO`` (each ISO 8601 or epoch seconds). Raises SnaError."""
        parts = [part.strip() for part in text.split(",")]
        if len(parts) != 2 or not all(parts):
            raise SnaError(f"A window is written FROM,TO; got '{text}'.")
        start, end = (moment(part) for part in parts)
        if start >= end:
            raise SnaError(f"The window '{text}' ends before it begins.")
        return cls(start, end, ",".join(parts))

    def holds(self, at: float | None) -> bool:
        """Whether a deed at this moment is inside; a deed without a time never is."""
        return at is not None and self.start <= at < self.end


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one report. They are printed on it, so that nobody has to guess what a tie was.

    `floor` is the smallest group that is named: 1 shows everything (public data sets), otherwise 5 or more.
    `cell_floor` is the smallest number of distinct people behind one number of the matrix.
    `broadcast_limit` is the largest audience that still counts as talking to somebody; what goes to more is left
    out, shared out, or counted as if said to each alone (`broadcast`). `kinds` says what one deed of each kind weighs; other kinds are left out. `half_life` in
    days lets old deeds weigh less, where ties are weighed.
    """

    definition: Definition = "any"
    window: Window | None = None
    against: Window | None = None
    floor: int = 10
    cell_floor: int = 5
    broadcast_limit: int = 5
    broadcast: Broadcast = "out"
    half_life: int | None = None
    kinds: Mapping[str, float] | None = None
    permutations: int = 10_000
    draws: int = 2_000
    cluster_seeds: int = 20
    seed: int = 0
    engine: EngineName = "networkit"

    def __post_init__(self) -> None:
        if self.definition not in DEFINITIONS:
            raise SnaError(f"A tie is one of {', '.join(DEFINITIONS)}; got '{self.definition}'.")
        if self.broadcast not in BROADCASTS:
            raise SnaError(f"Broadcasts are one of {', '.join(BROADCASTS)}; got '{self.broadcast}'.")
        if self.engine not in ENGINES:
            raise SnaError(f"An engine is one of {', '.join(ENGINES)}; got '{self.engine}'.")
        if self.half_life is not None and self.half_life not in HALF_LIVES:
            raise SnaError(
                f"A half-life is {', '.join(map(str, HALF_LIVES))} days or none; got {self.half_life}."
            )
        if self.half_life and self.definition != "weighted":
            raise SnaError("A half-life needs ties that are weighed: use the definition 'weighted'.")
        if self.kinds is not None and not all(weight >= 0 for weight in self.kinds.values()):
            raise SnaError("The weight of a kind is a number from 0 up.")
        if self.floor != 1 and self.floor < 5:
            raise SnaError(f"The floor is 1 (show everything) or at least 5; got {self.floor}.")

    @property
    def suppresses(self) -> bool:
        """Whether small numbers are kept back."""
        return self.floor > 1

    def kind_weights(self, kinds: tuple[str, ...]) -> npt.NDArray[np.float64]:
        """What one deed of each of these kinds weighs; NaN for kinds that are left out."""
        chosen = self.kinds
        return np.array([1.0 if chosen is None else chosen.get(name, np.nan) for name in kinds])


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many rows became ties, and why the others did not."""

    rows: int
    used: int
    left_out: Mapping[str, int] = field(default_factory=dict)


def moment(text: str) -> float:
    """Epoch seconds of an ISO 8601 time or of a number of seconds; times without a zone are UTC.

    >>> moment("1970-01-02"), moment("86400"), moment("1970-01-01T02:00:00+02:00")
    (86400.0, 86400.0, 0.0)
    """
    text = text.strip()
    if text.replace(".", "", 1).lstrip("-").isdecimal() and text.count("-") <= 1:
        return float(text)
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise SnaError(f"'{text}' is neither an ISO 8601 time nor a number of seconds.") from None
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
