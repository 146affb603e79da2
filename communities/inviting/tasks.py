"""Background work of the rules that add members by unit."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.tasks import task

from communities.inviting.models import UnitRule
from communities.inviting.rules import apply_rules
from intranet.people.models import User
from intranet.runtime.surfaces import surface
from intranet.runtime.tasks import enqueue_once


@task()
@surface("shows nothing: makes the people of a unit members where a rule says so")
def apply_unit_rules() -> int:
    """Bring members in line with all rules; safe to run at any time and twice."""
    return apply_rules()


@receiver(post_save, sender=User, dispatch_uid="communities.unit_rules")
def _person_changed(update_fields: frozenset[str] | None = None, **_more: Any) -> None:
    """Somebody came, or the directory says that they changed their unit: once a transaction the rules are applied."""
    if update_fields is not None and not {"unit", "is_active", "roles"} & set(update_fields):
        return
    marker = "kesher_rules_poked"
    if any(getattr(call[1], "__name__", "") == marker for call in connection.run_on_commit):
        return

    def kesher_rules_poked() -> None:
        if UnitRule.objects.exists():
            enqueue_once(apply_unit_rules)

    transaction.on_commit(kesher_rules_poked, robust=True)
