"""Names of groups in the reader's language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.people.models import OrgUnit
from kms.sna.records import EVERYONE, OTHER, UNASSIGNED

MADE = {OTHER: _("Small groups together"), EVERYONE: _("Everyone"), UNASSIGNED: _("Without a unit")}
"""Groups that the analysis makes."""


@dataclass(frozen=True)
class Group:
    """A group as a page names it: the whole label and a short code for the head of a column."""

    label: str
    code: str


class Names:
    """The groups of one report by the names that the analysis has for them. One query.

    A unit of which parts are groups of their own stands for its other people only, and is named so.
    """

    def __init__(self, groups: Collection[str]) -> None:
        units = {unit.path: unit for unit in OrgUnit.objects.filter(path__in=groups)}
        above = {name[:end] for name in groups for end, sign in enumerate(name) if sign == "/"}
        self._groups = {name: self._group(name, units.get(name), name in above) for name in groups}

    @staticmethod
    def _group(name: str, unit: OrgUnit | None, divided: bool) -> Group:
        label = unit.label if unit else str(MADE.get(name, name.rpartition("/")[2]))
        code = unit.code if unit and unit.code else label
        return Group(gettext("%(unit)s, the rest") % {"unit": label} if divided else label, code)

    def __getitem__(self, name: str) -> Group:
        return self._groups[name]

    def label(self, name: str) -> str:
        """The label of a group; a name that is none stays as it is."""
        return self._groups[name].label if name in self._groups else name
