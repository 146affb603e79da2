"""A stored report as a page shows it: group names in the reader's language, figures as charts, findings as sentences."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext, pgettext

from kms.network import alerts, brokers, charts, made
from kms.network.models import Snapshot
from kms.network.names import Group, Names
from kms.sna.findings import SILO_LEVEL

PARTS = {
    "ei": "#ei-made",
    "no_silo": "#silo-made",
    "fragile": "#fragile",
    "change": "#change-made",
}
"""Where on the page a sentence that names no group is shown in figures."""

_ISOLATED = re.compile("[\u2068\u2066]([^\u2069]*)\u2069")


class Report:
    """One finished snapshot, ready for its template. Costs one query, for the names of the units."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.data: dict[str, Any] = snapshot.report or {}
        self.meta: dict[str, Any] = self.data["meta"]
        self.matrix: dict[str, Any] = self.data["tie_matrix"]
        self.order: list[str] = self.matrix["order"]

    @cached_property
    def groups(self) -> Names:
        """Each group of the report with its names."""
        return Names(self.order)

    def label(self, name: str) -> str:
        return self.groups.label(name)

    # What the report rests on

    @property
    def covered_share(self) -> int:
        return round(100 * self.meta["people_covered"] / max(self.meta["people"], 1))

    @property
    def cells(self) -> int:
        """All cells of the matrix, shown or hidden."""
        return len(self.order) ** 2

    # In short

    @cached_property
    def findings(self) -> list[dict[str, Any]]:
        """The sentences of the report in the reader's language, names isolated."""
        key = "text_he" if get_language() == "he" else "text_en"
        return [
            finding
            | {
                "text": self._sentence(finding[key]),
                "plain": self._plain(finding[key]),
                "address": self._figures_of(finding),
            }
            for finding in self.data["findings"]
        ]

    def _figures_of(self, finding: dict[str, Any]) -> str:
        """The address of what a sentence is made of: a pair of groups, or a part of the page."""
        groups = finding["groups"]
        return self._address(groups[0], groups[-1]) if groups else PARTS.get(finding["kind"], "")

    def _plain(self, text: str) -> str:
        """A sentence for mail: names in the reader's language, isolated by the marks that are there."""
        return _ISOLATED.sub(lambda found: f"\u2068{self.label(found[1])}\u2069", text)

    def _sentence(self, text: str) -> SafeString:
        def isolate(found: re.Match[str]) -> str:
            way = "ltr" if found[0].startswith("\u2066") else "auto"
            return format_html('<bdi dir="{}">{}</bdi>', way, self.label(found[1]))

        parts, end = [], 0
        for found in _ISOLATED.finditer(text):
            parts += [escape(text[end : found.start()]), isolate(found)]
            end = found.end()
        return mark_safe("".join([*parts, escape(text[end:])]))

    @property
    def between(self) -> dict[str, Any]:
        """The shown pairs of groups, both ways together; reports of before the core told them have none."""
        return self.data.get("between", {})

    @cached_property
    def below(self) -> list[tuple[str, str, int, str, str]]:
        """The pairs that are surely below chance: both names, ties, expected ties, address; furthest below first."""
        found = [
            (pair["ties"] - pair["expected"], *alerts.pair_names(self.data, key), pair)
            for key, pair in self.between.items()
            if alerts.is_below(pair)
        ]
        return [
            (
                self.label(one),
                self.label(other),
                pair["ties"],
                charts.number(pair["expected"]),
                self._address(one, other),
            )
            for _, one, other, pair in sorted(found, key=lambda row: row[:3])
        ]

    @property
    def pairs(self) -> tuple[int, int]:
        """Shown pairs of groups that are surely below chance, and all shown pairs."""
        return len(self.below), len(self.between)

    @property
    def fragile(self) -> tuple[int, int] | None:
        """Tied pairs of groups that hang on one person, and all tied pairs; None where it could be guessed which."""
        found = self.data.get("fragile_pairs")
        return (found["on_one_person"], found["tied"]) if found else None

    @property
    def ei(self) -> str:
        value = self.data["ei"]["undirected"]["ei"]
        return "" if value is None else charts.number(value, signed=True)

    @property
    def ei_expected(self) -> str:
        value = self.data["ei"]["expected"]
        return "" if value is None else charts.number(value, signed=True)

    @property
    def ei_interval(self) -> str:
        limits = self.data["intervals"]["ei"]
        return f"{charts.number(limits[0], True)} … {charts.number(limits[1], True)}" if limits else ""

    # Figures

    @cached_property
    def rows(self) -> list[tuple[Group, list[tuple[charts.Cell, str]]]]:
        """The matrix: each group with its cells and the addresses that open them."""
        return [
            (
                self.groups[name],
                [(cell, self._address(name, other)) for cell, other in zip(row, self.order, strict=True)],
            )
            for name, row in zip(self.order, charts.cells(self.matrix), strict=True)
        ]

    def _address(self, sender: str, receiver: str) -> str:
        address = reverse("network:pair", args=[self.snapshot.pk])
        return f"{address}?{urlencode({'from': sender, 'to': receiver})}"

    @property
    def columns(self) -> list[Group]:
        return [self.groups[name] for name in self.order]

    @cached_property
    def silo(self) -> charts.Dots:
        """How closed each group is, the most closed first; red where the whole interval is above the agreed level."""
        limits = self.data["intervals"]["silo_index"]
        known = {name: value for name, value in self.data["silo_index"].items() if value is not None}
        values = []
        for name, value in sorted(known.items(), key=lambda item: -item[1]):
            span = tuple(limits[name]) if limits.get(name) else None
            hot = "pt--hot" if span and span[0] > SILO_LEVEL else ""
            values.append((self.label(name), value, span, hot))
        low = min([0.0, *known.values()])
        return charts.dots(values, -0.5 if low < 0 else 0.0, 1.0, zero=0.0 if low < 0 else None)

    @property
    def hidden_silos(self) -> int:
        return sum(value is None for value in self.data["silo_index"].values())

    @cached_property
    def outward(self) -> charts.Dots:
        """E-I of the whole and of each group, each against the value that chance would give it."""
        ei = self.data["ei"]
        limits = self.data["intervals"]["ei"]
        values: list[Any] = []
        expected: list[float | None] = []
        if ei["undirected"]["ei"] is not None:
            span = tuple(limits) if limits else None
            values.append((gettext("All groups together"), ei["undirected"]["ei"], span, ""))
            expected.append(ei["expected"])
        for name in self.order:
            counts = ei["per_group"][name]
            if counts and counts["ei"] is not None:
                values.append((self.label(name), counts["ei"], None, ""))
                expected.append(made.by_chance(self.data, name))
        return charts.dots(values, -1, 1, signed=True, zero=0, expected=expected)

    @cached_property
    def made_outward(self) -> list[made.Outward]:
        return made.outward(self.data, self.label)

    @cached_property
    def made_inward(self) -> list[tuple[made.Inward, str]]:
        """What each silo index is made of, and the address that opens its cell."""
        return [(row, self._address(row.name, row.name)) for row in made.inward(self.data, self.label)]

    @cached_property
    def sizes(self) -> list[made.Size]:
        return made.sizes(self.data, self.label)

    @cached_property
    def change(self) -> charts.Dots | None:
        """Change of E-I between the periods; an open dot when the interval includes no change."""
        change = self.data.get("change", {}).get("ei", {})
        if change.get("lo") is None:
            return None
        kind = "" if change["significant"] else "pt--open"
        span = (change["lo"], change["hi"])
        reach = max(0.1, abs(span[0]), abs(span[1])) * 1.2
        label = pgettext("chart", "E-I index")
        return charts.dots([(label, change["difference"], span, kind)], -reach, reach, signed=True, zero=0)

    @property
    def made_change(self) -> dict[str, str]:
        """What the change is made of: E-I before and after, and their difference."""
        change = self.data["change"]["ei"]
        return {key: charts.number(change[key], True) for key in ("before", "after", "difference")}

    @cached_property
    def drawing(self) -> charts.Drawing:
        return charts.drawing(self.matrix, self.meta["groups"], mirrored=get_language_bidi())

    @property
    def nodes(self) -> list[tuple[charts.Node, Group, int]]:
        """Circles with their names and a colour."""
        return [
            (node, self.groups[node.name], place % 8 + 1) for place, node in enumerate(self.drawing.nodes)
        ]

    @cached_property
    def brokers(self) -> list[tuple[str, list[int | None]]]:
        return brokers.people(self.data, self.label)

    @property
    def roles(self) -> list[tuple[str, str]]:
        return brokers.roles()

    @cached_property
    def made_clusters(self) -> list[made.Spread]:
        return made.spreads(self.data, self.label)

    @property
    def clusters(self) -> dict[str, Any]:
        """Real clusters against units; figures in words."""
        found = self.data["clusters"]
        low, high = found.get("modularity_range") or (None, None)
        numbers = {key: found[key] for key in ("modularity", "nmi", "ari", "ami")} | {
            "low": low,
            "high": high,
        }
        return found | {key: "–" if value is None else charts.number(value) for key, value in numbers.items()}

    @property
    def modularity_units(self) -> str:
        value = self.data["modularity_units"]
        return "–" if value is None else charts.number(value)
