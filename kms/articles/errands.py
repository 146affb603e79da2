"""Articles that wait on the home page of those who keep them."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.people.models import User
from intranet.runtime.prepared import Prepared
from intranet.ui.frame import Errand, provides
from intranet.ui.times import said_day
from kms.articles.models import ArticlePage, ReviewCall, Step
from kms.articles.reading import published_for

MOST = 5


def _waiting(me: int, now: datetime) -> QuerySet[ArticlePage, int]:
    """Ids of the articles a person keeps whose review is due or whose truth is doubted, and of those that came to them."""
    called = ReviewCall.objects.filter(person=me, step__in=(Step.FALLBACK, Step.MANAGERS)).values("article")
    mine = Q(keeper=me) & (Q(review_due__lte=now) | Q(open_doubts__gt=0))
    found = ArticlePage.objects.filter(mine | Q(pk__in=called, review_due__lte=now))
    return found.order_by().values_list("pk", flat=True)


_ids = Prepared(_waiting)


@provides("errands")
def articles(person: User) -> list[Errand]:
    """Articles I keep whose review is due or whose truth readers doubt, and those that came to me.

    Nearly always there are none: the query with all that a row shows takes PostgreSQL longer to plan than to answer.
    """
    ids = _ids.all(me=person.pk, now=timezone.now())
    if not ids:
        return []
    rows = published_for(person).filter(pk__in=ids).order_by("review_due")[:MOST]
    return [_errand(page) for page in rows]


def _errand(page: ArticlePage) -> Errand:
    doubted = page.badge == "doubted"
    return Errand(
        why=ngettext(
            "{n} reader doubts that it is still true",
            "{n} readers doubt that it is still true",
            page.open_doubts,
        ).format(n=page.open_doubts)
        if doubted
        else _("Its review is due: is it still true?"),
        title=page.post.title,
        url=f"/articles/{page.key}/",
        icon="book-open",
        tone="waiting",
        note="" if doubted else _("Since %(day)s") % {"day": said_day(page.review_due)},
    )
