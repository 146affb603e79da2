"""What is deleted because it was kept long enough. The log, the audit trail, looks at reports and what people wrote stay.

Whoever is under a legal hold, or wrote where one stands, loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django.models import ProcrastinateJob
from wagtail.models import ModelLogEntry

from intranet.attachments.tasks import sweep_orphans
from intranet.audit import trail
from intranet.audit.holds import held_people
from intranet.content.files import Attachment
from intranet.content.models import Draft
from intranet.keeping.models import Takeout
from intranet.mailin.models import ReceivedMail
from intranet.notify.models import Notification
from intranet.people.models import ApiToken, User
from intranet.settings import product


@dataclass(frozen=True)
class Kind:
    """One kind of rows: how long it is kept and which rows are over at a moment. `owner` is the path to whose they are."""

    name: str
    label: str | Promise
    keep: timedelta
    over: Callable[[datetime], QuerySet]
    owner: str = ""
    sweep: Callable[[QuerySet], int] | None = None

    def due(self, now: datetime) -> QuerySet:
        """The rows that are deleted at `now`: those of people under a hold are not."""
        rows = self.over(now - self.keep)
        if not self.owner:
            return rows
        return rows.exclude(Exists(User.objects.filter(held_people(), pk=OuterRef(self.owner))))

    def delete(self, now: datetime) -> int:
        """Delete them; how many."""
        rows = self.due(now)
        return self.sweep(rows) if self.sweep else rows.delete()[0]


def _takeouts(rows: QuerySet) -> int:
    gone = 0
    for takeout in rows:
        takeout.path.unlink(missing_ok=True)
        gone += takeout.delete()[0]
    return gone


def _jobs(rows: QuerySet) -> int:
    # The library's models refuse to be changed, because its own functions keep the tables in step.
    return rows._raw_delete(rows.db)


KINDS: tuple[Kind, ...] = (
    Kind(
        "notifications",
        _("Notices that were read"),
        product.KEEP_NOTIFICATIONS,
        lambda before: Notification.objects.filter(seen_at__lt=before),
        "recipient",
    ),
    Kind(
        "drafts",
        _("Drafts nobody touched"),
        product.KEEP_DRAFTS,
        lambda before: Draft.objects.filter(saved__lt=before),
        "person",
    ),
    Kind(
        "files",
        _("Files that were never posted"),
        timedelta(days=product.ATTACHMENT_ORPHAN_DAYS),
        lambda before: Attachment.objects.filter(post=None, created__lt=before),
        "owner",
        lambda rows: sweep_orphans.func(),
    ),
    Kind(
        "sessions",
        _("Sign-ins that ended"),
        timedelta(0),
        lambda before: Session.objects.filter(expire_date__lt=before),
    ),
    Kind(
        "tokens",
        _("Revoked tokens of programs"),
        product.KEEP_REVOKED_TOKENS,
        lambda before: ApiToken.objects.filter(revoked__lt=before),
        "person",
    ),
    Kind(
        "takeouts",
        _("Copies of people's data"),
        product.KEEP_TAKEOUTS,
        lambda before: Takeout.objects.filter(requested_at__lt=before),
        "",
        _takeouts,
    ),
    Kind(
        "mails",
        _("Which replies came by mail"),
        product.KEEP_RECEIVED_MAILS,
        lambda before: ReceivedMail.objects.filter(at__lt=before),
        "person",
    ),
    Kind(
        "jobs",
        _("Background work that failed"),
        product.KEEP_FAILED_JOBS,
        lambda before: ProcrastinateJob.objects.filter(
            Q(status__in=["failed", "cancelled", "aborted"]), scheduled_at__lt=before
        ),
        "",
        _jobs,
    ),
    Kind(
        "admin",
        _("Lines of the administrators' desks"),
        product.KEEP_ADMIN_LOG,
        lambda before: LogEntry.objects.filter(action_time__lt=before),
        "user",
    ),
    Kind(
        "editors",
        _("Lines of the editors' desk"),
        product.KEEP_ADMIN_LOG,
        lambda before: ModelLogEntry.objects.filter(timestamp__lt=before),
        "user",
    ),
)
"""Everything that is deleted by time. What is not here is kept until somebody deletes or erases it."""


def due(now: datetime | None = None) -> dict[str, int]:
    """How many rows of each kind would be deleted now; nothing is."""
    moment = now or timezone.now()
    return {kind.name: kind.due(moment).count() for kind in KINDS}


def clean_up(now: datetime | None = None) -> dict[str, int]:
    """Delete what was kept long enough, kind by kind, each in a transaction of its own; how many rows of each."""
    moment, gone = now or timezone.now(), {}
    for kind in KINDS:
        with transaction.atomic():
            gone[kind.name] = kind.delete(moment)
    if any(gone.values()):
        facts: dict[str, Any] = {name: count for name, count in gone.items() if count}
        trail.write("retention_run", **facts)
    return gone
