"""Who stands behind an anonymous question, who asked to know, and whom a question was addressed to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from intranet.content.public_ids import new_public_id


class Sealed(models.Model):
    """Who wrote a post that stands in the name of the anonymous account.

    Read in `communities.asking.sealing` alone: no page, list, search or export joins this table.
    """

    post = models.OneToOneField("intranet.Post", models.CASCADE, related_name="+")
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"sealed {self.post_id}"


class Unsealing(models.Model):
    """One try to learn who asked: a reason, who gave it, and the second person who agreed or declined."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    post = models.ForeignKey("intranet.Post", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    opened = models.BooleanField(default=False)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=models.Q(settled_at=None), name="unsealing_waits_once"
            ),
            models.CheckConstraint(
                condition=models.Q(settled_by=None) | ~models.Q(settled_by=models.F("asked_by")),
                name="unsealing_takes_two",
            ),
        ]

    def __str__(self) -> str:
        return f"unsealing of {self.post_id}"


class Wish(models.Model):
    """Whom the asker of one question wants to be asked: a person, a unit or the experts of the community."""

    question = models.OneToOneField("intranet.Post", models.CASCADE, related_name="wish")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+"
    )
    unit = models.ForeignKey("intranet.OrgUnit", models.CASCADE, null=True, blank=True, related_name="+")
    experts = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.question}: {self.person or self.unit or 'experts'}"
