"""What the pages of erasure ask of templates."""

from __future__ import annotations

from django import template

from intranet.keeping.holdings import Holding, holdings

register = template.Library()


@register.filter
def held(counts: dict[str, int] | None) -> list[tuple[Holding, int]]:
    """The holdings named in `counts`, with their counts, the largest first. What no longer exists is left out."""
    known = {holding.name: holding for holding in holdings()}
    rows = [(known[name], count) for name, count in (counts or {}).items() if name in known]
    return sorted(rows, key=lambda row: -row[1])
