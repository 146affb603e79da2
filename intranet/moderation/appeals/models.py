"""An author asks that another moderator looks again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from intranet.access import visibility
from intranet.content.models import Post, Space
from intranet.content.public_ids import new_public_id
from intranet.moderation.cases.models import Case, Decision
from intranet.moderation.kinds import AppealState
from intranet.moderation.locking.models import Lock
from intranet.people.models import User

Person = settings.AUTH_USER_MODEL


class AppealQuerySet(models.QuerySet):
    """Appeals by who may decide them."""

    def open(self) -> AppealQuerySet:
        return self.filter(state=AppealState.OPEN)

    def decided_by_others_than(self, person: User) -> AppealQuerySet:
        """Appeals about what somebody else than `person` decided, to which they are no party."""
        return self.exclude(
            Q(decision__decider=person)
            | Q(lock__placed_by=person)
            | Q(appellant=person)
            | Q(decision__case__recusals__person=person)
        )

    def for_moderator(self, person: User) -> AppealQuerySet:
        """Appeals that `person` may decide: in places they moderate, about decisions of others."""
        spaces = Space.objects.filter(visibility.spaces_moderated_by(person))
        return self.filter(space__in=spaces).decided_by_others_than(person)

    def with_all(self) -> AppealQuerySet:
        clause = "clause__version__policy"
        return self.select_related(
            "appellant",
            "space",
            f"decision__{clause}",
            "decision__decider",
            "decision__case__post__root",
            f"lock__{clause}",
            "lock__placed_by",
            "lock__post__root",
        )


class Appeal(models.Model):
    """One appeal against one decision, or against a lock that was placed without a case."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="appeal")
    lock = models.OneToOneField(Lock, models.PROTECT, null=True, blank=True, related_name="appeal")
    space = models.ForeignKey(Space, models.PROTECT, related_name="appeals")
    appellant = models.ForeignKey(Person, models.PROTECT, related_name="appeals")
    text = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    due = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AppealState, default=AppealState.OPEN)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True)

    objects = AppealQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__isnull=False, lock=None) | Q(decision=None, lock__isnull=False),
                name="appeal_has_one_target",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def get_absolute_url(self) -> str:
        return reverse("moderation:appeal", args=[self.public_id])

    @property
    def against(self) -> Decision | Lock:
        """What it is against: a decision or a lock; both have a clause, a note and a moment."""
        found = self.decision or self.lock
        assert found is not None  # the table has one of the two
        return found

    @property
    def first_decider(self) -> User:
        """Whose decision it is against."""
        return self.decision.decider if self.decision else self.lock.placed_by

    @property
    def post(self) -> Post | None:
        """The post it is about; None for a lock on a person."""
        return self.decision.case.post if self.decision else self.lock.post

    @property
    def case(self) -> Case | None:
        return self.decision.case if self.decision else None
