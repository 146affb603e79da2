"""One community that becomes part of another, from the proposal to the end of the day in which it can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.reviewing.models import Decision
from intranet.content.kinds import Visibility
from intranet.content.public_ids import new_public_id
from intranet.settings.product import UNDO_HOURS

Person = settings.AUTH_USER_MODEL


class MergerState(models.TextChoices):
    """Where a merger stands."""

    ASKED = "asked", _("Waits for the other community")
    DECLINED = "declined", _("Declined")
    RUNNING = "running", _("Going on")
    STOPPED = "stopped", _("Stopped on its way")
    DONE = "done", _("Merged")
    UNDOING = "undoing", _("Being taken back")
    UNDONE = "undone", _("Taken back")


UNDER_WAY = (MergerState.RUNNING, MergerState.UNDOING)
ENDED = (MergerState.DECLINED, MergerState.DONE, MergerState.UNDONE)


class MergerQuerySet(models.QuerySet):
    """Mergers by state."""

    def waiting(self) -> Self:
        """Those that wait for the consent of the receiving side, and were not dropped by another decision since."""
        return self.filter(state=MergerState.ASKED, source__reviews__decision=Decision.MERGE_ASKED)


class Merger(models.Model):
    """`source` becomes part of `target`.

    `readers` is how many people more would read the threads of `source`, as those who decided confirmed it, and
    `visibility` what `target` was then: a target that opened since stops the work. `keep_roles` is the receiver's word
    that managers, moderators and experts stay what they were. `total` and `carried` are threads and articles. `before` holds what
    taking back needs: ids of `members`, `follows`, `pins`, `expertise`, and `belongings` by their name. `stopped` says why
    it stands.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    source = models.ForeignKey("intranet.Space", models.PROTECT, related_name="mergers_out")
    target = models.ForeignKey("intranet.Space", models.PROTECT, related_name="mergers_in")
    state = models.CharField(max_length=10, choices=MergerState, default=MergerState.ASKED)
    note = models.CharField(max_length=400, blank=True)
    readers = models.PositiveIntegerField(default=0)
    visibility = models.CharField(max_length=8, choices=Visibility)
    keep_roles = models.BooleanField(default=False)
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    total = models.PositiveIntegerField(default=0)
    carried = models.PositiveIntegerField(default=0)
    stopped = models.CharField(max_length=300, blank=True)
    before = models.JSONField(default=dict)

    objects = MergerQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"], condition=~Q(state__in=ENDED), name="merger_once_a_community"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}: {self.state}"

    def get_absolute_url(self) -> str:
        return reverse("communities:merger", args=[self.public_id])

    @property
    def under_way(self) -> bool:
        """A task is at work on it."""
        return self.state in UNDER_WAY

    @property
    def undo_until(self) -> datetime | None:
        """Until when it can be taken back; None before it is done."""
        return self.done_at + UNDO_HOURS if self.done_at else None

    @property
    def undoable(self) -> bool:
        """Done, and not longer than a day ago; or stopped on its way."""
        if self.state == MergerState.STOPPED:
            return True
        return (
            self.state == MergerState.DONE
            and self.done_at is not None
            and timezone.now() < self.done_at + UNDO_HOURS
        )
