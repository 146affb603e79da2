"""The answer to "may I?": true or false, with a sentence for the reader."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Verdict:
    """Truthy when allowed. A refusal carries a stable `code`, a sentence and, for a lock, its facts."""

    allowed: bool
    code: str = ""
    message: str | Promise = ""
    detail: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refuse(code: str, message: str | Promise, **detail: Any) -> Verdict:
    """A refusal with a reason."""
    return Verdict(False, code, message, detail)


class Refused(Exception):
    """A deed was refused; `verdict` says why in the reader's words."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.message))
        self.verdict = verdict
