"""Copies of a person's data and requests to erase one."""

from __future__ import annotations

from pathlib import Path
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.content.public_ids import new_public_id
from intranet.people.models import User
from intranet.settings.product import KEEP_TAKEOUTS

Person = settings.AUTH_USER_MODEL


class TakeoutQuerySet(models.QuerySet):
    """Copies by who may fetch them."""

    def visible_to(self, reader: User) -> Self:
        """Those that `reader` asked for: what is left out of a copy depends on who asked."""
        return self.filter(requested_by=reader.pk)


class Takeout(models.Model):
    """One copy of what is held about `person`, made for `requested_by`, to be fetched until it expires."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=400, blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    size = models.PositiveBigIntegerField(default=0)

    objects = TakeoutQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at", "-id"]

    def __str__(self) -> str:
        return f"{self.person}: {self.requested_at:%Y-%m-%d}"

    @property
    def path(self) -> Path:
        """Where the file lies: a folder without an address."""
        return Path(settings.TAKEOUTS_ROOT, f"{self.public_id}.zip")

    @property
    def is_ready(self) -> bool:
        return bool(self.ready_at and self.expires_at and self.expires_at > timezone.now())

    @property
    def is_over(self) -> bool:
        """Whether it expired, or never came about in the time in which it would have."""
        return (self.expires_at or self.requested_at + KEEP_TAKEOUTS) <= timezone.now()

    def get_absolute_url(self) -> str:
        return reverse("keeping:fetch", args=[self.public_id])


class Erasure(models.Model):
    """A request to erase somebody: by the person or an administrator, agreed to by another administrator."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    requested_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reason = models.TextField(_("reason"), max_length=1000, blank=True)
    requested_at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    summary = models.JSONField(default=dict)

    class Meta:
        ordering = ["-requested_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_by=None)
                | (~Q(settled_by=F("requested_by")) & ~Q(settled_by=F("person")))
                | Q(done_at=None, requested_by=F("settled_by")),
                name="erasure_by_two",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(settled_at=None), name="erasure_waits_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.requested_at:%Y-%m-%d}"

    @property
    def waits(self) -> bool:
        return self.settled_at is None
