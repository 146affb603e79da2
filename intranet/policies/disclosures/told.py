"""How a disclosure is said in one line: by a form, a program and a draft alike.

`interest` says that there is one, `outside=DIN 3990` says more about it, `!interest` says that there is none, and
`on_behalf=LAB` names the unit or the leader for whom one speaks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.policies.kinds import DisclosureKind
from intranet.text.lines import clean_line

DENIED = "!"
DETAILS = "="
LONGEST = 200


@dataclass(frozen=True)
class Told:
    """One disclosure as it was said; `denied` says that there is nothing of this kind to disclose."""

    kind: str
    text: str = ""
    denied: bool = False

    def __str__(self) -> str:
        if self.denied:
            return f"{DENIED}{self.kind}"
        return f"{self.kind}{DETAILS}{self.text}" if self.text else self.kind


def read(said: Iterable[str]) -> list[Told]:
    """The lines understood, the last one of each kind. Raises `Refused` for a kind that does not exist."""
    found: dict[str, Told] = {}
    for line in said:
        denied = line.startswith(DENIED)
        kind, _equals, text = line.removeprefix(DENIED).partition(DETAILS)
        if kind not in DisclosureKind.values:
            raise Refused(refuse("bad_disclosure", _("One of these disclosures is not known here.")))
        found[kind] = Told(kind, "" if denied else clean_line(text)[:LONGEST], denied)
    return list(found.values())
