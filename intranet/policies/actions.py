"""Deeds around policies: write one from data and publish it, say that it is still right."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.moderation import gate
from intranet.people.models import User
from intranet.policies.acknowledging.models import Question
from intranet.policies.models import Clause, PolicyPage, PolicyVersion
from intranet.policies.roots import ensure_policies
from intranet.policies.verbs import REVIEWED


def publish_policy(
    *,
    owner: User,
    slug: str,
    title: str,
    clauses: Sequence[dict[str, str]],
    at: datetime | None = None,
    review_date: date | None = None,
    questions: Sequence[dict[str, Any]] = (),
    **columns: Any,
) -> PolicyVersion:
    """Write the policy `slug` from data and publish it; returns the version that is current then.

    `clauses` are `{anchor, title_en, text_en, title_he, text_he, hint_words}` in their order, `questions` columns
    of `Question`, `columns` further fields of `PolicyPage`. The same data twice makes no new version. Raises `Refused` when `owner` may not publish policies.
    """
    with transaction.atomic():
        page = PolicyPage.objects.filter(slug=slug).first()
        if page is None:
            page = PolicyPage(title=title, slug=slug, owner=owner, live=False)
            ensure_policies().add_child(instance=page)
        for name, value in {"title": title, "review_date": review_date, **columns}.items():
            setattr(page, name, value)
        page.clauses = [Clause(sort_order=place, **clause) for place, clause in enumerate(clauses)]
        page.questions = [Question(sort_order=place, **row) for place, row in enumerate(questions)]
        revision = page.save_revision(user=owner)
        page.publish(revision, owner, at=at, skip_permission_checks=True)
        return PolicyVersion.objects.filter(policy=page.pk).first()


def still_right(*, owner: User, policy: PolicyPage, until: date, at: datetime | None = None) -> PolicyPage:
    """Note that `policy` was reviewed and needs no change; it waits for its owner again on the day `until`.

    Raises `Refused` for somebody who may not publish policies and for a day that is not in the future.
    """
    with gate.permit(owner, Deed.PUBLISH, post=policy.post) as permit:
        if until <= timezone.localdate():
            raise Refused(refuse("past_review", _("Choose a day in the future for the next review.")))
        PolicyPage.objects.filter(pk=policy.pk).update(review_date=until)
        record(REVIEWED, permit.actor, post=permit.post, at=at, until=until.isoformat())
    policy.refresh_from_db(fields=["review_date"])
    return policy
