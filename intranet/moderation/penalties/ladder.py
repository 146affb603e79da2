"""How long the next silence of a person is: each one is longer than the last."""

from __future__ import annotations

from datetime import datetime, timedelta

from intranet.access import visibility
from intranet.content.models import Space
from intranet.moderation.models import Penalty
from intranet.moderation.penalties.models import PenaltyKind
from intranet.people.models import User
from intranet.settings.product import LADDER_MEMORY_DAYS, SILENCE_LADDER


def next_hours(person: User, *, seen_by: User, now: datetime) -> int:
    """Hours of the next silence of `person`: one step above the last year's silences that still stand.

    Only those count that `seen_by` may know of: in places that they moderate.
    """
    places = Space.objects.filter(visibility.spaces_moderated_by(seen_by))
    earlier = Penalty.objects.filter(
        person=person,
        kind=PenaltyKind.SILENCE,
        lifted_at=None,
        space__in=places,
        at__gt=now - timedelta(days=LADDER_MEMORY_DAYS),
    ).count()
    return SILENCE_LADDER[min(earlier, len(SILENCE_LADDER) - 1)]
