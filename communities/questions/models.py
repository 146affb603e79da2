"""What only a question has: where it stands, by when an answer is due, which answer was accepted."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.content.querysets import PostQuerySet


class QuestionState(models.TextChoices):
    """Where a question stands, as its readers say it."""

    UNANSWERED = "unanswered", _("Unanswered")
    ANSWERED = "answered", _("Answered, not accepted")
    SOLVED = "solved", _("Solved")


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
    """The 1:1 part of a question."""

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

    def __str__(self) -> str:
        return self.get_state_display()

    @property
    def is_overdue(self) -> bool:
        """Nobody answered and the promised time has passed."""
        return self.state == QuestionState.UNANSWERED and self.due < timezone.now()
