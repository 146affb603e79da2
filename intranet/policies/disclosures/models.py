"""Who may speak for whom, what must be disclosed where, and what was disclosed on a post."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.people.models import OrgUnit
from intranet.people.roles import Role
from intranet.policies.kinds import DisclosureKind, disclosed_words, in_readers_language

Person = settings.AUTH_USER_MODEL


class MandateQuerySet(models.QuerySet):
    """Mandates by whether they hold."""

    def holding(self) -> MandateQuerySet:
        today = timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=today), since__lte=today, ended_at=None)


class Mandate(models.Model):
    """The right of a person to write on behalf of a unit or of a leader, given by somebody, for a time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="mandates")
    unit = models.ForeignKey(OrgUnit, models.CASCADE, null=True, blank=True, related_name="mandates")
    leader = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="mandates_given_for"
    )
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="mandates_given")
    since = models.DateField(default=timezone.localdate)
    until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit__isnull=False, leader=None) | Q(unit=None, leader__isnull=False),
                name="mandate_for_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.behalf}"

    @property
    def behalf(self) -> str:
        """For whom, as readers see it."""
        return self.unit.label if self.unit else self.leader.display_name


class Requirement(models.Model):
    """A rule: posts for which all of its conditions hold carry a disclosure of `kind`."""

    kind = models.CharField(_("what must be disclosed"), max_length=12, choices=DisclosureKind)
    space = models.ForeignKey(
        "intranet.Space", models.CASCADE, null=True, blank=True, related_name="disclosure_requirements"
    )
    tag = models.ForeignKey(
        "intranet.Tag", models.CASCADE, null=True, blank=True, related_name="disclosure_requirements"
    )
    words = models.CharField(max_length=400, blank=True)
    role = models.CharField(max_length=20, choices=Role, blank=True)
    why = models.CharField(max_length=240, blank=True)
    why_he = models.CharField(max_length=240, blank=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(space__isnull=False) | Q(tag__isnull=False) | ~Q(words="") | ~Q(role=""),
                name="requirement_has_a_condition",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.reason}"

    @property
    def reason(self) -> str:
        return in_readers_language(self.why, self.why_he)


class Disclosure(models.Model):
    """One disclosure on one post, as data: what kind, what about, and for whom the author speaks.

    `denied` says that the author was asked and has nothing of this kind to disclose.
    """

    post = models.ForeignKey("intranet.Post", models.CASCADE, related_name="disclosures")
    kind = models.CharField(max_length=12, choices=DisclosureKind)
    text = models.CharField(max_length=200, blank=True)
    denied = models.BooleanField(default=False)
    unit = models.ForeignKey(OrgUnit, models.PROTECT, null=True, blank=True, related_name="+")
    leader = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "kind"], name="disclosure_once")]

    def __str__(self) -> str:
        return self.words

    @property
    def words(self) -> str:
        """The disclosure as readers see it, with its details."""
        return disclosed_words(self.kind, self.text, denied=self.denied, behalf=self.behalf)

    @property
    def behalf(self) -> str:
        """The unit or the leader for whom the author speaks; empty for any other kind."""
        return self.unit.label if self.unit else self.leader.display_name if self.leader else ""
