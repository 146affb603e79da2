"""One ready answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from intranet.text.plain import excerpt, plain

BEGINNING = 140


class Canned(models.Model):
    """A text that answers what is asked again and again; it is put into the composer and changed there."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="canned")
    name = models.CharField(max_length=80)
    body = models.TextField(max_length=8000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["space", "name"], name="canned_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def beginning(self) -> str:
        """How it begins, in plain words."""
        return excerpt(plain(self.body), BEGINNING)
