"""Invitations: to one person, by a link, by the unit somebody belongs to."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from communities.joining.models import Outcome
from intranet.content.kinds import SpaceRole

Person = settings.AUTH_USER_MODEL
SALT = "communities.inviting.link"


class InvitationQuerySet(models.QuerySet):
    """Invitations by whether they still hold."""

    def open_at(self, now: datetime) -> InvitationQuerySet:
        return self.filter(outcome=Outcome.WAITING, expires__gt=now, space__archived_at=None)


class Invitation(models.Model):
    """One person is invited by name, and answers."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, models.CASCADE, related_name="invitations")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    role = models.CharField(max_length=10, choices=SpaceRole, default=SpaceRole.MEMBER)
    note = models.CharField(max_length=400, blank=True)
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    answered = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"], condition=Q(outcome=Outcome.WAITING), name="invited_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.space}: {self.outcome}"


class InviteLinkQuerySet(models.QuerySet):
    """Links by whether they still open."""

    def open_at(self, now: datetime) -> InviteLinkQuerySet:
        return self.filter(revoked=None, expires__gt=now, uses__lt=F("most_uses"), space__archived_at=None)


class InviteLink(models.Model):
    """An address that lets its holder in until it expires, is used up or is taken back.

    What stands in the address is signed and stored nowhere, so that a copy of the database opens no door.
    """

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="invite_links")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    for_guests = models.BooleanField(default=False)
    made = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    most_uses = models.PositiveIntegerField(default=10)
    uses = models.PositiveIntegerField(default=0)
    revoked = models.DateTimeField(null=True, blank=True)

    objects = InviteLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(uses__lte=F("most_uses")), name="link_within_its_uses")
        ]

    def __str__(self) -> str:
        return f"{self.space}: {self.uses}/{self.most_uses}"

    @property
    def token(self) -> str:
        return _signer().sign(str(self.pk))

    @property
    def is_open(self) -> bool:
        return not self.revoked and self.expires > timezone.now() and self.uses < self.most_uses

    def get_absolute_url(self) -> str:
        return reverse("communities:by_link", args=[self.token])


def _signer() -> signing.Signer:
    return signing.Signer(sep=".", salt=SALT)


def link_number(token: str) -> int | None:
    """The id behind the token of a link, or None when nobody here signed it."""
    try:
        return int(_signer().unsign(token))
    except (signing.BadSignature, ValueError):
        return None


class UnitRule(models.Model):
    """Who belongs to `unit`, or to a unit below it, is a member."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="unit_rules")
    unit = models.ForeignKey("intranet.OrgUnit", models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    made = models.DateTimeField(default=timezone.now)
    leaves_with_unit = models.BooleanField(default=False)

    class Meta:
        ordering = ["unit__path"]
        constraints = [models.UniqueConstraint(fields=["space", "unit"], name="unit_rule_once")]

    def __str__(self) -> str:
        return f"{self.unit} → {self.space}"
