"""The control with which somebody chooses what they hear of a thing: what its templates need."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from intranet.notify.levels import HEADINGS, MEANINGS, choices
from intranet.notify.models import Level

COLUMNS: Final = {"thread": "post", "community": "space", "topic": "tag", "person": "whom"}
"""Where a choice about each kind of thing stands in `Follow`."""
KEYS: Final = {"thread": "public_id", "community": "slug", "topic": "slug", "person": "username"}
"""What each kind of thing is called by in an address."""
MENU, MUTE = "menu", "mute"
LOOKS: Final = {MENU: "notify/level.html", MUTE: "notify/mute.html"}
"""A button with all four levels, or one that mutes and hears again."""


def control(kind: str, subject: Any, level: str, *, back: str, look: str = MENU) -> dict[str, Any]:
    """What a template of `LOOKS` shows of `subject`, of which `level` is heard; without scripts one comes `back`."""
    name = getattr(subject, KEYS[kind])
    label = Level(level).label
    return {
        "url": reverse("notify:set_level", args=[kind, name]),
        "id": f"hear-{kind}-{name}",
        "heading": HEADINGS[kind],
        "choices": choices(kind, level),
        "level": level,
        "label": label,
        "said": f"{label}: {MEANINGS[kind][level]}",
        "subject": subject,
        "next": back,
        "look": look,
    }
