"""What readers say below an article, and whether they doubt it. It reaches who keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import PostKind
from intranet.people.models import User
from intranet.posting import actions as posting
from intranet.posting.once import Written
from intranet.posting.verbs import COMMENTED
from kms.articles.keeping import answering
from kms.articles.models import ArticlePage, Doubt
from kms.articles.verbs import ARTICLE_DOUBTED, ARTICLE_REMARKED


def remark(
    *,
    author: User,
    page: ArticlePage,
    source: str,
    doubts: bool = False,
    disclosures: Sequence[str] = (),
    client_token: str | None = None,
    at: datetime | None = None,
) -> Written:
    """Comment on a published article; with `doubts` it says what is no longer true. Raises `Refused`.

    Whoever answers for the article is told, also when somebody else wrote it.
    """
    if page.post is None or not page.live:
        raise Refused(refuse("not_published", _("Publish it first.")))
    with transaction.atomic():
        written = posting.reply(
            author=author,
            parent=page.post,
            kind=PostKind.COMMENT,
            source=source,
            verb=COMMENTED,
            disclosures=disclosures,
            client_token=client_token,
            at=at,
        )
        if written.created:
            if doubts:
                Doubt.objects.create(article=page, comment=written.post)
                ArticlePage.objects.filter(pk=page.pk).update(open_doubts=F("open_doubts") + 1)
            _tell(page, author, written, doubts)
        return written


def _tell(page: ArticlePage, author: User, written: Written, doubts: bool) -> None:
    """The author of an article hears of a comment anyway; of a doubt, and of what they do not keep, there is more."""
    for person in answering(page):
        if person != author and (doubts or person.pk != page.post.author_id):
            verb = ARTICLE_DOUBTED if doubts else ARTICLE_REMARKED
            record(verb, author, about=person, post=written.post, at=written.post.created)
