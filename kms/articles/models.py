"""An article: what a community knows, kept true by somebody who is named on it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from communities.questions.models import QuestionDetail
from intranet.access import visibility
from intranet.content.composing import compose
from intranet.content.kinds import PostKind
from intranet.content.models import Space
from intranet.content.public_ids import new_public_id
from intranet.content.tagging import set_tags
from intranet.documents.pages import DocumentPage, Outcome
from intranet.moderation.gate import Permit
from intranet.people.models import User
from intranet.settings.product import ARTICLE_REVIEW_DAYS
from kms.articles.verbs import ARTICLE_CHANGED, ARTICLE_PUBLISHED


class ArticleIndexPage(Page):
    """The folder of all articles in the page tree."""

    subpage_types = ["kms.ArticlePage"]
    max_count = 1


class ArticleQuerySet(PageQuerySet):
    """Articles by reader."""

    def open_to(self, person: User) -> Self:
        """Articles that `person` may change: those they write or keep, and those of places they moderate."""
        mine = Q(author=person) | Q(keeper=person) | Q(fallback=person)
        moderated = Space.objects.moderated_by(person)
        readable = Space.objects.entered_by(person)
        return self.filter(mine | Q(space__in=moderated), space__in=readable)

    def with_people(self) -> Self:
        return self.select_related("space", "author", "keeper", "fallback", "post__author", "answer__root")


class ArticlePage(DocumentPage):
    """The writing room of one article. `key` names it from the first draft on and becomes the id of its post.

    `keeper` answers for its being true, `fallback` when the keeper is away; `review_due` is when one of them looks
    again. `answer` is the accepted answer from which it grew, `open_doubts` how many readers said since the last look
    that something is no longer true.
    """

    post_kind = PostKind.ARTICLE
    published_verb = ARTICLE_PUBLISHED
    changed_verb = ARTICLE_CHANGED

    key = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    space = models.ForeignKey("intranet.Space", models.PROTECT, related_name="+", editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="kept_articles")
    fallback = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.TextField(blank=True)
    tag_names = models.CharField(max_length=400, blank=True)
    review_days = models.PositiveSmallIntegerField(default=ARTICLE_REVIEW_DAYS)
    verified_at = models.DateTimeField(null=True, blank=True, editable=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    review_due = models.DateTimeField(null=True, blank=True, editable=False)
    open_doubts = models.PositiveSmallIntegerField(default=0, editable=False)
    answer = models.OneToOneField(
        "intranet.Post", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    post = models.OneToOneField(
        "intranet.Post", models.PROTECT, null=True, blank=True, editable=False, related_name="article_page"
    )

    objects = PageManager.from_queryset(ArticleQuerySet)()

    parent_page_types = ["kms.ArticleIndexPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["post", "key", "answer"]

    @property
    def topics(self) -> list[str]:
        return self.tag_list

    @property
    def room(self) -> Space:
        return self.space

    def writer(self, publisher: User) -> User:
        return self.author

    def new_public_id(self) -> dict[str, str]:
        return {"public_id": self.key}

    def with_content_json(self, content: dict[str, Any]) -> Page:
        """The page as a revision says it, with what no draft changes as it stands now."""
        restored = super().with_content_json(content)
        for name in (
            "key",
            "space_id",
            "author_id",
            "answer_id",
            "verified_at",
            "verified_by_id",
            "review_due",
            "open_doubts",
        ):
            setattr(restored, name, getattr(self, name))
        return restored

    def columns(self, publisher: User) -> dict[str, Any]:
        composed = compose(
            kind=self.post_kind, title=self.title, source=self.source, author=publisher, space=self.space
        )
        return composed.columns

    def came_out(self, permit: Permit, outcome: Outcome) -> None:
        """Topics follow the text, publishing counts as a look at it, and the answer leads here from now on."""
        set_tags(outcome.post, self.tag_list)
        self.note_verified(permit.actor, outcome.at)
        if self.answer_id:
            QuestionDetail.objects.filter(post=self.answer.root_id).update(article=outcome.post)

    def note_verified(self, person: User, at: Any) -> None:
        """Remember that `person` found it true `at` that moment; that settles what readers doubted."""
        self.verified_at, self.verified_by = at, person
        self.review_due = at + timedelta(days=self.review_days)
        type(self).objects.filter(pk=self.pk).update(
            verified_at=at, verified_by=person, review_due=self.review_due, open_doubts=0
        )
        self.open_doubts = 0
        self.doubts.filter(settled_at=None).update(settled_at=at, settled_by=person)

    @property
    def tag_list(self) -> list[str]:
        return [name.strip() for name in self.tag_names.split(",") if name.strip()]

    @property
    def badge(self) -> str:
        """One of `ui.badges`: a draft, past its review, doubted by readers, or verified."""
        if self.post_id is None or self.review_due is None:
            return "draft"
        if self.review_due < timezone.now():
            return "stale"
        return "doubted" if self.open_doubts else "verified"

    def may_change(self, person: User) -> bool:
        """The boolean of `ArticleQuerySet.open_to`, for who reads in the space."""
        own = person.pk in (self.author_id, self.keeper_id, self.fallback_id)
        return own or visibility.moderates_space(person, self.space)


class Doubt(models.Model):
    """A reader says in a comment that something is no longer true; a look at the article settles it."""

    article = models.ForeignKey(ArticlePage, models.CASCADE, related_name="doubts")
    comment = models.OneToOneField("intranet.Post", models.CASCADE, related_name="doubt")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.article}: {self.comment_id}"


class Step(models.TextChoices):
    """Whom a review that is due is brought to, one after the other."""

    OWNER = "owner", _("Its owner")
    FALLBACK = "fallback", _("Its fall-back owner")
    MANAGERS = "managers", _("The knowledge managers")


class ReviewCall(models.Model):
    """One person was told of one step of the review that was due then. The row is unique, so nobody is told twice."""

    article = models.ForeignKey(ArticlePage, models.CASCADE, related_name="review_calls")
    due = models.DateTimeField()
    step = models.CharField(max_length=10, choices=Step)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "due", "step", "person"], name="review_called_once")
        ]

    def __str__(self) -> str:
        return f"{self.article}: {self.step} {self.person}"


class ArticleLink(models.Model):
    """A post whose text links to an article; derived from the log."""

    article = models.ForeignKey(ArticlePage, models.CASCADE, related_name="links")
    post = models.ForeignKey("intranet.Post", models.CASCADE, related_name="article_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "post"], name="article_link_once")]

    def __str__(self) -> str:
        return f"{self.post_id} → {self.article}"
