"""Template tags: `{% load follow %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from intranet.notify.following import level_of
from intranet.notify.levels import HEADINGS, choices
from intranet.notify.models import Level
from intranet.notify.views.following import COLUMNS

register = template.Library()


@register.inclusion_tag("notify/level.html", takes_context=True)
def hears(context: dict[str, Any], kind: str, subject: Any, level: str | None = "?") -> dict[str, Any]:
    """The button that opens the four levels of a `thread`, `community`, `topic` or `person`.

    `level` is what the reader chose, None or empty for nothing; without it one query asks.
    """
    request = context["request"]
    if level == "?":
        level = level_of(request.user, **{COLUMNS[kind]: subject})
    key = {"thread": "public_id", "community": "slug", "topic": "slug", "person": "username"}[kind]
    name = getattr(subject, key)
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "url": reverse("notify:set_level", args=[kind, name]),
        "heading": HEADINGS[kind],
        "choices": choices(kind, level or Level.NORMAL),
        "level": level or Level.NORMAL,
        "label": Level(level or Level.NORMAL).label,
        "id": f"hear-{kind}-{name}",
        "next": request.get_full_path(),
    }
