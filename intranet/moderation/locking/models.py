"""The lock: what it holds, under which clause, until when."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from intranet.access import visibility
from intranet.content.models import Post, Space
from intranet.moderation.cases.seams import rule_called
from intranet.moderation.kinds import HEADLINES, Condition, Reach, Scope
from intranet.people.models import User

Person = settings.AUTH_USER_MODEL

FIND = "SELECT kesher_lock_over(%s, %s, %s, %s)"
"""The one place that knows which lock reaches what: the gate asks it, and so do the triggers of the tables."""


class LockQuerySet(models.QuerySet):
    """Locks by whether they hold and what they hold."""

    def holding(self, now: datetime | None = None) -> LockQuerySet:
        """Locks that stop somebody now, or at the moment given."""
        return self.filter(Q(until=None) | Q(until__gt=now or timezone.now()), released_at=None)

    def with_clause(self) -> LockQuerySet:
        return self.select_related(
            "clause__version__policy", "placed_by", "post__author", "post__space", "space", "person", "page"
        )

    def of_everybody(self) -> LockQuerySet:
        """Locks that are no secret of one person."""
        return self.filter(person=None)

    def stopping(
        self, *, post: Post | None, space: Space, person: User | None, scopes: frozenset[str]
    ) -> Lock | None:
        """The lock with one of `scopes` that reaches `post` or, without one, `space`; the narrowest first."""
        with connection.cursor() as cursor:
            about = (post.pk if post else None, space.pk, person.pk if person else None)
            cursor.execute(FIND, [*about, sorted(scopes)])
            (found,) = cursor.fetchone()
        # Asked before every write, and nearly always in vain: the clause is fetched only when there is a lock.
        return self.with_clause().get(pk=found) if found else None

    def moderated_by(self, person: User) -> LockQuerySet:
        """Locks in the spaces in which `person` decides; those on pages outside a space belong to all moderators."""
        spaces = Space.objects.filter(visibility.spaces_moderated_by(person))
        mine = Q(post__space__in=spaces) | Q(space__in=spaces)
        return self.filter(mine | Q(page__isnull=False) if person.moderates_everywhere else mine)


class Lock(models.Model):
    """A stop on writing, resting on one clause of one version of a policy.

    It holds one of: a post (alone, or with all that hangs on it), a whole space, one person in a space, a page of
    the editors' desk with the pages under it.
    """

    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="locks")
    space = models.ForeignKey(Space, models.PROTECT, null=True, blank=True, related_name="locks")
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="locks_on_me")
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, null=True, blank=True, related_name="+")
    reach = models.CharField(max_length=8, choices=Reach, default=Reach.BRANCH)
    scope = models.CharField(max_length=12, choices=Scope, default=Scope.ALL)
    clause = models.ForeignKey("intranet.ClauseVersion", models.PROTECT, related_name="locks")
    note = models.TextField(blank=True)
    until = models.DateTimeField(null=True, blank=True)
    condition = models.CharField(max_length=16, choices=Condition, default=Condition.NONE, blank=True)
    case = models.ForeignKey("intranet.Case", models.PROTECT, null=True, blank=True, related_name="locks")
    rule = models.CharField(max_length=80, blank=True)
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
                condition=Q(post=None, space__isnull=False, page=None)
                | Q(post__isnull=False, space=None, person=None, page=None)
                | Q(post=None, space=None, person=None, page__isnull=False),
                name="lock_has_one_target",
            ),
            models.UniqueConstraint(fields=["post"], condition=Q(released_at=None), name="lock_once_a_post"),
            models.UniqueConstraint(
                fields=["space"], condition=Q(released_at=None, person=None), name="lock_once_a_space"
            ),
            models.UniqueConstraint(
                fields=["space", "person"],
                condition=Q(released_at=None, person__isnull=False),
                name="lock_once_a_person",
            ),
            models.UniqueConstraint(fields=["page"], condition=Q(released_at=None), name="lock_once_a_page"),
        ]

    def __str__(self) -> str:
        return f"{self.scope}: {self.clause}"

    @property
    def changed_since(self) -> bool:
        """Whether the post no longer says what it said when it was locked."""
        kept = (self.snapshot.get("title", ""), self.snapshot.get("source", ""))
        return bool(self.post and self.snapshot) and (self.post.title, self.post.source) != kept

    @property
    def headline(self) -> str:
        """What is closed, in words."""
        return str(HEADLINES[Scope(self.scope)])

    @property
    def rule_label(self) -> str:
        """The rule that placed it, in the reader's language; "" when a person did."""
        return rule_called(self.rule)

    @property
    def holds(self) -> bool:
        """Whether it stops somebody now."""
        return self.released_at is None and (self.until is None or self.until > timezone.now())

    @property
    def ends(self) -> str:
        """What opens it, in words, where that is not a moment."""
        return str(Condition(self.condition).label)

    @property
    def concerns(self) -> User | None:
        """Whose right it takes: the person it is on, else the author of the post."""
        return self.person or (self.post.author if self.post else None)

    def get_absolute_url(self) -> str:
        return reverse("moderation:lock_notice", args=[self.pk])

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
