"""What was learned from decisions, in numbered versions; what it suggested; whether it may."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

Person = settings.AUTH_USER_MODEL


class Learned(models.Model):
    """One version of what was learned: the counts of words a clause, and how often it was right on decisions kept aside.

    `counts` is what `likeness.bayes.Counts` stores; `measured` is
    `{clause: {examples, suggested, right}}`. `read_to` is the last post that this version has looked at.
    """

    number = models.PositiveIntegerField(unique=True)
    counts = models.JSONField(default=dict)
    measured = models.JSONField(default=dict)
    read_to = models.PositiveBigIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"v{self.number}"


class Likeness(models.Model):
    """How like one post is to those decided under a clause, as one version said it. Hangs on the flag that it raised."""

    flag = models.OneToOneField("intranet.Flag", models.CASCADE, related_name="likeness")
    learned = models.ForeignKey(Learned, models.PROTECT, related_name="likenesses")
    likelihood = models.FloatField()
    words = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.likelihood:.2f} by v{self.learned_id}"


class LikenessSwitch(models.Model):
    """Whether suggestions are made; the latest row holds, none means that they are not."""

    on = models.BooleanField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return "on" if self.on else "off"
