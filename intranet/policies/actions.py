"""Deeds around policies: write one from data and publish it, acknowledge a version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from intranet.activity.log import record
from intranet.people.models import User
from intranet.policies.models import Acknowledgement, Clause, PolicyIndexPage, PolicyPage, PolicyVersion
from intranet.policies.verbs import ACKNOWLEDGED


def policy_index() -> PolicyIndexPage:
    """The folder of all policies; made when it is first asked for."""
    index = PolicyIndexPage.objects.first()
    if index:
        return index
    with transaction.atomic():
        root = Page.objects.select_for_update().get(depth=1)
        return PolicyIndexPage.objects.first() or root.add_child(
            instance=PolicyIndexPage(title="Policies", slug="policies")
        )


def publish_policy(
    *,
    owner: User,
    slug: str,
    title: str,
    clauses: Sequence[dict[str, str]],
    at: datetime | None = None,
    review_date: date | None = None,
    **columns: Any,
) -> PolicyVersion:
    """Write the policy `slug` from data and publish it; returns the version that is current then.

    `clauses` are `{anchor, title_en, text_en, title_he, text_he}` in their order, `columns` further fields of
    `PolicyPage`. The same data twice makes no new version. Raises `Refused` when `owner` may not publish policies.
    """
    with transaction.atomic():
        page = PolicyPage.objects.filter(slug=slug).first()
        if page is None:
            page = PolicyPage(title=title, slug=slug, owner=owner, live=False)
            policy_index().add_child(instance=page)
        for name, value in {"title": title, "review_date": review_date, **columns}.items():
            setattr(page, name, value)
        page.clauses = [Clause(sort_order=place, **clause) for place, clause in enumerate(clauses)]
        revision = page.save_revision(user=owner)
        revision.publish(user=owner)
        version = PolicyVersion.objects.filter(policy=page).first()
        if at:
            version.published = at
            version.save(update_fields=["published"])
        return version


def acknowledge(*, person: User, version: PolicyVersion, at: datetime | None = None) -> Acknowledgement:
    """Note that `person` has read `version`; saying it twice changes nothing."""
    moment = at or timezone.now()
    with transaction.atomic():
        row, made = Acknowledgement.objects.get_or_create(
            person=person, version=version, defaults={"at": moment}
        )
        if made:
            record(ACKNOWLEDGED, person, post=version.policy.post, at=moment, version=version.number)
        return row
