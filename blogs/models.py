"""Blogs: a Wagtail page is the writing room, a post of the same text is its social face."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from wagtail.models import Page

from blogs.verbs import PUBLISHED, REVISED
from intranet.content.kinds import PostKind
from intranet.content.models import Space
from intranet.documents.pages import DocumentPage
from intranet.people.models import User


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

    parent_page_types = ["blogs.BlogIndexPage"]
    subpage_types = ["blogs.BlogPostPage"]


class BlogPostPage(DocumentPage):
    """The writing room of one blog post."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="blog_post_pages")
    source = models.TextField(blank=True)
    tag_names = models.CharField(max_length=200, blank=True)
    on_behalf_of = models.ForeignKey(
        "intranet.OrgUnit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    comments_open = models.BooleanField(default=True)

    parent_page_types = ["blogs.BlogPage"]
    subpage_types: list[str] = []

    post_kind = PostKind.BLOG_POST
    published_verb = PUBLISHED
    edited_verb = REVISED

    def post_space(self) -> Space:
        return self.get_parent().specific.space

    def post_author(self) -> User:
        return self.author

    def post_source(self) -> str:
        return self.source

    def post_tags(self) -> list[str]:
        return [name.strip() for name in self.tag_names.split(",") if name.strip()]
