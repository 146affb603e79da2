"""Pairs of people who might be introduced, what became of it, and what it changed."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.people.models import User

Person = settings.AUTH_USER_MODEL


class Arm(models.TextChoices):
    """What a draw decided about a pair: shown to the knowledge manager, or held out for comparison."""

    OFFERED = "offered", _("Offered")
    HELD = "held", _("Held out")


class Kind(models.TextChoices):
    """Why a pair was suggested."""

    LIKELY = "likely", _("Would get on")
    BRIDGING = "bridging", _("Would bridge a gap")


class Candidate(models.Model):
    """An eligible pair of a report: two people of different groups without a tie, who both take part.

    A pair is drawn once and keeps its arm for ever. `low` is the person with the smaller id.
    """

    low = models.ForeignKey(Person, models.CASCADE, related_name="+")
    high = models.ForeignKey(Person, models.CASCADE, related_name="+")
    snapshot = models.ForeignKey("kms.Snapshot", models.PROTECT, related_name="candidates")
    kind = models.CharField(max_length=10, choices=Kind)
    groups = models.JSONField(default=list)
    score = models.FloatField(default=0)
    reasons = models.JSONField(default=list)
    topic = models.ForeignKey("intranet.Tag", models.SET_NULL, null=True, blank=True, related_name="+")
    arm = models.CharField(max_length=8, choices=Arm)
    drawn_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["low", "high"], name="candidate_once"),
            models.CheckConstraint(condition=Q(low__lt=F("high")), name="candidate_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.low_id}–{self.high_id}"


class Stage(models.TextChoices):
    """Where an introduction stands, as the knowledge manager may know it."""

    ASKED = "asked", _("Both were asked")
    AGREED = "agreed", _("Both said yes")
    MET = "met", _("They met")
    CLOSED = "closed", _("Did not come about")


class IntroductionQuerySet(models.QuerySet):
    """Introductions by person and by where they stand."""

    def of(self, person: User) -> Self:
        """Introductions in which `person` is one of the two."""
        return self.filter(sides__person=person)

    def under_way(self) -> Self:
        return self.filter(stage__in=[Stage.ASKED, Stage.AGREED])


class Introduction(models.Model):
    """One pair that was asked to meet, with a topic and a pretext."""

    candidate = models.OneToOneField(Candidate, models.PROTECT, related_name="introduction")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    pretext = models.CharField(max_length=500)
    question = models.ForeignKey("intranet.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    stage = models.CharField(max_length=8, choices=Stage, default=Stage.ASKED)
    agreed_at = models.DateTimeField(null=True, blank=True)
    thread = models.ForeignKey("intranet.Post", models.SET_NULL, null=True, blank=True, related_name="+")
    meet_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stage", "expires_at"], name="introduction_by_stage")]

    def __str__(self) -> str:
        return f"{self.candidate} {self.stage}"


class Answer(models.TextChoices):
    """What one of the two said."""

    WAITING = "waiting", _("Not answered yet")
    YES = "yes", _("Yes")
    LATER = "later", _("Later")
    NO = "no", _("No")


class Side(models.Model):
    """One of the two people of an introduction. What they said is read by nobody but themselves."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="sides")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["introduction", "person"], name="side_once")]

    def __str__(self) -> str:
        return f"{self.introduction_id} · {self.person_id}"


class Outcome(models.Model):
    """What was between the two people of a pair so many days after it was asked, or drawn when it was held out."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="outcomes")
    days = models.PositiveSmallIntegerField()
    tied = models.BooleanField()
    reciprocated = models.BooleanField()
    durable = models.BooleanField()
    reciprocated_before = models.BooleanField(default=False)
    durable_before = models.BooleanField(default=False)
    measured_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidate", "days"], name="outcome_once")]

    def __str__(self) -> str:
        return f"{self.candidate} {self.days}"
