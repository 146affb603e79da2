"""How much a report counts.

A flagger's accuracy is the share of their reports after which something was done, smoothed by a Beta(2, 2) prior:
(upheld + 2) / (decided + 4). Twice that is the weight of their next flag: 1 for somebody new, towards 2 for somebody
who is always right, towards 0 for somebody who never is. A weight is frozen when the flag comes.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q

from intranet.moderation.kinds import FlagSource
from intranet.moderation.models import Flag
from intranet.people.models import User
from intranet.settings.product import (
    FLAG_PRIOR,
    FLAGS_PER_DAY,
    FLAGS_PER_DAY_UNRELIABLE,
    HIDE_PEOPLE,
    HIDE_SCORE,
)

UNRELIABLE = 0.5
"""A weight below which reports are limited more."""


def weight_from(upheld: int, decided: int) -> float:
    """The weight of the next flag of somebody with so many reports decided and upheld: between 0 and 2."""
    return 2 * (upheld + FLAG_PRIOR) / (decided + 2 * FLAG_PRIOR)


def weight_of(person: User) -> float:
    """The weight of the next flag of `person`; one query."""
    told = Flag.objects.filter(reporter=person, source=FlagSource.FLAG).aggregate(
        decided=Count("pk", filter=Q(upheld__isnull=False)), upheld=Count("pk", filter=Q(upheld=True))
    )
    return weight_from(told["upheld"], told["decided"])


def flags_left(person: User, weight: float, now: datetime) -> int:
    """How many more posts `person` may report today."""
    most = FLAGS_PER_DAY_UNRELIABLE if weight < UNRELIABLE else FLAGS_PER_DAY
    since = now - timedelta(days=1)
    return most - Flag.objects.filter(reporter=person, source=FlagSource.FLAG, at__gt=since).count()


def hides(flags: Iterable[Flag]) -> bool:
    """Whether `flags` of one case together hide the post until somebody looks."""
    counted = list(flags)
    people = {flag.reporter_id for flag in counted if flag.reporter_id}
    return len(people) >= HIDE_PEOPLE and sum(flag.weight for flag in counted) >= HIDE_SCORE
