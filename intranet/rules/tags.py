"""What templates of lower packages ask rules."""

from __future__ import annotations

from typing import Any

from django import template

from intranet.content.models import Post
from intranet.rules.waiting import waiting_for

register = template.Library()


@register.inclusion_tag("rules/waits.html")
def waits(post: Post) -> dict[str, Any]:
    """Why `post`, or a change of it, waits: under which clause, until when, and what comes next."""
    return {"post": post, "waiting": waiting_for(post)}
