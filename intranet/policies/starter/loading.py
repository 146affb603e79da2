"""Publishes the starter set on a site that has no policies of its own yet."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from intranet.people.models import User
from intranet.policies.actions import publish_policy
from intranet.policies.models import PolicyPage, PolicyVersion
from intranet.policies.starter.reading import read_starter
from intranet.settings.product import REVIEW_AGAIN_MONTHS

MONTH = timedelta(days=30)


def publish_starter(owner: User, *, at: datetime | None = None) -> list[PolicyVersion]:
    """Publish, in the name of `owner`, those policies of the set that are not here; those that are stay as they are.

    Raises `Refused` when `owner` may not publish policies.
    """
    moment = at or timezone.now()
    here = set(PolicyPage.objects.values_list("slug", flat=True))
    return [
        publish_policy(
            owner=owner,
            slug=slug,
            title=policy.title,
            clauses=policy.clauses,
            questions=policy.questions,
            review_date=(moment + REVIEW_AGAIN_MONTHS * MONTH).date(),
            at=at,
            **policy.columns,
        )
        for slug, policy in read_starter().items()
        if slug not in here
    ]
