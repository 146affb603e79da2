"""Template tags: `{% load follow %}`."""

from __future__ import annotations

from typing import Any

from django import template

from intranet.content.models import Post
from intranet.notify.controls import COLUMNS, LOOKS, MENU, MUTE, control
from intranet.notify.following import NORMAL, level_of

register = template.Library()


@register.inclusion_tag(LOOKS[MENU], takes_context=True)
def hears(context: dict[str, Any], kind: str, subject: Any, level: str | None = "?") -> dict[str, Any]:
    """The button that opens the four levels of a `thread`, `community`, `topic` or `person`.

    `level` is what the reader chose, None or empty for nothing; without it one query asks.
    """
    if level == "?":
        level = level_of(context["request"].user, **{COLUMNS[kind]: subject})
    return _control(context, kind, subject, level or NORMAL, MENU)


@register.inclusion_tag(LOOKS[MUTE], takes_context=True)
def mutes(context: dict[str, Any], thread: Post, level: str) -> dict[str, Any]:
    """The button that mutes a thread, of which `level` is heard now, and hears it again."""
    return _control(context, "thread", thread, level, MUTE)


def _control(context: dict[str, Any], kind: str, subject: Any, level: str, look: str) -> dict[str, Any]:
    request = context["request"]
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        **control(kind, subject, level, back=request.get_full_path(), look=look),
    }
