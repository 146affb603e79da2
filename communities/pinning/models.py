"""A thread on top of its community until a day."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


class PinQuerySet(models.QuerySet):
    """Pins by time."""

    def holding(self, now: datetime) -> PinQuerySet:
        """Those whose end has not come."""
        return self.filter(Q(until=None) | Q(until__gt=now))


class Pin(models.Model):
    """One thread that stands first; without `until` it stays until somebody takes it down."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="pins")
    post = models.OneToOneField("intranet.Post", models.CASCADE, related_name="pin")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    pinned = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)

    objects = PinQuerySet.as_manager()

    class Meta:
        ordering = ["-pinned", "-id"]

    def __str__(self) -> str:
        return f"{self.space}: {self.post}"

    @property
    def holds(self) -> bool:
        """Its end has not come."""
        return self.until is None or self.until > timezone.now()
