"""Skeletons of threads, written by those who run a community."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intranet.content.kinds import PostKind

KINDS = (PostKind.QUESTION, PostKind.DISCUSSION, PostKind.IDEA, PostKind.ANNOUNCEMENT)


class Opening(models.Model):
    """A title and a body to start a thread of one kind from."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="openings")
    kind = models.CharField(max_length=12, choices=[(kind, kind.label) for kind in KINDS])
    name = models.CharField(max_length=60)
    name_he = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True, max_length=4000)
    place = models.PositiveSmallIntegerField(default=0, help_text=_("Smaller numbers come first."))

    class Meta:
        ordering = ["place", "id"]
        constraints = [models.UniqueConstraint(fields=["space", "kind", "name"], name="opening_once")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_he if self.name_he and get_language() == "he" else self.name
