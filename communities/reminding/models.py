"""What the clock has said, and to whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from communities.questions.agenda import Step


class Nudge(models.Model):
    """One person was told of one step of one question. The row is unique, so nobody is told twice."""

    post = models.ForeignKey("intranet.Post", models.CASCADE, related_name="nudges")
    step = models.CharField(max_length=8, choices=Step)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="nudges")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "step", "person"], name="nudged_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.post} → {self.person}"
