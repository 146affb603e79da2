"""The roles of Gould and Fernandez, and how many people of each group have them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

ROLES = {
    "coordinator": (
        _("between own people"),
        _(
            "All three are of the group: somebody in it turns to the broker, who turns to somebody else in it."
        ),
    ),
    "gatekeeper": (
        _("brings in from outside"),
        _("Somebody outside turns to the broker, who turns to somebody in the own group."),
    ),
    "representative": (
        _("carries out to others"),
        _("Somebody in the own group turns to the broker, who turns to somebody outside."),
    ),
    "itinerant": (
        _("between people of one other unit"),
        _("Both others are of one and the same other group; the broker comes from outside."),
    ),
    "liaison": (
        _("between two other units"),
        _("All three are of different groups."),
    ),
}
"""The roles of Gould and Fernandez: a short name, and what it says of three people of whom the first and the last have no tie."""


def roles() -> list[tuple[str, str]]:
    """The columns of the table of brokers: name and explanation."""
    return [(str(name), str(meaning)) for name, meaning in ROLES.values()]


def people(report: Mapping[str, Any], label: Callable[[str], str]) -> list[tuple[str, list[int | None]]]:
    """How many people of each group broker in each role; None where hidden."""
    found = report["brokerage"]["people"]
    return [(label(name), [found[name][role] for role in ROLES]) for name in report["tie_matrix"]["order"]]
