"""The review of a charter, from the day it is due until somebody decides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

Person = settings.AUTH_USER_MODEL


class Decision(models.TextChoices):
    """What comes out of a review."""

    OPEN = "open", _("Not decided")
    MERGE_ASKED = "asked", _("Merging was proposed")
    RENEWED = "renewed", _("Renewed")
    MERGED = "merged", _("Merged into another community")
    ARCHIVED = "archived", _("Archived")


UNDECIDED = (Decision.OPEN, Decision.MERGE_ASKED)


class Review(models.Model):
    """One review. `due` is the date the charter promised; `reminded` and `escalated` when nobody had answered."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="reviews")
    due = models.DateField()
    opened = models.DateTimeField(default=timezone.now)
    reminded = models.DateTimeField(null=True, blank=True)
    escalated = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    note = models.CharField(max_length=400, blank=True)
    into = models.ForeignKey("intranet.Space", models.SET_NULL, null=True, blank=True, related_name="+")
    asked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-opened", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["space"], condition=Q(decision__in=UNDECIDED), name="review_open_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.space}: {self.decision}"
