"""Locks, flags, cases and decisions."""

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
from intranet.moderation.kinds import HEADLINES, CaseState, Outcome, Scope
from intranet.people.models import User

Person = settings.AUTH_USER_MODEL


class LockQuerySet(models.QuerySet):
    """Locks by whether they hold and what they hold."""

    def holding(self) -> LockQuerySet:
        """Locks that stop somebody now."""
        now = timezone.now()
        return self.filter(Q(until=None) | Q(until__gt=now), released_at=None)

    def with_clause(self) -> LockQuerySet:
        return self.select_related("clause__version__policy", "placed_by", "post")

    def over(self, post: Post) -> LockQuerySet:
        """Locks that reach `post`: its own, its parent's, its thread's and its space's."""
        posts = {post.pk, post.parent_id, post.root_id} - {None}
        return self.filter(Q(post__in=posts) | Q(space=post.space_id))


class Lock(models.Model):
    """A stop on writing, resting on one clause of one version of a policy.

    On a reply it holds the reply and what hangs on it, on a thread all that is in it, on a space everything.
    """

    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="locks")
    space = models.ForeignKey(Space, models.PROTECT, null=True, blank=True, related_name="locks")
    scope = models.CharField(max_length=12, choices=Scope, default=Scope.ALL)
    clause = models.ForeignKey("intranet.ClauseVersion", models.PROTECT, related_name="locks")
    note = models.TextField(blank=True)
    until = models.DateTimeField(null=True, blank=True)
    case = models.ForeignKey("intranet.Case", models.PROTECT, null=True, blank=True, related_name="locks")
    snapshot = models.JSONField(default=dict, editable=False)
    placed_by = models.ForeignKey(Person, models.PROTECT, related_name="locks_placed")
    placed_at = models.DateTimeField(default=timezone.now)
    released_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="locks_released"
    )
    released_at = models.DateTimeField(null=True, blank=True)

    objects = LockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post=None, space__isnull=False) | Q(post__isnull=False, space=None),
                name="lock_has_one_target",
            ),
            models.UniqueConstraint(fields=["post"], condition=Q(released_at=None), name="lock_once_a_post"),
            models.UniqueConstraint(
                fields=["space"], condition=Q(released_at=None), name="lock_once_a_space"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.clause}"

    @property
    def headline(self) -> str:
        """What is closed, in words."""
        return str(HEADLINES[Scope(self.scope)])

    def facts(self) -> dict[str, Any]:
        """The lock as outsiders get it: `{reason, policy, clause, version, scope, until}`."""
        return {
            "reason": self.clause.quote,
            "policy": self.clause.version.policy.slug,
            "clause": self.clause.name,
            "version": self.clause.version.number,
            "scope": self.scope,
            "until": self.until.isoformat() if self.until else None,
        }


class CaseQuerySet(models.QuerySet):
    """Cases by state and by who may decide them."""

    def open(self) -> CaseQuerySet:
        return self.filter(state=CaseState.OPEN)

    def handled_by(self, person: User) -> CaseQuerySet:
        """Cases about posts in the spaces that `person` moderates."""
        spaces = Space.objects.filter(visibility.spaces_moderated_by(person))
        return self.filter(post__space__in=spaces)


class Case(models.Model):
    """Something to decide about one post. A post has at most one open case."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    post = models.ForeignKey(Post, models.PROTECT, related_name="cases")
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    opened = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField()
    claimed_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="cases_claimed"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.UniqueConstraint(fields=["post"], condition=Q(state="open"), name="case_open_once_a_post"),
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("moderation:case", args=[self.public_id])


class Flag(models.Model):
    """One person's report of one post, naming the clause it goes against. Seen by moderators alone."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="flags")
    reporter = models.ForeignKey(Person, models.PROTECT, related_name="flags")
    clause = models.ForeignKey("intranet.ClauseVersion", models.PROTECT, related_name="flags")
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["case", "reporter"], name="flag_once")]

    def __str__(self) -> str:
        return f"{self.reporter}: {self.clause}"


class Decision(models.Model):
    """How a case ended: who decided what, under which clause, and what the author and readers were told."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    decider = models.ForeignKey(Person, models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=12, choices=Outcome)
    clause = models.ForeignKey("intranet.ClauseVersion", models.PROTECT, related_name="decisions")
    note = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return self.get_outcome_display()
