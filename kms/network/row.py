"""What every imported file comes down to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Row:
    """One deed of one person towards another, named as the file names them; `line` is where it stands (0: no lines)."""

    source: str
    target: str
    kind: str
    at: datetime
    context: str = ""
    audience: int | None = None
    line: int = 0
