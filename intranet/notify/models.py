"""What people follow and what they are told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.people.models import User

Person = settings.AUTH_USER_MODEL


class Level(models.TextChoices):
    """How much one hears of a thread, a space or a topic."""

    WATCHING = "watching", _("Watching: told of every post")
    FOLLOWING = "following", _("Following: told of answers and of what is about you")
    MUTED = "muted", _("Muted: told of nothing here")


class Follow(models.Model):
    """One person's level for one thread, space or topic."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="follows")
    post = models.ForeignKey("intranet.Post", models.CASCADE, null=True, blank=True, related_name="followers")
    space = models.ForeignKey(
        "intranet.Space", models.CASCADE, null=True, blank=True, related_name="followers"
    )
    tag = models.ForeignKey("intranet.Tag", models.CASCADE, null=True, blank=True, related_name="followers")
    level = models.CharField(max_length=10, choices=Level, default=Level.FOLLOWING)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "post"], condition=Q(post__isnull=False), name="follow_post_once"
            ),
            models.UniqueConstraint(
                fields=["person", "space"], condition=Q(space__isnull=False), name="follow_space_once"
            ),
            models.UniqueConstraint(
                fields=["person", "tag"], condition=Q(tag__isnull=False), name="follow_tag_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.level}"


class NotificationQuerySet(models.QuerySet):
    """Notifications as their recipient may see them now."""

    def visible_to(self, reader: User) -> NotificationQuerySet:
        """Mine, about posts that I may still read and places of which I may still know."""
        about_space = Q(event__space=None) | visibility.spaces_seen_by(reader, "event__space__")
        seen = (Q(event__post=None) & about_space) | visibility.posts_seen_by(reader, "event__post__")
        return self.filter(seen, recipient=reader.pk)

    def unseen(self) -> NotificationQuerySet:
        return self.filter(seen_at=None)


class Notification(models.Model):
    """One event told to one person, once."""

    recipient = models.ForeignKey(Person, models.CASCADE, related_name="notifications")
    event = models.ForeignKey("intranet.Event", models.CASCADE, related_name="notifications")
    reason = models.CharField(max_length=10)
    created = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        ordering = ["-event_id"]
        constraints = [models.UniqueConstraint(fields=["recipient", "event"], name="notified_once")]
        indexes = [models.Index(fields=["recipient"], condition=Q(seen_at=None), name="notification_unseen")]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.event}"
