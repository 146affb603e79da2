"""What moderation cites: locks, flags and decisions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.access import visibility
from intranet.moderation.kinds import CaseState
from intranet.moderation.models import Case, Decision, Flag, Lock
from intranet.moderation.verbs import CASE, LOCK_NOTICE
from intranet.people.models import User
from intranet.policies.citing.kinds import MOST, About, Asked, Citation, Kind, look_again, register
from intranet.policies.models import PolicyPage
from intranet.policies.reading import locks_seen


@register
class LockCites(Kind):
    """Locks, which every reader of what is locked sees; those on a person or a page only who moderates there."""

    name = "lock"
    label = gettext_lazy("A lock")
    along = ("post__space", "post__root", "space", "person", "page", "placed_by")
    again = look_again(
        "citation_changed",
        gettext_lazy("The clause that a lock of yours rests on has changed. Look at it again"),
        LOCK_NOTICE,
    )

    def binding(self) -> QuerySet[Lock]:
        return Lock.objects.holding()

    def cited(self, policy: PolicyPage, reader: User) -> Iterator[Citation]:
        rows = Lock.objects.filter(locks_seen(reader), clause__version__policy=policy)
        rows = rows.select_related("clause__version", "post__root", "space").order_by("-placed_at").distinct()
        for lock in rows[:MOST]:
            yield Citation(
                kind=self.name,
                anchor=lock.clause.anchor,
                what=_("Lock: %(scope)s") % {"scope": lock.get_scope_display()},
                icon="lock" if lock.holds else "lock-open",
                about=_locked(lock),
                url=lock.get_absolute_url(),
                version=lock.clause.version.number,
                at=lock.placed_at,
                stands=lock.holds,
            )

    def about(self, reader: User, row: Lock) -> About | None:
        if row.post:
            seen = visibility.sees_post(reader, row.post)
        elif row.space:
            moderates = visibility.moderates_space(reader, row.space)
            seen = moderates if row.person else visibility.sees_space(reader, row.space)
        else:
            seen = reader.moderates_everywhere
        return About(_locked(row), row.get_absolute_url()) if seen else None

    def asked(self, row: Lock) -> Asked:
        return Asked(row.placed_by, row.pk, post=row.post, space=row.space)


def _locked(lock: Lock) -> str:
    """What is locked, as people call it."""
    if lock.post:
        return lock.post.thread.title
    return lock.space.label if lock.space else lock.page.title


class _OfCase(Kind):
    """What hangs on a case is named to those who moderate the place of its post, and read it, alone."""

    along: ClassVar[tuple[str, ...]] = ("case__post__space", "case__post__root")

    def about(self, reader: User, row: Flag | Decision) -> About | None:
        post = row.case.post
        seen = visibility.sees_post(reader, post) and visibility.moderates_space(reader, post.space)
        return About(post.thread.title, row.case.get_absolute_url()) if seen else None


@register
class FlagCites(_OfCase):
    """Flags of open cases. Nobody is asked to look again: who decides reads the new words anyway."""

    name = "flag"
    label = gettext_lazy("A flag")

    def binding(self) -> QuerySet[Flag]:
        return Flag.objects.filter(case__state=CaseState.OPEN)


@register
class DecisionCites(_OfCase):
    """Decisions that were neither taken back nor overturned."""

    name = "decision"
    label = gettext_lazy("A decision")
    along = (*_OfCase.along, "decider")
    again = look_again(
        "decision_clause_changed",
        gettext_lazy("The clause that a decision of yours cites has changed. Look at it again"),
        CASE,
    )

    def binding(self) -> QuerySet[Decision]:
        return Decision.objects.standing()

    def cited(self, policy: PolicyPage, reader: User) -> Iterator[Citation]:
        rows = Decision.objects.filter(
            case__in=Case.objects.handled_by(reader), clause__version__policy=policy
        ).select_related("clause__version", "case__post__root")
        for decision in rows.order_by("-at")[:MOST]:
            yield Citation(
                kind=self.name,
                anchor=decision.clause.anchor,
                what=_("Decision: %(outcome)s") % {"outcome": decision.get_outcome_display()},
                icon="scale",
                about=decision.case.post.thread.title,
                url=decision.case.get_absolute_url(),
                version=decision.clause.version.number,
                at=decision.at,
                stands=decision.stands,
            )

    def asked(self, row: Decision) -> Asked | None:
        sees = visibility.sees_post(row.decider, row.case.post)
        return Asked(row.decider, row.case.public_id, post=row.case.post) if sees else None
