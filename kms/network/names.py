"""Names of groups in the reader's language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.content.models import Tag
from intranet.people.models import OrgUnit
from kms.forums.reading import TOPIC
from kms.sna.records import EVERYONE, OTHER, UNASSIGNED

MADE = {
    OTHER: _("Small groups together"),
    EVERYONE: _("Everyone"),
    UNASSIGNED: _("Without a unit"),
    TOPIC: _("Other topics"),
}
"""Groups that the analysis makes."""


@dataclass(frozen=True)
class Group:
    """A group as a page names it: the whole label and a short code for the head of a column."""

    label: str
    code: str


class Names:
    """The groups of one report by the names that the analysis has for them. One query, for topics one more.

    A unit of which parts are groups of their own stands for its other people only, and is named so.
    """

    def __init__(self, groups: Collection[str]) -> None:
        known = {
            unit.path: Group(unit.label, unit.code or unit.label)
            for unit in OrgUnit.objects.filter(path__in=groups)
        }
        topics = [name.removeprefix(TOPIC) for name in groups if name.startswith(TOPIC)]
        if topics:
            tags = Tag.objects.filter(slug__in=topics)
            known |= {TOPIC + tag.slug: Group(tag.label, tag.label) for tag in tags}
        above = {name[:end] for name in groups for end, sign in enumerate(name) if sign == "/"}
        self._groups = {name: self._group(name, known.get(name), name in above) for name in groups}

    @staticmethod
    def _group(name: str, known: Group | None, divided: bool) -> Group:
        if known is None:
            label = str(MADE.get(name, name.rpartition("/")[2]))
            known = Group(label, label)
        return (
            replace(known, label=gettext("%(unit)s, the rest") % {"unit": known.label}) if divided else known
        )

    def __getitem__(self, name: str) -> Group:
        return self._groups[name]

    def label(self, name: str) -> str:
        """The label of a group; a name that is none stays as it is."""
        return self._groups[name].label if name in self._groups else name
