"""Deeds around articles: make one of an accepted answer, write it, publish it, say that it is still true."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from communities.questions.models import QuestionDetail
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.composing import clean_title
from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.moderation import gate
from intranet.moderation.checks import NOT_FOUND, NOTHING_HERE
from intranet.people.models import User
from intranet.settings.product import ARTICLE_REVIEW_DAYS
from intranet.text.errors import BadText, TooLong
from intranet.text.sources import checked
from kms.articles.models import ArticleIndexPage, ArticlePage
from kms.articles.verbs import ARTICLE_BEGUN, ARTICLE_VERIFIED

TREE_LOCK = 7303


@dataclass(frozen=True)
class ArticleText:
    """What an article says, and who answers for it; `base` is the revision that was read before."""

    title: str
    source: str
    keeper: User
    fallback: User | None = None
    tags: str = ""
    review_days: int = ARTICLE_REVIEW_DAYS
    base: int | None = None


def _folder() -> ArticleIndexPage:
    """The folder of all articles, made where it is missing; one article at a time is put into it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [TREE_LOCK])
    if found := ArticleIndexPage.objects.first():
        return found
    top = Page.objects.select_for_update().filter(depth=1).first() or Page.add_root(title="Root", slug="root")
    return top.add_child(instance=ArticleIndexPage(title="Articles", slug="articles"))


def promote(*, actor: User, answer: Post) -> ArticlePage:
    """Begin an article from the accepted `answer`: a draft with `actor` as its owner. The same answer twice is one
    article. Raises `Refused`."""
    with gate.permit(actor, Deed.PUBLISH, post=answer) as permit:
        if found := ArticlePage.objects.filter(answer=permit.post).first():
            return found
        detail = QuestionDetail.objects.filter(post=permit.root, accepted=permit.post).first()
        if permit.post.kind != PostKind.ANSWER or detail is None:
            raise Refused(refuse("not_accepted", _("Only an accepted answer becomes an article.")))
        folder = _folder()
        if found := ArticlePage.objects.filter(answer=permit.post).first():
            return found
        page = ArticlePage(
            title=permit.root.title,
            space=permit.space,
            author=permit.actor,
            owner=permit.actor,
            keeper=permit.actor,
            source=permit.post.source,
            tag_names=", ".join(tag.name for tag in permit.root.tags.all())[:400],
            answer=permit.post,
            live=False,
        )
        page.slug = f"a-{page.key}"
        folder.add_child(instance=page)
        page.save_revision(user=permit.actor, clean=False)
        record(ARTICLE_BEGUN, permit.actor, about=permit.post.author, post=permit.post)
        return page


def _must_change(person: User, page: ArticlePage) -> None:
    if not visibility.enters_space(person, page.space):
        raise Refused(refuse(NOT_FOUND, NOTHING_HERE))
    if not page.may_change(person):
        raise Refused(
            refuse(
                "not_keeper", _("Its owner, who writes it and those who look after the community change it.")
            )
        )


def latest(page: ArticlePage) -> ArticlePage:
    """The page as its newest draft says it."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


def save(*, actor: User, page: ArticlePage, text: ArticleText) -> ArticlePage:
    """Keep `text` as the draft of the article. Raises `Refused`: who may not, what cannot be stored, and
    `old_version` when somebody saved since `text.base`."""
    with transaction.atomic():
        fresh = ArticlePage.objects.select_for_update(of=("self",)).select_related("space").get(pk=page.pk)
        _must_change(actor, fresh)
        if text.base is not None and text.base != fresh.latest_revision_id:
            raise Refused(
                refuse(
                    "old_version",
                    _("Somebody saved this meanwhile. Your text is kept; compare and save again."),
                )
            )
        current = latest(fresh)
        current.title, current.source = clean_title(text.title, PostKind.ARTICLE), _checked(text.source)
        current.keeper, current.fallback = _keeper(text.keeper, fresh), _keeper(text.fallback, fresh)
        current.tag_names, current.review_days = text.tags[:400], text.review_days
        current.save_revision(user=actor, clean=False)
        ArticlePage.objects.filter(pk=page.pk).update(
            draft_title=current.title,
            keeper=current.keeper,
            fallback=current.fallback,
            review_days=text.review_days,
        )
        fresh.refresh_from_db()
        return fresh


def _checked(source: str) -> str:
    try:
        return checked(source)
    except TooLong as problem:
        sentence = _("This is too long: a post can have up to %(limit)s characters.")
        raise Refused(refuse("too_long", sentence % {"limit": f"{problem.limit:,}"})) from None
    except BadText:
        raise Refused(refuse("bad_text", _("The text holds characters that cannot be stored."))) from None


def _keeper(person: User | None, page: ArticlePage) -> User | None:
    """Somebody who answers for the article: they have to read where it stands."""
    if person and not (person.is_active and visibility.enters_space(person, page.space)):
        raise Refused(refuse("bad_member", _("Choose somebody who reads in this community.")))
    return person


def publish(*, actor: User, page: ArticlePage, at: datetime | None = None) -> Post:
    """Publish the newest draft of the article and return its post. Safe to repeat. Raises `Refused`."""
    fresh = ArticlePage.objects.select_related("space", "latest_revision").get(pk=page.pk)
    _must_change(actor, fresh)
    if fresh.live and fresh.latest_revision_id == fresh.live_revision_id:
        return fresh.post
    if not latest(fresh).source.strip():
        raise Refused(refuse("empty", _("Write something first.")))
    fresh.publish(fresh.latest_revision, actor, at=at, skip_permission_checks=True)
    return Post.objects.select_related("space").get(article_page=page.pk)


def verify(*, actor: User, page: ArticlePage, at: datetime | None = None) -> ArticlePage:
    """Say that a published article is still true; its next review is due after its interval. Raises `Refused`."""
    if page.post is None:
        raise Refused(refuse("not_published", _("Publish it first.")))
    with gate.permit(actor, Deed.PUBLISH, post=page.post) as permit:
        fresh = ArticlePage.objects.select_for_update(of=("self",)).select_related("space").get(pk=page.pk)
        _must_change(permit.actor, fresh)
        fresh.note_verified(permit.actor, at or timezone.now())
        record(ARTICLE_VERIFIED, permit.actor, about=permit.post.author, post=permit.post, at=at)
        return fresh
