"""Cases, what brought them up, what was noted and decided about them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from intranet.access import visibility
from intranet.content.models import Post, Space
from intranet.content.public_ids import new_public_id
from intranet.moderation.cases.seams import rule_called
from intranet.moderation.kinds import CaseState, FlagSource, Outcome
from intranet.people.models import User

Person = settings.AUTH_USER_MODEL


class CaseQuerySet(models.QuerySet):
    """Cases by state and by who may decide them."""

    def open(self) -> CaseQuerySet:
        """Cases that have not ended: to be decided, or waiting for the author's edit."""
        return self.exclude(state=CaseState.DECIDED)

    def handled_by(self, person: User) -> CaseQuerySet:
        """Cases about posts in the spaces that `person` moderates."""
        spaces = Space.objects.filter(visibility.spaces_moderated_by(person))
        return self.filter(post__space__in=spaces)


class Case(models.Model):
    """Something to decide about one post. A post has at most one case that has not ended."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="cases")
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    opened = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField()
    claimed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="cases_claimed"
    )
    auto_hidden_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    asked_revision = models.PositiveIntegerField(null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(state__in=("open", "awaiting")),
                name="case_live_once_a_post",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.public_id])

    @property
    def edited_since(self) -> bool:
        """Whether the author has edited since they were asked to."""
        return (
            self.state == CaseState.AWAITING
            and self.asked_revision is not None
            and self.post.revision > self.asked_revision
        )


class Flag(models.Model):
    """One report of one post, naming the clause it goes against. Seen by moderators alone.

    `weight` is how much it counted when it came (see `weighing`); `upheld` says, once the case has ended, whether
    something was done about the post.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="flags")
    source = models.CharField(max_length=10, choices=FlagSource, default=FlagSource.FLAG)
    reporter = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="flags")
    rule = models.CharField(max_length=80, blank=True)
    clause = models.ForeignKey("intranet.ClauseVersion", models.PROTECT, related_name="flags")
    note = models.TextField(blank=True)
    weight = models.FloatField(default=1.0)
    upheld = models.BooleanField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "reporter"], name="flag_once"),
            models.UniqueConstraint(fields=["case", "rule"], condition=~Q(rule=""), name="flag_once_a_rule"),
            models.CheckConstraint(
                condition=Q(reporter__isnull=False, rule="") | (Q(reporter=None) & ~Q(rule="")),
                name="flag_from_person_or_rule",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reporter or self.rule}: {self.clause}"

    @property
    def rule_label(self) -> str:
        """The rule in the reader's language; "" where none spoke."""
        return "" if self.source == FlagSource.CLASSIFIER else rule_called(self.rule)


class Recusal(models.Model):
    """Somebody who said "I am party" to a case: they neither decide it nor an appeal about it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="recusals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="recusals")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "person"], name="recused_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.case}"


class CaseNote(models.Model):
    """What moderators tell each other about a case. Nobody else ever reads it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    author = models.ForeignKey(Person, models.PROTECT, related_name="case_notes")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.text[:80]


class DecisionQuerySet(models.QuerySet):
    """Decisions by whether they stand and whom they concern."""

    def standing(self) -> DecisionQuerySet:
        """Decisions that were neither undone nor overturned."""
        return self.filter(undone_at=None, overturned_at=None)

    def with_all(self) -> DecisionQuerySet:
        return self.select_related(
            "decider",
            "clause__version__policy",
            "case__post__root",
            "case__post__space",
            "case__post__author",
        )

    def about(self, person: User) -> DecisionQuerySet:
        """Decisions of which `person` is told, as the author."""
        return self.filter(case__post__author=person).exclude(outcome=Outcome.ESCALATE)


class Decision(models.Model):
    """How a case ended: who decided what, under which clause. It is marked when it falls, never deleted.

    `effect` holds what is needed to take it back: the state of the post before, ids of what it made.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    decider = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome)
    clause = models.ForeignKey("intranet.ClauseVersion", models.PROTECT, related_name="decisions")
    note = models.TextField(blank=True)
    until = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)
    snapshot = models.JSONField(default=dict, editable=False)
    effect = models.JSONField(default=dict, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    overturned_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["clause", "-at"], name="decision_clause_at")]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def stands(self) -> bool:
        return self.undone_at is None and self.overturned_at is None

    def get_absolute_url(self) -> str:
        """The page on which the author is told."""
        return reverse("moderation:notice", args=[self.pk])


class Redaction(models.Model):
    """Words that were taken out of a post. What stood there is kept for the case and shown nowhere else."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="redactions")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="redactions")
    original: Any = models.JSONField(editable=False)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.post} · {self.at:%Y-%m-%d}"


class Unlisted(models.Model):
    """A post that is read where somebody links to it and stands in no list, feed or search."""

    post = models.OneToOneField(Post, models.CASCADE, related_name="unlisted")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.post)
