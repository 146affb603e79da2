"""What holds in a place until somebody changes it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from intranet.content.models import Post, Space
from intranet.moderation.cases.seams import rule_called

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


class HeldEdit(models.Model):
    """A change of a post that readers already have, which waits to be looked at. A post has one at most: a later edit
    takes its place.

    `tags` and `disclosures` are None where the edit left them as they were. `rule` is the rule that spoke, under
    `clause`, of `excerpt`; without one the place or the person is looked at first. The change of a document waits as
    its page's newest draft; `title` and `source` say what that was.
    """

    post = models.OneToOneField(Post, models.CASCADE, related_name="waiting_edit")
    editor = models.ForeignKey(Person, models.CASCADE, related_name="held_edits")
    title = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    tags = models.JSONField(null=True)
    disclosures = models.JSONField(null=True)
    base_revision = models.PositiveIntegerField()
    clause = models.ForeignKey("intranet.ClauseVersion", models.PROTECT, null=True, related_name="+")
    rule = models.CharField(max_length=80, blank=True)
    excerpt = models.CharField(max_length=200, blank=True)
    since = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField()

    class Meta:
        ordering = ["due", "pk"]

    def __str__(self) -> str:
        return str(self.post)

    @property
    def rule_label(self) -> str:
        """The rule in the reader's language; "" where none spoke."""
        return rule_called(self.rule)


class Closure(models.Model):
    """A thread that was closed because it is old or solved. No sanction: whoever runs the place opens it again."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="closure")
    solved = models.BooleanField()
    days = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    reopened_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.post)
