"""Deeds around policies: write one from data and publish it, acknowledge a version."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.moderation import locks
from intranet.moderation.kinds import Condition
from intranet.people.models import User
from intranet.policies.models import Acknowledgement, Clause, PolicyPage, PolicyVersion
from intranet.policies.roots import ensure_policies
from intranet.policies.verbs import ACKNOWLEDGED


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
            ensure_policies().add_child(instance=page)
        for name, value in {"title": title, "review_date": review_date, **columns}.items():
            setattr(page, name, value)
        page.clauses = [Clause(sort_order=place, **clause) for place, clause in enumerate(clauses)]
        revision = page.save_revision(user=owner)
        page.publish(revision, owner, at=at, skip_permission_checks=True)
        return PolicyVersion.objects.filter(policy=page.pk).first()


def acknowledge(*, person: User, version: PolicyVersion, at: datetime | None = None) -> Acknowledgement:
    """Note that `person` has read `version`; saying it twice changes nothing.

    Raises `Refused` for a policy that does not concern the person and for a version that is not the current one.
    """
    if not PolicyPage.objects.visible_to(person).filter(pk=version.policy_id).exists():
        raise Refused(refuse("not_found", _("There is nothing here.")))
    if PolicyVersion.objects.filter(policy=version.policy_id).first() != version:
        raise Refused(refuse("old_version", _("A newer version came out meanwhile. Read that one.")))
    moment = at or timezone.now()
    with transaction.atomic():
        row, made = Acknowledgement.objects.get_or_create(
            person=person, version=version, defaults={"at": moment}
        )
        if made:
            record(ACKNOWLEDGED, person, post=version.policy.post, at=moment, version=version.number)
            locks.release_when(Condition.ACKNOWLEDGED, actor=person, person=person, policy=version.policy)
        return row
