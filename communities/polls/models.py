"""A poll on a thread: what can be chosen, and who chose what. One ballot a person, by the database."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

Person = settings.AUTH_USER_MODEL


class Poll(models.Model):
    """The question of a poll and its rules. Who sees the thread sees the poll."""

    post = models.OneToOneField("intranet.Post", models.CASCADE, related_name="poll")
    question = models.CharField(max_length=200)
    many = models.BooleanField(default=False)
    secret = models.BooleanField(default=False)
    closes = models.DateTimeField(null=True, blank=True)
    closed = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.question

    @property
    def is_open(self) -> bool:
        """Whether one can vote now."""
        return self.closed is None and (self.closes is None or timezone.now() < self.closes)

    @property
    def ended(self):
        """When voting ended, None while it goes on."""
        return None if self.is_open else min(when for when in (self.closed, self.closes) if when)


class PollOption(models.Model):
    """One thing that can be chosen."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=160)

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["poll", "place"], name="poll_option_place_once")]

    def __str__(self) -> str:
        return self.text


class Ballot(models.Model):
    """One person's part in one poll."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    person = models.ForeignKey(Person, models.CASCADE, related_name="ballots")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "person"], name="ballot_once")]

    def __str__(self) -> str:
        return f"{self.poll_id}: {self.person_id}"


class Choice(models.Model):
    """One option on a ballot; `alone` where a ballot may hold only one."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="choices")
    option = models.ForeignKey(PollOption, models.CASCADE, related_name="choices")
    alone = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "option"], name="choice_once"),
            models.UniqueConstraint(fields=["ballot"], condition=Q(alone=True), name="choice_alone"),
        ]

    def __str__(self) -> str:
        return str(self.option)
