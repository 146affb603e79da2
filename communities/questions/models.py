"""What only a question has: where it stands, by when an answer is due, which answer was accepted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.content.querysets import PostQuerySet
from intranet.routing.clock import Span


class QuestionState(models.TextChoices):
    """Where a question stands, as its readers say it."""

    UNANSWERED = "unanswered", _("Unanswered")
    ANSWERED = "answered", _("Answered, not accepted")
    SOLVED = "solved", _("Solved")
    NEEDS_INFO = "needs_info", _("Needs info")
    DUPLICATE = "duplicate", _("Duplicate")
    OBSOLETE = "obsolete", _("Obsolete")


class Mark(models.TextChoices):
    """What somebody says of a question, above what its answers say. Each stops the clock of an open question."""

    NEEDS_INFO = "needs_info", _("Needs info")
    DUPLICATE = "duplicate", _("Duplicate")
    OBSOLETE = "obsolete", _("Obsolete")


class QuestionQuerySet(PostQuerySet):
    """Questions by where they stand."""

    def unanswered(self) -> QuestionQuerySet:
        return self.filter(question_detail__state=QuestionState.UNANSWERED)

    def overdue(self, now: datetime) -> QuestionQuerySet:
        return self.unanswered().filter(question_detail__due__lt=now)

    def solved(self) -> QuestionQuerySet:
        return self.filter(question_detail__state=QuestionState.SOLVED)


class QuestionManager(models.Manager.from_queryset(QuestionQuerySet)):  # type: ignore[misc]  # built at run time
    def get_queryset(self) -> QuestionQuerySet:
        return super().get_queryset().filter(kind=PostKind.QUESTION).select_related("question_detail")


class Question(Post):
    """A post that asks."""

    objects = QuestionManager()

    class Meta:
        proxy = True


class QuestionDetail(models.Model):
    """The 1:1 part of a question.

    `state` is derived from the rest, see `states.settle`. `original` is the question this one repeats, `carried` the
    ids of the follows that came to it from here. `stops` are the moments at which the clock stopped and went on, in
    turn: after an odd number it stands. `speaks_at` is when the clock next reminds somebody. `miss_note` says why
    the promise was missed, in the words of those who run the community.
    """

    post = models.OneToOneField("intranet.Post", models.CASCADE, related_name="question_detail")
    state = models.CharField(max_length=12, choices=QuestionState, default=QuestionState.UNANSWERED)
    due = models.DateTimeField(db_index=True)
    first_answer = models.DateTimeField(null=True, blank=True)
    accepted = models.ForeignKey(
        "intranet.Post", models.PROTECT, null=True, blank=True, related_name="accepted_for"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    mark = models.CharField(max_length=12, choices=Mark, blank=True, default="")
    mark_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    mark_at = models.DateTimeField(null=True, blank=True)
    mark_note = models.CharField(max_length=500, blank=True, default="")
    original = models.ForeignKey(
        "intranet.Post", models.PROTECT, null=True, blank=True, related_name="duplicates"
    )
    carried = ArrayField(models.BigIntegerField(), default=list, blank=True)
    stops = ArrayField(models.DateTimeField(), default=list, blank=True)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    speaks_at = models.DateTimeField(null=True, blank=True, db_index=True)
    miss_note = models.CharField(max_length=300, blank=True, default="")
    urgent_note = models.CharField(max_length=200, blank=True, default="")
    urgent_at = models.DateTimeField(null=True, blank=True)
    article = models.ForeignKey(
        "intranet.Post", models.SET_NULL, null=True, blank=True, related_name="grew_from"
    )

    class Meta:
        indexes = [
            # What waits is asked for on every page, and is a hundredth of what there is.
            models.Index(
                fields=["due", "post"],
                condition=models.Q(state=QuestionState.UNANSWERED),
                name="question_waiting",
            ),
        ]

    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def is_overdue(self) -> bool:
        """Nobody answered and the promised time has passed."""
        return self.state == QuestionState.UNANSWERED and self.due < timezone.now()

    @property
    def badge(self) -> str:
        """The badge that says where the question stands, one of `ui.badges`."""
        if self.is_overdue:
            return "missed"
        return "needs-info" if self.state == QuestionState.NEEDS_INFO else self.state

    @property
    def stands(self) -> bool:
        """The clock is paused."""
        return len(self.stops) % 2 == 1

    def pauses(self, now: datetime) -> list[Span]:
        """When the clock stood, a pause that goes on ending `now`."""
        ends = [*self.stops, now] if self.stands else self.stops
        return [(began, max(began, ended)) for began, ended in zip(ends[::2], ends[1::2], strict=True)]

    def claimant(self, now: datetime | None = None) -> Any:
        """Who is writing an answer at the moment, or None: a claim ends by itself."""
        return (
            self.claimed_by if self.claimed_until and self.claimed_until > (now or timezone.now()) else None
        )


class GoodAnswer(models.Model):
    """An answer that is good beside the accepted one, and who says so."""

    answer = models.OneToOneField("intranet.Post", models.CASCADE, related_name="good")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.answer}: {self.by}"
