"""How somebody came into a community, and who asks to be let in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

Person = settings.AUTH_USER_MODEL


class Way(models.TextChoices):
    """How one became a member."""

    JOINED = "joined", _("Joined")
    ADDED = "added", _("Added by {name}")
    REQUEST = "request", _("Asked, and was let in by {name}")
    INVITATION = "invitation", _("Invited by {name}")
    LINK = "link", _("Came by a link of {name}")
    RULE = "rule", _("Member by unit: {unit}")
    MERGE = "merge", _("Came with a community that was merged into this one")


class Arrival(models.Model):
    """The 1:1 part of a membership that says how it came about; `welcomed` when the welcome was shown."""

    membership = models.OneToOneField("intranet.Membership", models.CASCADE, related_name="arrival")
    way = models.CharField(max_length=10, choices=Way, default=Way.JOINED)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    rule = models.ForeignKey(
        "communities.UnitRule", models.SET_NULL, null=True, blank=True, related_name="arrivals"
    )
    welcomed = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.membership}: {self.way}"


class Outcome(models.TextChoices):
    """Where something that needs somebody's yes stands."""

    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Taken back")


class JoinRequest(models.Model):
    """Somebody asks to be let in and says why; who decides says why not."""

    space = models.ForeignKey("intranet.Space", models.CASCADE, related_name="join_requests")
    person = models.ForeignKey(Person, models.CASCADE, related_name="join_requests")
    why = models.CharField(max_length=400)
    proposed_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    asked = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    reason = models.CharField(max_length=400, blank=True)
    decided = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["asked", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["space", "person"],
                condition=Q(outcome=Outcome.WAITING),
                name="join_request_waits_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.space}: {self.outcome}"
