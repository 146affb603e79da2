"""What each person allows the network analysis to do with them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Standing(models.Model):
    """One person's choices. Without a row the defaults hold: counted in groups, not introduced, never named."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="network_standing")
    counted = models.BooleanField(default=True)
    introduced = models.BooleanField(default=False)
    named = models.BooleanField(default=False)
    changed = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.person)
