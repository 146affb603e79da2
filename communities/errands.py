"""What waits on the home page of those who run communities, and of those who are invited into one."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.inviting.models import Invitation
from communities.joining.models import JoinRequest, Outcome
from communities.reviewing.models import UNDECIDED, Decision, Review
from communities.roles.models import Expertise
from intranet.access import visibility
from intranet.people.models import User
from intranet.runtime.prepared import Prepared
from intranet.ui.frame import Errand, provides
from intranet.ui.tags import bdi
from intranet.ui.times import said_day


def _inviting(me: int, now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.open_at(now).filter(person=me).select_related("space", "by")


_invitations = Prepared(_inviting)


@provides("errands")
def invitations(person: User) -> list[Errand]:
    """Invitations that wait for an answer."""
    return [
        Errand(
            why=format_html(_("{name} invites you to a community"), name=bdi(row.by.display_name)),
            title=row.space.label,
            url="/invitations/",
            icon="mail",
        )
        for row in _invitations.all(me=person.pk, now=timezone.now())
    ]


def _due(watches: bool, run: list[int]) -> QuerySet[Review]:
    """Undecided reviews of the communities `run`, and for who `watches` all communities those nobody answered."""
    mine = Q(space__any=run)
    if watches:
        mine |= Q(escalated__isnull=False) & ~Q(space__visibility="secret")
    asked = Q(decision=Decision.MERGE_ASKED, into__any=run)
    return Review.objects.filter(mine | asked, decision__in=UNDECIDED).select_related("space", "into")


_reviews = Prepared(_due)


@provides("errands")
def reviews(person: User) -> list[Errand]:
    """Reviews that are due in communities the person runs; for knowledge managers, those nobody answered."""
    rows = _reviews.all(person.reviews_communities, run=_run_by(person))
    return [_merge(row) if row.into_id else _review(row) for row in rows if _concerns(row, person)]


def _run_by(person: User) -> list[int]:
    return [space for space, role in person.space_roles.items() if role in visibility.RUNNING_ROLES]


def _concerns(row: Review, person: User) -> bool:
    """A proposal waits for those who receive; its own community has decided."""
    return row.into_id is None or row.into_id in _run_by(person)


def _review(row: Review) -> Errand:
    late = row.escalated is not None
    return Errand(
        why=_("Nobody has reviewed this community for three weeks")
        if late
        else _("Its charter is due for review: renew, merge or archive"),
        title=row.space.label,
        url=f"{row.space.get_absolute_url()}review/",
        icon="clock",
        tone="overdue" if row.reminded else "waiting",
        note=_("Since %(day)s") % {"day": said_day(row.opened)},
    )


def _merge(row: Review) -> Errand:
    return Errand(
        why=format_html(_("Proposed to be merged into {space}"), space=bdi(row.into.label)),
        title=row.space.label,
        url=f"{row.into.get_absolute_url()}merges/",
        icon="split",
    )


@provides("errands")
def people(person: User) -> list[Errand]:
    """Requests to join and offers of experts in communities the person runs, one line a community."""
    mine = _run_by(person)
    if not mine:
        return []
    asked = JoinRequest.objects.filter(space__in=mine, outcome=Outcome.WAITING).select_related("space")
    offered = Expertise.objects.filter(space__in=mine, outcome=Outcome.WAITING).select_related("space")
    return [*_counted(asked, _ask, "requests/"), *_counted(offered, _offer, "experts/")]


def _ask(n: int) -> str:
    return ngettext("{n} person asks to join", "{n} people ask to join", n)


def _offer(n: int) -> str:
    return ngettext("{n} offer to be an expert", "{n} offers to be an expert", n)


def _counted(rows, words, page: str) -> list[Errand]:
    by_space: dict[int, list] = {}
    for row in rows:
        by_space.setdefault(row.space_id, []).append(row)
    return [
        Errand(
            why=words(len(found)).format(n=len(found)),
            title=found[0].space.label,
            url=f"{found[0].space.get_absolute_url()}{page}",
            icon="user-round-plus",
        )
        for found in by_space.values()
    ]
