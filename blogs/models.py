"""Blogs: a Wagtail page is the writing room, a post of the same text is its social face."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager

from blogs.lending import lent_to
from blogs.querysets import BlogPostQuerySet, BlogQuerySet
from blogs.verbs import PUBLISHED
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.activity.models import Event
from intranet.attachments.actions import attach
from intranet.content.composing import Composed, compose
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Space
from intranet.content.public_ids import new_public_id
from intranet.content.tagging import set_tags
from intranet.documents.pages import DocumentPage, Outcome
from intranet.moderation.gate import Permit
from intranet.people.models import User
from intranet.policies.disclosing import replace_disclosures
from intranet.policies.disclosures.mandates import check_mandate
from intranet.policies.kinds import DisclosureKind
from intranet.posting.verbs import EDITED, MENTIONED

WORDS_A_MINUTE = 200
"""How fast people read prose on a screen, in either language: the lower end, so that nobody is promised too little."""


class BlogIndexPage(Page):
    """The folder of all blogs in the page tree."""

    subpage_types = ["blogs.BlogPage"]
    max_count = 1


class BlogPage(Page):
    """One blog: a person's, a team's or a leader's. Its readers and rights are those of its space."""

    space = models.OneToOneField("intranet.Space", models.PROTECT, related_name="blog_page")
    owner_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="blogs"
    )
    unit = models.ForeignKey("intranet.OrgUnit", models.PROTECT, null=True, blank=True, related_name="blogs")

    objects = PageManager.from_queryset(BlogQuerySet)()

    parent_page_types = ["blogs.BlogIndexPage"]
    subpage_types = ["blogs.BlogPostPage"]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_person"], condition=models.Q(unit=None), name="blog_personal_once"
            ),
        ]


class BlogPostPage(DocumentPage):
    """The writing room of one blog post. `key` names it from the first saved draft on and becomes the post's id."""

    post_kind = PostKind.BLOG_POST
    published_verb = PUBLISHED
    changed_verb = EDITED

    key = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    blog = models.ForeignKey(BlogPage, models.PROTECT, related_name="entries", editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="blog_post_pages")
    source = models.TextField(blank=True)
    tag_names = models.CharField(max_length=400, blank=True)
    disclosure_kinds = models.TextField(blank=True)
    on_behalf_of = models.ForeignKey(
        "intranet.OrgUnit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    comments_open = models.BooleanField(default=True)
    draft_version = models.PositiveIntegerField(default=0, editable=False)
    post = models.OneToOneField(
        "intranet.Post", models.PROTECT, null=True, blank=True, editable=False, related_name="blog_post_page"
    )

    objects = PageManager.from_queryset(BlogPostQuerySet)()

    parent_page_types = ["blogs.BlogPage"]
    subpage_types: list[str] = []
    exclude_fields_in_copy = ["post", "key"]
    content_panels = [
        FieldPanel("title"),
        FieldPanel("source"),
        FieldPanel("tag_names"),
        FieldPanel("on_behalf_of"),
        FieldPanel("comments_open"),
    ]

    @property
    def topics(self) -> list[str]:
        return self.tag_list

    @property
    def says_to_readers(self) -> list[str]:
        behalf = [DisclosureKind.ON_BEHALF.value] if self.on_behalf_of_id else []
        return [*self.disclosures, *behalf]

    @property
    def room(self) -> Space:
        return self.blog.space

    def writer(self, publisher: User) -> User:
        return self.author

    def new_public_id(self) -> dict[str, str]:
        return {"public_id": self.key}

    def event_data(self) -> dict[str, Any]:
        return {"on_behalf_of": self.on_behalf_of_id} if self.on_behalf_of_id else {}

    def with_content_json(self, content: dict[str, Any]) -> Page:
        restored = super().with_content_json(content)
        restored.key, restored.draft_version = self.key, self.draft_version
        restored.blog_id, restored.author_id = self.blog_id, self.author_id
        return restored

    def compose(self, publisher: User) -> Composed:
        """The text checked and rendered as it goes out. Raises `Refused` with one sentence."""
        if not self.source.strip():
            raise Refused(refuse("empty", _("Write something first.")))
        if self.on_behalf_of:
            check_mandate(self.author, self.on_behalf_of)
        return compose(
            kind=self.post_kind,
            title=self.title,
            source=self.source,
            author=publisher,
            room=self.room,
            lent=lent_to(self, self.source),
        )

    def columns(self, publisher: User) -> dict[str, Any]:
        composed = self.compose(publisher)
        self._mentioned = composed.mentioned.people
        return composed.columns

    def came_out(self, permit: Permit, outcome: Outcome) -> None:
        """Files, topics and disclosures follow the text; who is mentioned for the first time hears of it."""
        below = None if outcome.made else outcome.post
        attach(
            owner=permit.actor,
            source=self.source,
            post=outcome.post,
            below=below,
            lent=lent_to(self, self.source),
        )
        set_tags(outcome.post, self.tag_list)
        replace_disclosures(outcome.post, self.says_to_readers, unit=self.on_behalf_of)
        if outcome.post.state != PostState.PUBLISHED:
            return
        told = set(
            Event.objects.filter(post=outcome.post, verb=MENTIONED.name).values_list("about_id", flat=True)
        )
        for person in self._mentioned:
            if person.pk not in told and person.pk != self.author_id:
                record(MENTIONED, permit.actor, about=person, post=outcome.post, at=outcome.at)

    @property
    def tag_list(self) -> list[str]:
        return [name.strip() for name in self.tag_names.split(",") if name.strip()]

    @property
    def disclosures(self) -> list[str]:
        """What readers should know, a line each; see `policies.disclosures.told`."""
        return self.disclosure_kinds.splitlines()


def minutes_to_read(text: str) -> int:
    """Whole minutes, at least one."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))
