"""What a community promises: its charter."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Charter(models.Model):
    """Why a community exists, for whom, and how its owner will know that it works.

    `welcome` greets a newcomer once. `parent` is the community of which this one is a part, one level deep;
    `merged_into` where its people went when it was archived.
    """

    space = models.OneToOneField("intranet.Space", models.CASCADE, related_name="charter")
    audience = models.TextField(blank=True)
    goal = models.TextField(blank=True)
    success_signs = models.TextField(blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="charters")
    hours_a_week = models.PositiveSmallIntegerField(default=2)
    answer_within_hours = models.PositiveSmallIntegerField(default=24)
    review_date = models.DateField(null=True, blank=True)
    welcome = models.TextField(blank=True)
    anonymous_allowed = models.BooleanField(default=False)
    parent = models.ForeignKey(
        "intranet.Space", models.SET_NULL, null=True, blank=True, related_name="below_charters"
    )
    merged_into = models.ForeignKey(
        "intranet.Space", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return str(self.space)
