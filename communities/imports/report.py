"""What an import carried over and what it did not, with counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Report:
    """Counts by what was counted, in the words that are shown.

    `carried` is new here since this run, `known` was here already, `changed` arrived as something else than it
    was, `left` was in the dump and is not here.
    """

    community: str
    carried: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    left: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        groups = [
            (f"Carried into {self.community}", self.carried),
            ("Here already", self.known),
            ("Carried in another form", self.changed),
            ("Not carried", self.left),
        ]
        return "\n".join(_group(title, counts) for title, counts in groups if counts.total())


def _group(title: str, counts: Counter[str]) -> str:
    rows = [f"  {count:>8,}  {words}" for words, count in counts.items() if count]
    return "\n".join([f"{title}:", *rows])
