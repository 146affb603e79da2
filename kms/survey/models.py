"""Asking people whom they turn to: surveys and who takes part. The answers themselves are interactions."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language

from intranet.people.models import User


class SurveyQuerySet(models.QuerySet):
    """Surveys by time and by who is asked."""

    def open_on(self, day: date) -> Self:
        """Surveys that can be answered on `day`."""
        return self.filter(opens__lte=day, closes__gte=day)

    def asking(self, person: User) -> Self:
        """Surveys that ask `person`: those for everybody and those for their unit. Guests are never asked."""
        if person.is_guest:
            return self.none()
        return self.filter(Q(units=None) | Q(units=person.unit_id)).distinct()


class Survey(models.Model):
    """The question "Whom do you ask about …?" to some units (all when none is named), between two days."""

    topic = models.CharField(max_length=120)
    topic_he = models.CharField(max_length=120, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    units = models.ManyToManyField("intranet.OrgUnit", blank=True, related_name="+")
    opens = models.DateField()
    closes = models.DateField()
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = SurveyQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(opens__lte=models.F("closes")), name="survey_days")]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """What one is asked about, in the reader's language."""
        return self.topic_he if self.topic_he and get_language() == "he" else self.topic

    @property
    def origin(self) -> str:
        """The mark that its answers carry among the interactions."""
        return f"survey-{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.opens <= timezone.localdate() <= self.closes


class Taking(models.Model):
    """One person in one survey: when they agreed to take part and when they answered. Read only as a rate."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="takings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    agreed_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "person"], name="survey_taken_once")]

    def __str__(self) -> str:
        return f"{self.survey} · {self.pk}"
