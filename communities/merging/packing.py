"""How ready answers, templates, unit rules and the communities below one go along, and come back."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communities.canned.models import Canned
from communities.charters.models import Charter
from communities.inviting.models import UnitRule
from communities.joining.models import Arrival
from communities.merging.belongings import Belonging, belongs
from communities.merging.models import Merger
from communities.openings.models import Opening
from intranet.content.models import Space
from intranet.text.lines import clean_line


def _named(name: str, label: Promise, model: type[Model], same: tuple[str, ...], most: int) -> Belonging:
    """A kind whose rows are told apart by their `name`, of `most` characters, and the fields `same`.

    Where the target has one of that name already, the one that comes says in its name where it came from.
    """

    def bring(merger: Merger) -> list[Any]:
        """Bring all; `[id, name before, name since]` of each."""
        brought = []
        there = _names(model, merger.target, same)
        for row in model.objects.filter(space=merger.source):
            key, before = tuple(getattr(row, field) for field in same), row.name
            row.name = _free(
                before, {taken for *others, taken in there if tuple(others) == key}, merger, most
            )
            row.space = merger.target
            row.save(update_fields=["space", "name"])
            there.add((*key, row.name))
            brought.append([row.pk, before, row.name])
        return brought

    def give_back(merger: Merger, brought: list[Any]) -> None:
        """Give back what still stands there; who renamed it since keeps the new name."""
        for pk, before, since in brought:
            for row in model.objects.filter(pk=pk, space=merger.target):
                row.space, row.name = merger.source, before if row.name == since else row.name
                row.save(update_fields=["space", "name"])

    return Belonging(name, label, lambda space: model.objects.filter(space=space).count(), bring, give_back)


def _names(model: type[Model], space: Space, same: tuple[str, ...]) -> set[tuple[str, ...]]:
    return set(model.objects.filter(space=space).values_list(*same, "name"))


def _free(name: str, taken: set[str], merger: Merger, most: int) -> str:
    """`name`, or where that is taken `name` with where it came from, numbered until it is free."""
    tail, n = f" ({clean_line(merger.source.name)[:30]})", 1
    found = name
    while found in taken:
        end = tail if n == 1 else f"{tail} {n}"
        found, n = name[: most - len(end)] + end, n + 1
    return found


def _bring_rules(merger: Merger) -> list[Any]:
    """Copy the rules by unit: those of the archived source sleep. Who came by a rule goes by it as well."""
    there = UnitRule.objects.filter(space=merger.target).values("unit")
    brought = []
    for row in UnitRule.objects.filter(space=merger.source).exclude(unit__in=there):
        rule = UnitRule.objects.create(
            space=merger.target,
            unit_id=row.unit_id,
            by=merger.answered_by,
            made=row.made,
            leaves_with_unit=row.leaves_with_unit,
        )
        people = Arrival.objects.filter(rule=row).values("membership__person")
        came = Arrival.objects.filter(membership__in=merger.before.get("members", []))
        came.filter(membership__person__in=people).update(rule=rule)
        brought.append(rule.pk)
    return brought


def _end_rules(_merger: Merger, brought: list[Any]) -> None:
    UnitRule.objects.filter(pk__in=brought).delete()


def _bring_parts(merger: Merger) -> list[Any]:
    """What stood below the source stands below the target, or beside it where that is a part itself: one level, no more.

    A target that was a part of the source stands by itself. `[charter, new parent]` of each.
    """
    own = Charter.objects.filter(space=merger.target).values_list("parent", flat=True).first()
    above = merger.target_id if own in (None, merger.source_id) else own
    brought = []
    for charter in Charter.objects.filter(parent=merger.source):
        charter.parent_id = None if charter.space_id in (merger.target_id, above) else above
        charter.save(update_fields=["parent"])
        brought.append([charter.pk, charter.parent_id])
    return brought


def _return_parts(merger: Merger, brought: list[Any]) -> None:
    for pk, parent in brought:
        Charter.objects.filter(pk=pk, parent=parent).update(parent=merger.source)


def _rules(space: Space) -> int:
    return UnitRule.objects.filter(space=space).count()


def _parts(space: Space) -> int:
    return Charter.objects.filter(parent=space).count()


belongs(_named("ready_answers", _("Ready answers"), Canned, (), most=80))
belongs(_named("templates", _("Templates"), Opening, ("kind",), most=60))
belongs(Belonging("unit_rules", _("Rules that add members by unit"), _rules, _bring_rules, _end_rules))
belongs(Belonging("parts", _("Communities below it"), _parts, _bring_parts, _return_parts))
