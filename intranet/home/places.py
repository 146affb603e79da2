"""My communities with what is open in them, and the desk of those who work on the pages."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.questions.models import QuestionDetail, QuestionState
from intranet.access.readers import Reader, kind_of
from intranet.content.kinds import PostState
from intranet.content.models import Post, Space
from intranet.notify.positions import grown_by_space
from intranet.people.models import User
from intranet.runtime.prepared import Prepared
from intranet.ui.frame import Place, provides

MOST_COMMUNITIES = 12


def _number(details: QuerySet[QuestionDetail]) -> Coalesce:
    """How many questions of the outer space are in `details`; counted by itself, not over a join of all posts."""
    counted = details.order_by().values("post__space").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _open_in(*kind: bool, me: int, now: datetime) -> QuerySet[Space]:
    unanswered = QuestionDetail.objects.filter(
        post__space=OuterRef("pk"), post__state=PostState.PUBLISHED, state=QuestionState.UNANSWERED
    )
    threads = Post.objects.published().threads().filter(space=OuterRef("pk")).by_activity()
    return (
        Space.objects.communities()
        .filter(memberships__person=me, archived_at=None)
        .annotate(
            unanswered=_number(unanswered),
            fresh=Coalesce(Subquery(grown_by_space(Reader(me, *kind)), output_field=IntegerField()), 0),
            late=_number(unanswered.filter(due__lt=now)),
            latest=Subquery(threads.values("last_activity")[:1]),
        )
        .order_by("-unanswered", "name")[:MOST_COMMUNITIES]
    )


_mine = Prepared(_open_in)


def my_communities(person: User) -> list[Space]:
    """The person's communities with `unanswered`, `late`, `fresh` and `latest`, those with most to do first; one query."""
    return _mine.all(*kind_of(person), me=person.pk, now=timezone.now())


@provides("desks")
def desks(person: User) -> list[Place]:
    """The gallery, for those who work on the pages themselves."""
    return [Place(_("Components"), "/ui/", "sliders-horizontal")] if person.is_staff else []
