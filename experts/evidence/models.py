"""What people did here that shows what they know. Facts, never scores: weights are computed when they are read."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from experts.evidence.kinds import ICONS, EvidenceKind
from intranet.access import visibility
from intranet.content.kinds import PostState
from intranet.people.models import User
from intranet.ui.tags import bdi


class EvidenceQuerySet(models.QuerySet):
    """Lines by who may read them and whether they count."""

    def visible_to(self, reader: User) -> Self:
        """Lines about people whom `reader` may know, resting on posts that `reader` may read now.

        A guest also has to know the one who endorsed.
        """
        rows = self.filter(Q(post=None) | visibility.posts_seen_by(reader, "post__"))
        if not reader.is_guest:
            return rows
        known = User.objects.visible_to(reader).values("pk")
        return rows.filter(Q(by=None) | Q(by__in=known), person__in=known)

    def counting(self) -> Self:
        """Lines that count: neither hidden nor contested, on posts that are out, about people who are here or came
        with an import."""
        published = Q(post__state=PostState.PUBLISHED) & (
            Q(post__root=None) | Q(post__root__state=PostState.PUBLISHED)
        )
        return self.filter(
            Q(post=None) | published,
            Q(person__is_active=True) | ~Q(person__attribution=""),
            hidden_at=None,
            contested_at=None,
            amount__gt=0,
        )

    def for_lines(self) -> Self:
        """With all that a line shows."""
        return self.select_related("post__root", "post__space", "tag", "by")


class Evidence(models.Model):
    """One line: `person` did something that shows knowledge, at `at`, as `event` of the log tells.

    A line about a post has the topics of its thread; an endorsement names its own `tag` and who gave it (`by`).
    `amount` is how many times it was said (votes). `words` is what the finder matches.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=10, choices=EvidenceKind)
    post = models.ForeignKey("intranet.Post", models.CASCADE, null=True, blank=True, related_name="evidence")
    tag = models.ForeignKey("intranet.Tag", models.CASCADE, null=True, blank=True, related_name="evidence")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="evidence_given"
    )
    note = models.CharField(max_length=200, blank=True)
    event = models.ForeignKey("intranet.Event", models.CASCADE, related_name="evidence")
    at = models.DateTimeField()
    amount = models.IntegerField(default=1)
    words = ArrayField(models.CharField(max_length=60), default=list)
    hidden_at = models.DateTimeField(null=True, blank=True)
    contested_at = models.DateTimeField(null=True, blank=True)
    contest_note = models.CharField(max_length=200, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "post", "tag", "by"], nulls_distinct=False, name="evidence_once"
            ),
        ]
        indexes = [
            GinIndex(fields=["words"], name="evidence_words"),
            models.Index(fields=["person", "-at"], name="evidence_person_at"),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.what}"

    @property
    def what(self) -> SafeString | str:
        """What kind of line it is, in the reader's words, before the title of what it rests on."""
        match self.kind:
            case EvidenceKind.ENDORSED:
                words = _("Endorsed by {name} (“{note}”) for") if self.note else _("Endorsed by {name} for")
                return format_html(words, name=bdi(self.by.display_name), note=bdi(self.note))
            case EvidenceKind.VOTED:
                return _("Upvoted %(times)s×:") % {"times": self.amount}
            case EvidenceKind.HELPED:
                return _("Helped %(people)s more:") % {"people": self.amount}
            case EvidenceKind.DOCUMENT:
                return f"{self.post.get_kind_display()}:"
            case _:
                return f"{self.get_kind_display()}:"

    @property
    def icon(self) -> str:
        return ICONS[EvidenceKind(self.kind)]

    @property
    def state(self) -> str:
        """`hidden`, `contested` or nothing: how the line looks to the person it is about."""
        return "hidden" if self.hidden_at else "contested" if self.contested_at else ""

    @property
    def title(self) -> str:
        """The thread it is in, or the topic of an endorsement."""
        return self.post.thread.title if self.post else str(self.tag)

    @property
    def url(self) -> str:
        return self.post.get_absolute_url() if self.post else f"/experts/?q={self.tag.slug}"
