"""What the frame shows of the network report: the manager's desk, and what waits for a second person."""

from __future__ import annotations

from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from intranet.people.models import User
from intranet.ui.frame import Errand, Place, provides
from kms.consent.readers import may_decide, may_read_reports
from kms.forums.models import ForumRequest, ForumRequestQuerySet
from kms.network.models import Snapshot, SnapshotQuerySet


def _waiting(person: User) -> SnapshotQuerySet:
    """Reports that wait until somebody other than who asked agrees."""
    return Snapshot.objects.held().exclude(asked_by=person)


def _waiting_forums(person: User) -> ForumRequestQuerySet:
    """Forums whose authors are counted only when somebody other than who asked agrees."""
    return ForumRequest.objects.held().exclude(asked_by=person)


@provides("desks")
def network_desk(person: User) -> list[Place]:
    """The network report for those who may read it; its requests for those who may only decide."""
    if not may_decide(person):
        return []
    reports, forums = (rows.order_by().values("pk") for rows in (_waiting(person), _waiting_forums(person)))
    waiting = reports.union(forums, all=True).count()
    if may_read_reports(person):
        address, label = reverse_lazy("network:newest"), _("Network report")
        return [Place(label, address, "waypoints", roots=("/km/network/",), count=waiting)]
    return [Place(_("Network requests"), reverse_lazy("network:requests"), "waypoints", count=waiting)]


@provides("errands")
def requests(person: User) -> list[Errand]:
    """Reports and forums that a second person has to agree to."""
    if not may_decide(person):
        return []
    rows = _waiting(person).select_related("asked_by", "forum").newest_first()
    forums = _waiting_forums(person).select_related("asked_by", "community")
    return [
        Errand(
            why=_("Counting the authors of a forum waits for a second person to agree"),
            title=one.community.label,
            url=reverse("network:forum", args=[one.community.slug]),
            icon="waypoints",
            note=one.asked_by.display_name,
        )
        for one in forums
    ] + [
        Errand(
            why=_("A network report waits for a second person to agree"),
            title=f"{one.groups_in_words}, {one.tie_in_words}",
            url=str(reverse_lazy("network:requests")),
            icon="waypoints",
            note=one.asked_by.display_name,
        )
        for one in rows
    ]
