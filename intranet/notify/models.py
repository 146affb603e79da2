"""What people follow and what they are told."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.access import visibility
from intranet.people.models import User
from intranet.settings.product import BOOKMARK_NOTE_MAX

Person = settings.AUTH_USER_MODEL


class Level(models.TextChoices):
    """How much one hears of a thread, a space, a topic or a person. `NORMAL` is what holds without a choice."""

    WATCHING = "watching", pgettext_lazy("level", "Watching")
    FOLLOWING = "following", pgettext_lazy("level", "Following")
    NORMAL = "normal", pgettext_lazy("level", "Normal")
    MUTED = "muted", pgettext_lazy("level", "Muted")


class FollowQuerySet(models.QuerySet):
    """Choices of what to hear of."""

    def visible_to(self, reader: User) -> FollowQuerySet:
        """Mine, about what I may still see."""
        seen = (
            Q(tag__isnull=False)
            | (Q(post__isnull=False) & visibility.posts_seen_by(reader, "post__"))
            | (Q(space__isnull=False) & visibility.spaces_seen_by(reader, "space__"))
            | Q(whom__in=User.objects.visible_to(reader))
        )
        return self.filter(seen, person=reader.pk)


class Follow(models.Model):
    """One person's level for one thread, space, topic or other person. A row is never `NORMAL`."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="follows")
    post = models.ForeignKey("intranet.Post", models.CASCADE, null=True, blank=True, related_name="followers")
    space = models.ForeignKey(
        "intranet.Space", models.CASCADE, null=True, blank=True, related_name="followers"
    )
    tag = models.ForeignKey("intranet.Tag", models.CASCADE, null=True, blank=True, related_name="followers")
    whom = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="followers")
    level = models.CharField(max_length=10, choices=Level, default=Level.FOLLOWING)
    since = models.DateTimeField(default=timezone.now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "whom"], condition=Q(whom__isnull=False), name="follow_whom_once"
            ),
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


class ReadPosition(models.Model):
    """How far one person has read one thread: all posts up to `number` were on their screen."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="read_positions")
    thread = models.ForeignKey("intranet.Post", models.CASCADE, related_name="read_positions")
    number = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "thread"], name="read_position_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.thread} {self.number}"


class BookmarkQuerySet(models.QuerySet):
    """Bookmarks by whose they are and what they wait for."""

    def visible_to(self, reader: User) -> BookmarkQuerySet:
        """Mine, of posts that I may still read."""
        return self.filter(visibility.posts_seen_by(reader, "post__"), person=reader.pk)

    def ahead(self) -> BookmarkQuerySet:
        """Those whose reminder is still to come."""
        return self.filter(remind_on__isnull=False, reminded_at=None)

    def due(self, today: date) -> BookmarkQuerySet:
        """Those that shall be told of by the end of `today`."""
        return self.ahead().filter(remind_on__lte=today)


class Bookmark(models.Model):
    """A post that one person keeps, with a note for themselves and a day on which to be reminded of it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="bookmarks")
    post = models.ForeignKey("intranet.Post", models.CASCADE, related_name="bookmarks")
    note = models.CharField(max_length=BOOKMARK_NOTE_MAX, blank=True)
    remind_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    objects = BookmarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "post"], name="bookmark_once")]
        indexes = [
            models.Index(
                fields=["remind_on"],
                condition=Q(remind_on__isnull=False, reminded_at=None),
                name="bookmark_ahead",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.post}"


class Rhythm(models.TextChoices):
    """How often what was not seen is sent by mail."""

    NEVER = "never", _("Never")
    DIRECT = "direct", _("At once")
    DAILY = "daily", _("Every morning")
    WEEKLY = "weekly", _("Every Sunday morning")


class Digest(models.Model):
    """What one person chose to get by mail; without a row nothing is sent. `told_until` is the last event that was."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="digest")
    rhythm = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.NEVER)
    sent_at = models.DateTimeField(null=True, blank=True)
    told_until = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person}: {self.rhythm}"
