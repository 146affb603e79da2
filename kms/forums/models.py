"""Imported sites whose authors may be counted: who decided it, on what ground."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Ground(models.TextChoices):
    """Why people who have no account here may be counted: a closed list, printed on every report."""

    OWN = "own", _("Our own forum; its people are ours and were told")
    PUBLISHED = "published", _("A public archive that its authors published under a free licence")


class Stand(models.TextChoices):
    """Where a request stands."""

    HELD = "held", _("Waiting for a second person")
    COUNTED = "counted", pgettext_lazy("authors of a forum", "Counted")
    DENIED = "denied", _("Not approved")
    STOPPED = "stopped", pgettext_lazy("authors of a forum", "No longer counted")


OPEN = (Stand.HELD, Stand.COUNTED)


class ForumRequestQuerySet(models.QuerySet):
    """Requests by where they stand."""

    def held(self) -> ForumRequestQuerySet:
        return self.filter(stand=Stand.HELD)

    def counted(self) -> ForumRequestQuerySet:
        return self.filter(stand=Stand.COUNTED)

    def open(self) -> ForumRequestQuerySet:
        return self.filter(stand__in=OPEN)


class ForumRequest(models.Model):
    """One request to count the authors of an imported site, and what became of it; a new request is a new row."""

    community = models.ForeignKey("intranet.Space", models.CASCADE, related_name="forum_requests")
    ground = models.CharField(max_length=10, choices=Ground)
    reason = models.CharField(max_length=300)
    stand = models.CharField(max_length=10, choices=Stand, default=Stand.HELD)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True, blank=True)

    objects = ForumRequestQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community"], condition=models.Q(stand__in=OPEN), name="forum_asked_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.community}: {self.stand}"

    @property
    def is_held(self) -> bool:
        return self.stand == Stand.HELD

    @property
    def is_counted(self) -> bool:
        return self.stand == Stand.COUNTED
