"""Rules, the numbered versions of all of them, what they said of each post, and what was tried."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from intranet.content.models import Post, Space
from intranet.moderation.cases.seams import rule_called
from intranet.moderation.kinds import Scope
from intranet.people.models import User
from intranet.policies.kinds import DisclosureKind, in_readers_language
from intranet.rules import judging
from intranet.rules.kinds import PERSONAL_LABELS, WITH_LIMIT, Change, RuleAction, RuleKind

Person = settings.AUTH_USER_MODEL


class OfPlaces(models.QuerySet):
    """Rows that hold everywhere or in one space."""

    def visible_to(self, person: User) -> OfPlaces:
        """What holds everywhere, and what holds in the places that `person` moderates."""
        return self.filter(Q(space=None) | Q(space__in=Space.objects.moderated_by(person)))

    def kept_by(self, person: User) -> OfPlaces:
        """What `person` may change: rules of the places they moderate; those for everywhere, who moderates everywhere."""
        mine = Q(space__in=Space.objects.moderated_by(person))
        return self.filter(mine | Q(space=None) if person.moderates_everywhere else mine)


class Rule(models.Model):
    """One rule as it stands now. What `what` and `limit` mean depends on `kind`, see `judging.Rule`.

    `then` is what the action needs: a topic to add, a disclosure to ask for, the scope of a lock.
    """

    name = models.CharField(max_length=80)
    name_he = models.CharField(max_length=80, blank=True)
    space = models.ForeignKey(Space, models.CASCADE, null=True, blank=True, related_name="rules")
    kind = models.CharField(max_length=12, choices=RuleKind)
    what = models.TextField(blank=True)
    limit = models.PositiveIntegerField(default=0)
    tag = models.CharField(max_length=60, blank=True)
    newer_than = models.PositiveIntegerField(default=0)
    action = models.CharField(max_length=10, choices=RuleAction)
    then = models.CharField(max_length=60, blank=True)
    clause = models.ForeignKey("intranet.ClauseVersion", models.PROTECT, related_name="rules")
    on = models.BooleanField(default=True)
    author = models.ForeignKey(Person, models.PROTECT, related_name="rules_made")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = OfPlaces.as_manager()

    FACTS = ("name", "name_he", "kind", "what", "limit", "tag", "newer_than", "action", "then", "on")
    """What a person sets, beside the place and the clause."""

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["space", "name"], nulls_distinct=False, name="rule_name_once")
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """Its place on the desk of rules, where also those read it who may not change it."""
        return f"{reverse('rules:index')}#rule-{self.pk}"

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return in_readers_language(self.name, self.name_he)

    @property
    def measures(self) -> bool:
        """Whether it compares a number with its limit."""
        return self.kind in WITH_LIMIT

    @property
    def what_label(self) -> str:
        """What it looks for, in words."""
        if self.kind == RuleKind.PERSONAL:
            return ", ".join(str(PERSONAL_LABELS[kind]) for kind in self.what.split())
        if self.kind == RuleKind.DISCLOSURE:
            return str(DisclosureKind(self.what).label)
        return ", ".join(self.what.split("\n")) if self.kind == RuleKind.WORDS else self.what

    @property
    def then_label(self) -> str:
        """What the action needs, in words."""
        if self.action == RuleAction.LOCK:
            return str(Scope(self.then or Scope.ALL).label)
        if self.action == RuleAction.DISCLOSE:
            return str(DisclosureKind(self.then).label)
        return f"#{self.then}" if self.then else ""

    def judged(self) -> judging.Rule:
        """The rule as the judging core takes it."""
        return judging.Rule(self.pk or 0, self.kind, self.what, self.limit, self.tag, self.newer_than)

    def facts(self) -> dict[str, Any]:
        """The whole rule as JSON, as versions keep it."""
        return {
            **{name: getattr(self, name) for name in self.FACTS},
            "id": self.pk,
            "space": self.space_id,
            "clause": self.clause_id,
            "author": self.author_id,
        }


class RuleSetVersion(models.Model):
    """All rules that were on after one change. Numbered without a gap, never changed: a trigger sees to it."""

    number = models.PositiveIntegerField(unique=True)
    rules = models.JSONField(default=list)
    rule = models.ForeignKey(Rule, models.DO_NOTHING, null=True, related_name="versions", db_constraint=False)
    space = models.ForeignKey(Space, models.DO_NOTHING, null=True, related_name="+", db_constraint=False)
    change = models.CharField(max_length=14, choices=Change)
    name = models.CharField(max_length=80)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = OfPlaces.as_manager()

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"v{self.number}: {self.name} {self.change}"

    @property
    def label(self) -> str:
        """The name of the rule that changed, in the reader's language."""
        return rule_called(self.name)

    @property
    def differences(self) -> list[tuple[str, Any, Any]]:
        """`(what, before, after)` of a change."""
        labels = {
            "name": _("Name"),
            "name_he": _("Name in Hebrew"),
            "kind": _("It looks for"),
            "what": _("What exactly"),
            "limit": _("Limit"),
            "tag": _("Only under the topic"),
            "newer_than": _("Only of people newer than (days)"),
            "action": _("What follows"),
            "then": _("With"),
            "clause": _("Clause"),
        }
        return [(labels[name], self.before.get(name), value) for name, value in self.after.items()]


class Judgement(models.Model):
    """Which version of the rules judged one revision of a post, and what spoke: `[{rule, name, action, excerpt}]`."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="judgements")
    revision = models.PositiveIntegerField()
    version = models.ForeignKey(RuleSetVersion, models.PROTECT, related_name="judgements")
    hits = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["revision"]
        constraints = [models.UniqueConstraint(fields=["post", "revision"], name="judged_once_a_revision")]

    def __str__(self) -> str:
        return f"{self.post_id} r{self.revision}: v{self.version_id}"

    @property
    def spoken(self) -> list[dict[str, Any]]:
        """The rules that spoke, each with its `label` in the reader's language and what it found."""
        return [hit | {"label": rule_called(hit["name"])} for hit in self.hits]

    @property
    def held_by(self) -> list[dict[str, Any]]:
        """Those of them that held the post."""
        return [hit for hit in self.spoken if hit["action"] == RuleAction.HOLD]


class Trial(models.Model):
    """A rule that was tried against what was written lately: how many posts it speaks of, and of which for example.

    Nobody but who tried it sees it; the examples are looked up under their rights each time.
    """

    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    rule = models.JSONField()
    space = models.ForeignKey(Space, models.CASCADE, null=True, related_name="+")
    looked_at = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(default=0)
    samples = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.count} / {self.looked_at}"

    @cached_property
    def judged(self) -> judging.Rule:
        """The rule as the judging core takes it."""
        return judging.Rule(**self.rule)
