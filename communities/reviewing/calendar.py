"""What the calendar does about charters: opens the review on its day, brings it up again, hands it on."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from communities.charters.models import Charter
from communities.joining.requests import deciders
from communities.reviewing.models import UNDECIDED, Review
from communities.verbs import REVIEW_DUE, REVIEW_ESCALATED, REVIEW_REMINDED
from intranet.access import visibility
from intranet.activity.log import record
from intranet.activity.verbs import Verb
from intranet.content.models import Space
from intranet.people.models import User
from intranet.people.roles import Role
from intranet.settings.product import REVIEW_ESCALATE_DAYS, REVIEW_REMIND_DAYS


def look_at_charters(now: datetime | None = None) -> int:
    """Open, remind and escalate what is due; how many reviews were touched. Safe to run at any time and twice."""
    moment = now or timezone.now()
    return _open_due(moment) + _remind(moment) + _escalate(moment)


def _open_due(now: datetime) -> int:
    waiting = Review.objects.filter(space=OuterRef("space"), decision__in=UNDECIDED)
    due = Charter.objects.filter(
        review_date__lte=timezone.localdate(now), space__archived_at=None, space__kind="community"
    )
    opened = 0
    for charter in due.exclude(Exists(waiting)).select_related("space", "owner"):
        with transaction.atomic():
            review, made = Review.objects.get_or_create(
                space=charter.space,
                decision__in=UNDECIDED,
                defaults={"due": charter.review_date, "opened": now},
            )
            if made:
                _tell(REVIEW_DUE, review.space, deciders(review.space), now)
                opened += 1
    return opened


def _remind(now: datetime) -> int:
    late = Review.objects.filter(
        decision__in=UNDECIDED, reminded=None, opened__lte=now - timedelta(days=REVIEW_REMIND_DAYS)
    )
    return sum(_mark(review.pk, "reminded", REVIEW_REMINDED, now) for review in late)


def _escalate(now: datetime) -> int:
    late = Review.objects.filter(
        decision__in=UNDECIDED, escalated=None, opened__lte=now - timedelta(days=REVIEW_ESCALATE_DAYS)
    )
    return sum(_mark(review.pk, "escalated", REVIEW_ESCALATED, now) for review in late)


@transaction.atomic
def _mark(review_id: int, step: str, verb: Verb, now: datetime) -> int:
    """Write down that the step was taken and tell; of two workers one does it."""
    review = Review.objects.select_for_update(of=("self",)).select_related("space").get(pk=review_id)
    if getattr(review, step) or review.decision not in UNDECIDED:
        return 0
    setattr(review, step, now)
    review.save(update_fields=[step])
    people = deciders(review.space)
    if verb is REVIEW_ESCALATED:
        people += [km for km in knowledge_managers(review.space) if km not in people]
    _tell(verb, review.space, people, now)
    return 1


def knowledge_managers(space: Space) -> list[User]:
    """Those to whom an unanswered review goes: of a secret community only those who are in it."""
    people = User.objects.active().holding(Role.KM).order_by("pk")
    return [person for person in people if visibility.sees_space(person, space) and not person.is_guest]


def _tell(verb: Verb, space: Space, people: list[User], now: datetime) -> None:
    """One line in the log for each who hears of it; the calendar speaks, so it stands in their own name."""
    for person in people:
        record(verb, person, about=person, space=space, at=now)
