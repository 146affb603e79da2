"""What the clock does about policies that wait to be read."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Max
from django.tasks import task
from django.utils import timezone

from intranet.activity.log import record
from intranet.activity.models import Event
from intranet.people.models import User
from intranet.policies.acknowledging.due import people_asked
from intranet.policies.models import PolicyVersion
from intranet.policies.verbs import REMINDED
from intranet.runtime.surfaces import surface
from intranet.settings.product import REMIND_AFTER_DAYS, REMINDERS_MAX


@task()
@surface("people of the audience who have not acknowledged, each told for themself")
def remind() -> None:
    """Remind whoever has not acknowledged a policy a week after it came out, and again a week after each reminder."""
    before = timezone.now() - timedelta(days=REMIND_AFTER_DAYS)
    asking = PolicyVersion.objects.current().filter(policy__must_acknowledge=True, published__lt=before)
    for version in asking.select_related("policy__post", "policy__owner"):
        remind_of(version)


def remind_of(version: PolicyVersion) -> int:
    """Remind the people for whom it is time, once however often it is called; says how many were reminded."""
    owner, post = version.policy.owner, version.policy.post
    if owner is None or post is None:
        return 0
    with transaction.atomic():
        PolicyVersion.objects.select_for_update().get(pk=version.pk)
        people = people_asked(version).filter(has_read=False).exclude(pk=owner.pk)
        due = people.exclude(pk__in=_not_yet(version)).in_bulk()
        for person in due.values():
            record(REMINDED, owner, about=person, post=post, version=version.number)
        return len(due)


def _not_yet(version: PolicyVersion) -> list[int]:
    """People who were reminded of this version lately, or often enough; and those who came here lately."""
    since = timezone.now() - timedelta(days=REMIND_AFTER_DAYS)
    told = (
        Event.objects.filter(verb=REMINDED.name, post=version.policy.post, data__version=version.number)
        .order_by()
        .values("about")
        .annotate(times=Count("pk"), last=Max("at"))
    )
    done = [row["about"] for row in told if row["times"] >= REMINDERS_MAX or row["last"] > since]
    return [*done, *User.objects.active().filter(created__gt=since).values_list("pk", flat=True)]
