"""Choosing what to hear of. Taking part in a thread counts as following it; only other choices are stored."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.verdict import Refused, refuse
from intranet.content.models import Post, Space, Tag
from intranet.moderation.checks import NOT_FOUND, NOTHING_HERE
from intranet.notify.models import Follow, Level
from intranet.people.models import User

NORMAL = "normal"


def follow(
    *, person: User, level: str, post: Post | None = None, space: Space | None = None, tag: Tag | None = None
) -> None:
    """Make `level` what `person` hears of a thread, a space or a topic; `normal` takes a choice back.

    Raises `Refused` for an unknown level and for what the person may not see.
    """
    if level not in (*Level.values, NORMAL):
        raise Refused(refuse("bad_level", _("Choose watching, following, normal or muted.")))
    if (post and not visibility.sees_post(person, post)) or (
        space and not visibility.sees_space(person, space)
    ):
        raise Refused(refuse(NOT_FOUND, NOTHING_HERE))
    target: dict[str, Any] = {"post": post, "space": space, "tag": tag}
    if level == NORMAL:
        Follow.objects.filter(person=person, **target).delete()
    else:
        Follow.objects.update_or_create(person=person, **target, defaults={"level": level})


def level_of(person: User, *, post: Post) -> str:
    """What `person` chose for a thread: a level, or `normal`."""
    return Follow.objects.filter(person=person, post=post).values_list("level", flat=True).first() or NORMAL
