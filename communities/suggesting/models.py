"""Suggestions somebody does not want to see again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class NotForMe(models.Model):
    """`person` does not want `space` to be suggested."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person"], name="not_for_me_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.space}"
