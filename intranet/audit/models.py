"""The audit trail, the chain over it, and legal holds.

Entries and batches name people, places and posts by bare ids: nothing that happens to those may change an entry.
"""

from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

Person = settings.AUTH_USER_MODEL


class AuditEntry(models.Model):
    """One thing that was done. The database gives `id` and `written` when it stores the row and never changes it.

    `at` is when it was done, `event` the event of the log that it was taken from, `actor` empty when a program or raw
    SQL did it. `facts` holds what the sentence needs, never what somebody wrote.
    """

    at = models.DateTimeField(default=timezone.now)
    deed = models.CharField(max_length=40)
    actor = models.BigIntegerField(null=True)
    about = models.BigIntegerField(null=True)
    space = models.BigIntegerField(null=True)
    post = models.BigIntegerField(null=True)
    event = models.BigIntegerField(null=True, unique=True)
    facts = models.JSONField(default=dict)
    written = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="audit_at"),
            models.Index(fields=["deed", "-at"], name="audit_deed_at"),
            models.Index(fields=["actor", "-at"], name="audit_actor_at"),
            models.Index(fields=["about", "-at"], name="audit_about_at"),
            models.Index(fields=["space", "-at"], name="audit_space_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.deed}"

    def save(self, **kwargs: Any) -> None:
        if self.pk:
            raise TypeError("Audit entries are append-only.")
        super().save(**kwargs)


class AuditBatch(models.Model):
    """Some entries, sealed: `leaves[i]` is the SHA-256 of entry `ids[i]`, `digest` that of the batch and of the one before."""

    number = models.PositiveIntegerField(primary_key=True)
    ids = ArrayField(models.BigIntegerField())
    leaves = ArrayField(models.CharField(max_length=64))
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}: {self.digest[:12]}"


class LegalHoldQuerySet(models.QuerySet):
    """Holds by where they stand."""

    def holding(self) -> Self:
        """Those that hold now: approved and not released."""
        return self.exclude(approved_at=None).filter(released_at=None)

    def waiting(self) -> Self:
        """Those for which somebody asked and nobody else has said yes or no."""
        return self.filter(approved_at=None, declined_at=None)

    def to_settle(self) -> Self:
        """Those, and the ones whose end somebody asked for."""
        return self.waiting() | self.holding().exclude(release_asked_at=None)


REQUESTED, DECLINED, HOLDING, RELEASING, RELEASED = (
    "requested",
    "declined",
    "holding",
    "releasing",
    "released",
)
"""Where a hold stands."""


class LegalHold(models.Model):
    """A person, a thread or a space of which nothing may be destroyed. Two people place it, two people end it."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    post = models.ForeignKey("intranet.Post", models.PROTECT, null=True, blank=True, related_name="+")
    space = models.ForeignKey("intranet.Space", models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000)
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    declined_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    declined_at = models.DateTimeField(null=True)
    release_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    release_asked_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("requested_by")), name="hold_by_two"
            ),
            models.CheckConstraint(
                condition=Q(released_by=None) | ~Q(released_by=F("release_asked_by")),
                name="hold_released_by_two",
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, post=None, space=None)
                | Q(person=None, post__isnull=False, space=None)
                | Q(person=None, post=None, space__isnull=False),
                name="hold_on_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.post or self.space)

    @property
    def holds(self) -> bool:
        return bool(self.approved_at and not self.released_at)

    @property
    def step(self) -> str:
        """Where the hold stands: requested, declined, holding, releasing (somebody asked to end it) or released."""
        if self.released_at:
            return RELEASED
        if self.approved_at:
            return RELEASING if self.release_asked_at else HOLDING
        return DECLINED if self.declined_at else REQUESTED

    @property
    def waits(self) -> bool:
        """Whether somebody asked for something that a second person has not settled."""
        return self.step in (REQUESTED, RELEASING)
