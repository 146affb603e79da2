"""What was done to threads, with all that undoing it needs, and threads that wait to be taken in elsewhere."""

from __future__ import annotations

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.content.models import Post, Space
from intranet.content.public_ids import new_public_id
from intranet.people.models import User
from intranet.settings.product import UNDO_HOURS

Person = settings.AUTH_USER_MODEL


class SurgeryKind(models.TextChoices):
    """What can be done to a thread."""

    MOVE = "move", _("Moved")
    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Split")
    CONVERT = "convert", _("Converted")
    RECAST = "recast", _("Answer or comment changed")


class SurgeryQuerySet(models.QuerySet):
    """Surgeries by whether they hold."""

    def standing(self) -> Self:
        """Those that nobody took back."""
        return self.filter(undone_at=None)


class Surgery(models.Model):
    """One change to where posts stand.

    `before` holds what undoing needs: `spots` (columns of `layout.Spot` of every post of the threads), `titles`
    `{post id: title}`, `praise` and `details` (serialised rows of what only questions have), and `carried`
    (`follows` and `topics`: ids of rows that were added). `merger` is the merger of communities of which it is a part.
    """

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=8, choices=SurgeryKind)
    actor = models.ForeignKey(Person, models.PROTECT, related_name="surgeries")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    source = models.ForeignKey("intranet.Space", models.PROTECT, related_name="+")
    target = models.ForeignKey("intranet.Space", models.PROTECT, related_name="+")
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    undone_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    threads = models.ManyToManyField("intranet.Post", through="SurgeryThread", related_name="surgeries")
    merger = models.ForeignKey(
        "communities.Merger", models.PROTECT, null=True, blank=True, related_name="surgeries"
    )

    objects = SurgeryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def undo_until(self) -> datetime:
        """Until when it can be taken back."""
        return self.at + UNDO_HOURS

    @property
    def undoable(self) -> bool:
        """By itself: what a merger of communities moved goes back with all of it."""
        return self.undone_at is None and self.merger_id is None and timezone.now() < self.undo_until


class SurgeryThread(models.Model):
    """A thread that a surgery touched: the first is what was moved, merged, split or converted."""

    surgery = models.ForeignKey(Surgery, models.CASCADE, related_name="touched")
    post = models.ForeignKey("intranet.Post", models.PROTECT, related_name="+")
    first = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["surgery", "post"], name="surgery_thread_once")]

    def __str__(self) -> str:
        return f"{self.surgery}: {self.post_id}"


class OfferState(models.TextChoices):
    """Where an offered thread stands."""

    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Taken in")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class OfferQuerySet(models.QuerySet):
    """Offers by state and by who may see and answer them."""

    def waiting(self) -> Self:
        return self.filter(state=OfferState.WAITING)

    def answered_by_right(self, person: User) -> Self:
        """Offers to the spaces that `person` moderates."""
        return self.filter(target__in=Space.objects.moderated_by(person))

    def visible_to(self, person: User) -> Self:
        """Offers that `person` made, may answer, answered, or sees from the side that gives.

        To be asked for consent shows the title of a thread that one may not read; once nothing is asked any more,
        that is over.
        """
        sees_thread = Q(post__in=Post.objects.visible_to(person))
        asked = Q(state=OfferState.WAITING) | Q(answered_by=person) | sees_thread
        receiving = Q(target__in=Space.objects.moderated_by(person)) & asked
        giving = sees_thread & Q(post__space__in=Space.objects.moderated_by(person))
        return self.filter(receiving | giving | Q(requester=person) & sees_thread)


class Offer(models.Model):
    """A thread that its community would give to another one, waiting for the consent of that side."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    post = models.ForeignKey("intranet.Post", models.PROTECT, related_name="offers")
    target = models.ForeignKey("intranet.Space", models.PROTECT, related_name="offers")
    requester = models.ForeignKey(Person, models.PROTECT, related_name="offers_made")
    note = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.WAITING)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], condition=Q(state="waiting"), name="offer_once_a_thread"
            ),
        ]
        indexes = [
            models.Index(fields=["target", "asked_at"], condition=Q(state="waiting"), name="offer_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.post_id} to {self.target}"

    def get_absolute_url(self) -> str:
        return reverse("communities:offer", args=[self.public_id])
