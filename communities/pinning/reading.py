"""The threads that stand first."""

from __future__ import annotations

from django.utils import timezone

from communities.pinning.models import Pin
from intranet.access import visibility
from intranet.content.models import Space
from intranet.people.models import User


def pins_in(space: Space, reader: User) -> list[Pin]:
    """The pins of `space` that hold and whose thread `reader` sees, newest first; one query."""
    seen = visibility.posts_seen_by(reader, "post__")
    return list(
        Pin.objects.holding(timezone.now())
        .filter(seen, space=space, post__space=space)
        .select_related("post__author", "post__question_detail", "by")
    )
