"""My communities in the frame of every page, with the open questions of each."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, QuerySet
from django.db.models.functions import JSONObject
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from communities.moving.models import Offer
from communities.questions.models import QuestionDetail, QuestionState
from intranet.content.kinds import PostState
from intranet.content.models import Space
from intranet.moderation.queue import moderates_something
from intranet.people.models import User
from intranet.runtime.prepared import Prepared
from intranet.ui.frame import Place, provides

MOST = 12
"""Communities in the side navigation; the others are in the list."""


def _joined(me: int) -> QuerySet[Space]:
    """The living communities of a person, each with the `waiting` questions of them all, as rows of `space` and `count`.

    All are counted in one pass: it does not depend on the row, so PostgreSQL asks it once.
    """
    waiting = (
        QuestionDetail.objects.filter(
            post__space__memberships__person=me,
            state=QuestionState.UNANSWERED,
            post__state=PostState.PUBLISHED,
        )
        .order_by()
        .values("post__space")
        .annotate(row=JSONObject(space="post__space", count=Count("pk")))
    )
    mine = Space.objects.communities().filter(memberships__person=me, archived_at=None)
    return mine.annotate(waiting=ArraySubquery(waiting.values("row")))[:MOST]


_communities = Prepared(_joined)


@provides("communities")
def my_communities(person: User) -> list[Place]:
    """The communities of which `person` is a member, in one query."""
    spaces = _communities.all(me=person.pk)
    waiting = {row["space"]: row["count"] for row in spaces[0].waiting} if spaces else {}
    return [_place(space, waiting.get(space.pk, 0)) for space in spaces]


def _place(space: Space, count: int) -> Place:
    address = space.get_absolute_url()
    return Place(space.label, address, roots=(address,), count=count, colour=space.colour)


@provides("desks")
def offered_threads(person: User) -> list[Place]:
    """The way to threads that others offer to the communities `person` runs, while there are any."""
    if not moderates_something(person):
        return []
    waiting = Offer.objects.waiting().answered_by_right(person).count()
    if not waiting:
        return []
    return [
        Place(
            _("Offered threads"),
            reverse_lazy("communities:offers"),
            "handshake",
            roots=("/offers/",),
            count=waiting,
        )
    ]
