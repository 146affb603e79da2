"""Experts of a community, by topic."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from communities.joining.models import Outcome

Person = settings.AUTH_USER_MODEL


class Expertise(models.Model):
    """A member offers to answer about one topic, in a sentence; an owner or manager decides."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="expertise")
    person = models.ForeignKey(Person, models.CASCADE, related_name="space_expertise")
    tag = models.ForeignKey("intranet.Tag", models.PROTECT, related_name="+")
    sentence = models.CharField(max_length=400)
    offered = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    reason = models.CharField(max_length=400, blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["offered", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person", "tag"],
                condition=Q(outcome__in=(Outcome.WAITING, Outcome.ACCEPTED)),
                name="expertise_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.tag}"
