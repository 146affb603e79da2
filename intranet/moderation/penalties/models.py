"""The record of what decisions meant for people."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.content.models import Space
from intranet.moderation.cases.models import Decision
from intranet.moderation.locking.models import Lock

Person = settings.AUTH_USER_MODEL


class PenaltyKind(TextChoices):
    """What somebody lost."""

    WARNING = "warning", _("Warning")
    SILENCE = "silence", _("Silence in one place")
    SUSPENSION = "suspension", _("Suspension everywhere")


class Penalty(models.Model):
    """One consequence for one person. They and those who moderate the place know of it, nobody else."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="penalties")
    kind = models.CharField(max_length=12, choices=PenaltyKind)
    space = models.ForeignKey(Space, models.PROTECT, related_name="penalties")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="penalty")
    lock = models.OneToOneField(Lock, models.PROTECT, null=True, blank=True, related_name="penalty")
    hours = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["person", "-at"], name="penalty_person_at")]

    def __str__(self) -> str:
        return f"{self.person}: {self.kind}"
