"""What holds in a place until somebody changes it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from intranet.content.models import Post, Space

Person = settings.AUTH_USER_MODEL


class Standing(models.Model):
    """The arrangements of one space; a space without a row has none."""

    space = models.OneToOneField(Space, models.CASCADE, related_name="standing")
    look_first = models.BooleanField(default=False)
    slow_seconds = models.PositiveIntegerField(default=0)
    close_after_days = models.PositiveIntegerField(default=0)
    close_solved_after_days = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.space)


class LookFirst(models.Model):
    """One person whose posts in one space are looked at before they are published."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="look_first_people")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person"], name="look_first_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.space}"


class Held(models.Model):
    """A post that waits to be looked at, and what is told once it is published."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="held_back")
    verb = models.CharField(max_length=40)
    since = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField()

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return str(self.post)


class Closure(models.Model):
    """A thread that was closed because it is old or solved. No sanction: whoever runs the place opens it again."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="closure")
    solved = models.BooleanField()
    days = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    reopened_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.post)
