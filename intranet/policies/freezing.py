"""From the clauses that are being written to a version that stays as it is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps
from django.dispatch import Signal

from intranet.policies.kinds import Side
from intranet.text.tokens import tokens

if TYPE_CHECKING:
    from intranet.policies.models import ClauseVersion, PolicyPage, PolicyVersion
    from intranet.policies.texts import ClauseText

version_published = Signal()
"""Sent in the transaction of a publication with `version` and `before` (None for the first one)."""


def freeze(policy: PolicyPage, at: datetime) -> PolicyVersion | None:
    """Freeze the clauses as the next version; None when they say what the current one says."""
    clauses = list(policy.clauses.all())
    latest = policy.versions.first()
    before = {clause.anchor: clause for clause in latest.clauses.all()} if latest else {}
    if latest and [each.facts() for each in before.values()] == [each.facts() for each in clauses]:
        return None
    number = latest.number + 1 if latest else 1
    significant = policy.significant or latest is None
    version = apps.get_model("intranet", "PolicyVersion").objects.create(
        policy_id=policy.pk,
        number=number,
        published=at,
        what_changed=policy.what_changed if latest else "",
        what_changed_he=policy.what_changed_he if latest else "",
        significant=significant,
        asks_since=number if significant else latest.asks_since,
    )
    frozen = apps.get_model("intranet", "ClauseVersion")
    for place, clause in enumerate(clauses, 1):
        lags = lagging(before.get(clause.anchor), clause, significant=significant)
        frozen.objects.create(version=version, place=place, lags=lags, **clause.facts())
    version_published.send(sender=type(version), version=version, before=latest)
    return version


def lagging(before: ClauseVersion | None, now: ClauseText, *, significant: bool) -> str:
    """The language, `"en"` or `"he"`, in which `now` is missing or has not followed the other one; "" when none.

    A side falls behind when the other one changes in a significant version and it does not. It has caught up once
    it changes itself. Corrections of wording and of punctuation leave things as they were.
    """
    missing = [side for side in Side.values if not now.side(side)[1].strip()]
    if missing:
        return missing[0]
    if before is None:
        return ""
    changed = [side for side in Side.values if _said(before.side(side)) != _said(now.side(side))]
    if len(changed) == len(Side.values) or before.lags in changed:
        return ""
    if not changed or not significant:
        return before.lags
    return next(side for side in Side.values if side not in changed)


def _said(side: tuple[str, str]) -> list[str]:
    """The words of one side as they are searched, so that commas and capitals do not count."""
    return tokens(" ".join(side))
