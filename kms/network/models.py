"""Imported interactions, computed reports, and who looked at them."""

from __future__ import annotations

import hashlib
import uuid
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intranet.access.visibility import SECRET
from intranet.settings import product
from kms.forums.models import ForumRequest, Stand
from kms.network.terms import KIND, Broadcast, Definition, Level, Purpose, State


class Interaction(models.Model):
    """One imported deed of one person towards another: who, whom, when; never what was said.

    `row_key` is made of everything in the row, so that the same row counts once however often it is imported.
    """

    source = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    target = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()
    context_id = models.CharField(max_length=200, blank=True)
    audience_size = models.PositiveIntegerField(null=True)
    origin = models.CharField(max_length=80, blank=True)
    row_key = models.UUIDField(unique=True, editable=False)

    class Meta:
        indexes = [models.Index(fields=["at"], name="interaction_at")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind}"

    @staticmethod
    def key_of(*values: object) -> uuid.UUID:
        """The key of a row: the first half of the SHA-256 of its values."""
        text = "\x1f".join("" if value is None else str(value) for value in values)
        return uuid.UUID(bytes=hashlib.sha256(text.encode()).digest()[:16])


class SnapshotQuerySet(models.QuerySet):
    """Reports by where they stand."""

    def done(self) -> SnapshotQuerySet:
        return self.filter(state=State.DONE)

    def held(self) -> SnapshotQuerySet:
        return self.filter(state=State.HELD)

    def unfinished(self) -> SnapshotQuerySet:
        return self.filter(state__in=[State.WAITING, State.RUNNING, State.FAILED])

    def of_the_kind(self, snapshot: Snapshot) -> SnapshotQuerySet:
        """Reports that can be compared with this one: the same ties and groups."""
        return self.filter(**{name: getattr(snapshot, name) for name in KIND})

    def of_the_organisation(self) -> SnapshotQuerySet:
        """Reports on the people who are here, not on the authors of an imported forum."""
        return self.filter(forum=None)

    def newest_first(self) -> SnapshotQuerySet:
        return self.order_by("-created", "-pk")


class Snapshot(models.Model):
    """One network report with the terms it was computed under. The report is suppressed before it is stored."""

    definition = models.CharField(max_length=20, choices=Definition, default=Definition.ANY)
    level = models.CharField(max_length=20, choices=Level, default=Level.UNIT)
    forum = models.ForeignKey("intranet.Space", models.PROTECT, null=True, blank=True, related_name="+")
    half_life = models.PositiveSmallIntegerField(null=True, blank=True)
    broadcast = models.CharField(max_length=10, choices=Broadcast, default=Broadcast.OUT)
    start = models.DateTimeField()
    end = models.DateTimeField()
    against_start = models.DateTimeField(null=True, blank=True)
    against_end = models.DateTimeField(null=True, blank=True)
    purpose = models.CharField(max_length=20, choices=Purpose, default=Purpose.GAPS)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    floor = models.PositiveSmallIntegerField(default=product.SNA_FLOOR)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    scheduled = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    refusal = models.CharField(max_length=300, blank=True)
    report = models.JSONField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    finished = models.DateTimeField(null=True, blank=True)

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(start__lt=models.F("end")), name="snapshot_window"),
            models.UniqueConstraint(
                fields=["definition", "level", "start", "end"],
                condition=models.Q(scheduled=True),
                name="scheduled_report_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d} – {self.end:%Y-%m-%d}"

    @property
    def groups_in_words(self) -> str:
        """Whom a report is on and how they are grouped, in the reader's language."""
        return ": ".join(filter(None, (self.forum_name, str(self.get_level_display()))))

    @property
    def forum_name(self) -> str:
        """The imported forum that a report is on; empty for the organisation, and no name once the community is secret."""
        if not self.forum:
            return ""
        return gettext("A forum that is secret now") if self.forum.visibility == SECRET else self.forum.label

    @property
    def agreed(self) -> ForumRequest | None:
        """By which request the authors of the forum were counted when the report was ordered."""
        rows = self.forum.forum_requests.filter(decided_at__lte=self.created) if self.forum else None
        return (
            rows.exclude(stand=Stand.DENIED).select_related("asked_by", "decided_by").last() if rows else None
        )

    @property
    def tie_in_words(self) -> str:
        """What counted as a tie, in the reader's language, shortly; the page of the report says it at length."""
        parts = [self.get_definition_display()]
        if self.half_life:
            parts.append(_("half after %(days)s days") % {"days": self.half_life})
        if self.broadcast != Broadcast.OUT:
            parts.append(_("messages to many: %(rule)s") % {"rule": self.get_broadcast_display().lower()})
        return " · ".join(map(str, parts))

    @property
    def last_day(self) -> datetime:
        """A moment on the last day of the period, whose end is left out."""
        return self.end - timedelta(microseconds=1)

    @property
    def against_last_day(self) -> datetime | None:
        """The same of the period it is compared with."""
        return self.against_end - timedelta(microseconds=1) if self.against_end else None

    @property
    def is_done(self) -> bool:
        return self.state == State.DONE

    @property
    def is_under_way(self) -> bool:
        return self.state in {State.WAITING, State.RUNNING}


class SnapshotView(models.Model):
    """One look of one person at one report. Rows are only ever added."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="looks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    form = models.CharField(max_length=10, default="page")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["snapshot", "-at"], name="look_by_report")]

    def __str__(self) -> str:
        return f"{self.person} {self.at:%Y-%m-%d %H:%M}"

    def save(self, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Looks are append-only.")
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Looks are append-only.")


class Freeze(models.Model):
    """The people and deeds that a report was computed from, packed, so that it can be computed again to the digit.

    `people` holds ids as int64, `member` the place of each one's group in `groups`, `rows` what
    `kms.network.packing.Rows` packs, `terms` the numbers of the product that may change: weights by kind, floor of a cell,
    largest audience. Kept for `product.SNA_FREEZE_DAYS`.
    """

    snapshot = models.OneToOneField(Snapshot, models.CASCADE, related_name="freeze")
    groups = models.JSONField()
    people = models.BinaryField()
    member = models.BinaryField()
    rows = models.BinaryField()
    kinds = models.JSONField()
    terms = models.JSONField()

    def __str__(self) -> str:
        return str(self.snapshot)


class TiePack(models.Model):
    """One past day of deeds between people, packed for reading; see `kms.network.packing`."""

    day = models.DateField(unique=True)
    kinds = models.JSONField()
    rows = models.BinaryField()
    packed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.day}"


class Subscription(models.Model):
    """A knowledge manager who gets a report by mail each month."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    definition = models.CharField(max_length=20, choices=Definition, default=Definition.ANY)
    level = models.CharField(max_length=20, choices=Level, default=Level.UNIT)
    since = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "definition", "level"], name="subscribed_once")
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.level}"


class Delivery(models.Model):
    """One monthly report sent to one subscriber, once."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="deliveries")
    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="deliveries")
    at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subscription", "snapshot"], name="delivered_once")]

    def __str__(self) -> str:
        return f"{self.subscription} {self.at:%Y-%m-%d}"
