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

NORMAL = Level.NORMAL


def follow(
    *,
    person: User,
    level: str,
    post: Post | None = None,
    space: Space | None = None,
    tag: Tag | None = None,
    whom: User | None = None,
) -> None:
    """Make `level` what `person` hears of a thread, a space, a topic or a colleague; `normal` takes a choice back.

    Raises `Refused` for an unknown level, for what the person may not see, and for themselves.
    """
    if level not in Level.values:
        raise Refused(refuse("bad_level", _("Choose watching, following, normal or muted.")))
    if whom and whom.pk == person.pk:
        raise Refused(refuse("bad_follow", _("Nobody follows themselves.")))
    if (
        (post and not visibility.sees_post(person, post))
        or (space and not visibility.sees_space(person, space))
        or (whom and not visibility.sees_person(person, whom))
    ):
        raise Refused(refuse(NOT_FOUND, NOTHING_HERE))
    target: dict[str, Any] = {"post": post, "space": space, "tag": tag, "whom": whom}
    if level == NORMAL:
        Follow.objects.filter(person=person, **target).delete()
    else:
        Follow.objects.update_or_create(person=person, **target, defaults={"level": level})


def end_follows(person: User, space: Space) -> None:
    """Forget what `person` followed in `space`, which they leave. What they muted stays muted."""
    inside = Follow.objects.filter(person=person, space=space) | Follow.objects.filter(
        person=person, post__space=space
    )
    inside.exclude(level=Level.MUTED).delete()


def level_of(person: User, **target: Any) -> str:
    """What `person` chose for `post=`, `space=`, `tag=` or `whom=`: a level, or `normal`."""
    return Follow.objects.filter(person=person, **target).values_list("level", flat=True).first() or NORMAL
