"""The threads that stand first."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from communities.pinning.models import Pin
from intranet.access import visibility
from intranet.access.readers import Reader, kind_of
from intranet.content.models import Space
from intranet.people.models import User
from intranet.runtime.prepared import Prepared


def _holding(*kind: bool, me: int, space: int, now: datetime) -> QuerySet[Pin]:
    seen = visibility.posts_seen_by(Reader(me, *kind), "post__")
    pins = Pin.objects.holding(now).filter(seen, space=space, post__space=space)
    return pins.select_related("post__author", "post__question_detail", "by")


_pins = Prepared(_holding)


def pins_in(space: Space, reader: User) -> list[Pin]:
    """The pins of `space` that hold and whose thread `reader` sees, newest first; one query."""
    return _pins.all(*kind_of(reader), me=reader.pk, space=space.pk, now=timezone.now())
