"""The policies with what each needs from its owner, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from intranet.people.models import User
from intranet.policies.models import PolicyPage, PolicyVersion
from intranet.settings.product import REVIEW_AGAIN_MONTHS, REVIEW_NOTICE_DAYS

MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Care:
    """One policy and what it needs."""

    version: PolicyVersion
    mine: bool
    today: date

    @property
    def policy(self) -> PolicyPage:
        return self.version.policy

    @property
    def due(self) -> bool:
        """Whether its review begins to wait."""
        review = self.policy.review_date
        return review is None or review <= self.today + timedelta(days=REVIEW_NOTICE_DAYS)

    @property
    def late(self) -> bool:
        return bool(self.policy.review_date and self.policy.review_date < self.today)

    @property
    def behind(self) -> int:
        """How many clauses have one language that has not followed the other."""
        return self.version.behind

    @property
    def next_review(self) -> date:
        """The day that is proposed for the next review."""
        return self.today + REVIEW_AGAIN_MONTHS * MONTH

    @property
    def needs(self) -> bool:
        return bool(self.due or self.behind)


def policies_in_care(owner: User) -> list[Care]:
    """Every published policy, those of `owner` first, then those that need something, then by name. One query."""
    rows = PolicyVersion.objects.current().select_related("policy__owner", "policy__post")
    rows = rows.annotate(behind=Count("clauses", filter=~Q(clauses__lags="")))
    today = timezone.localdate()
    found = [Care(row, row.policy.owner_id == owner.pk, today) for row in rows]
    return sorted(found, key=lambda each: (not each.mine, not each.needs, each.policy.label))


def review_notice() -> date:
    """The last day of review dates that have begun to wait."""
    return timezone.localdate() + timedelta(days=REVIEW_NOTICE_DAYS)


def reviews_waiting(owner: int, until: date) -> QuerySet[PolicyPage]:
    """The policies of the owner of this id whose review date is not after `until`."""
    return PolicyPage.objects.live().filter(owner=owner, review_date__lte=until, post__isnull=False)
