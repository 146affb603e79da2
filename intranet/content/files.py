"""Files that people attach to what they write. The bytes lie in a folder that has no address."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import timezone

from intranet.access import visibility
from intranet.content import guard
from intranet.content.public_ids import new_public_id
from intranet.text.files import FileNote

if TYPE_CHECKING:
    from intranet.people.models import User


class AttachmentQuerySet(models.QuerySet):
    """Attachments by reader."""

    def visible_to(self, reader: User) -> Self:
        """Those at posts that `reader` may read, and what they uploaded for a text that is not yet posted."""
        waiting = Q(post=None, owner=reader)
        return self.filter(waiting | (Q(post__isnull=False) & visibility.posts_seen_by(reader, "post__")))

    def of_texts(self) -> Self:
        """Those that were posted."""
        return self.exclude(post=None)


class Attachment(models.Model):
    """One file. It belongs to the post whose text named it first; before that only who uploaded it sees it."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attachments")
    post = models.ForeignKey(
        "intranet.Post", models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    small_width = models.PositiveIntegerField(default=0)
    small_height = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["created", "id"]
        indexes = [models.Index(fields=["owner", "-created"], name="attachment_owner_created")]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs: Any) -> None:
        guard.require_open("Attachment")
        super().save(**kwargs)

    @property
    def is_picture(self) -> bool:
        return self.width > 0

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return Path(settings.ATTACHMENTS_ROOT, self.public_id[:2], self.public_id)

    @property
    def small_path(self) -> Path:
        """Where the picture for the text lies."""
        return self.path.with_name(f"{self.public_id}.small")

    @property
    def note(self) -> FileNote:
        """What a text shows of it."""
        return FileNote(self.name, filesizeformat(self.size), self.small_width, self.small_height)

    @property
    def markdown(self) -> str:
        """What stands in a text that shows it."""
        words = self.name.replace("[", "(").replace("]", ")").replace("\\", "")
        return f"{'!' if self.is_picture else ''}[{words}](attachment:{self.public_id})"

    def get_absolute_url(self) -> str:
        return reverse("attachments:file", args=[self.public_id])
