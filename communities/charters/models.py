"""What a community promises: its charter."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Charter(models.Model):
    """Why a community exists, for whom, and how its owner will know that it works."""

    space = models.OneToOneField("intranet.Space", models.CASCADE, related_name="charter")
    audience = models.TextField(blank=True)
    goal = models.TextField(blank=True)
    success_signs = models.TextField(blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="charters")
    hours_a_week = models.PositiveSmallIntegerField(default=2)
    answer_within_hours = models.PositiveSmallIntegerField(default=24)
    review_date = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.space)
