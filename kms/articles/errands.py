"""Articles that wait on the home page of those who keep them."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.people.models import User
from intranet.ui.frame import Errand, provides
from intranet.ui.times import said_day
from kms.articles.models import ArticlePage, Step
from kms.articles.reading import published_for

MOST = 5


@provides("errands")
def articles(person: User) -> list[Errand]:
    """Articles I keep whose review is due or whose truth readers doubt, and those that came to me."""
    now = timezone.now()
    called = Q(
        review_calls__person=person,
        review_calls__step__in=(Step.FALLBACK, Step.MANAGERS),
        review_due__lte=now,
    )
    mine = Q(keeper=person) & (Q(review_due__lte=now) | Q(open_doubts__gt=0))
    rows = published_for(person).filter(mine | called).distinct().order_by("review_due")[:MOST]
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
