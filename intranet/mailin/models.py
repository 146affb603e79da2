"""Which messages came in. Their text is nowhere but in the post or the draft that it became."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

Person = settings.AUTH_USER_MODEL


class ReceivedMail(models.Model):
    """One message that was taken in, by the digest of its Message-ID: the same one again does nothing.

    `outcome` is "posted", the code of a refusal, or why it was dropped.
    """

    digest = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="mails_received")
    post = models.ForeignKey("intranet.Post", models.CASCADE, null=True, related_name="+")
    outcome = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d}: {self.outcome}"
