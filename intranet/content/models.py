"""Spaces and what people write in them. One table holds every post."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intranet.content import guard
from intranet.content.kinds import (
    Joining,
    Posting,
    PostKind,
    PostState,
    ReactionKind,
    SpaceKind,
    SpaceRole,
    Visibility,
)
from intranet.content.public_ids import new_public_id
from intranet.content.querysets import GuardedQuerySet, PostQuerySet, SpaceQuerySet

SLUG = RegexValidator(r"^[a-z0-9][a-z0-9-]{1,58}$", _("Use 2 to 59 small Latin letters, digits or dashes."))


class Space(models.Model):
    """A place where people write: a community, a blog or the set of policies."""

    slug = models.CharField(max_length=60, unique=True, validators=[SLUG])
    kind = models.CharField(max_length=12, choices=SpaceKind, default=SpaceKind.COMMUNITY)
    name = models.CharField(max_length=120)
    name_he = models.CharField(max_length=120, blank=True)
    purpose = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="en")
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.OPEN)
    joining = models.CharField(max_length=8, choices=Joining, default=Joining.OPEN)
    posting = models.CharField(max_length=10, choices=Posting, default=Posting.MEMBERS)
    colour = models.PositiveSmallIntegerField(default=1)
    archived_at = models.DateTimeField(null=True, blank=True)
    created = models.DateTimeField(default=timezone.now)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="spaces")

    objects = SpaceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_he if self.name_he and get_language() == "he" else self.name

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.label.split()[:2]).upper()

    def get_absolute_url(self) -> str:
        if self.kind == SpaceKind.BLOG:
            return reverse("blogs:blog", args=[self.slug])
        if self.kind == SpaceKind.POLICIES:
            return reverse("policies:index")
        return reverse("communities:community", args=[self.slug])


class Membership(models.Model):
    """One person in one space, with a role."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=SpaceRole, default=SpaceRole.MEMBER)
    joined = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["space", "person"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.person} · {self.space}"


class Tag(models.Model):
    """One topic of the shared vocabulary."""

    slug = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=60)
    name_he = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return self.name_he if self.name_he and get_language() == "he" else self.name


class Post(models.Model):
    """Anything a person wrote. A thread is a post without a root; its replies carry it as `root`."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=12, choices=PostKind)
    state = models.CharField(max_length=10, choices=PostState, default=PostState.PUBLISHED)
    space = models.ForeignKey(Space, models.PROTECT, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts")
    root = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="thread_posts")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    number = models.PositiveIntegerField(
        default=0, help_text=_("Place in the thread; the thread itself is 0.")
    )
    title = models.CharField(max_length=200, blank=True)
    source = models.TextField(blank=True)
    html = models.TextField(blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    lang = models.CharField(max_length=5, blank=True)
    renderer = models.PositiveSmallIntegerField(default=0, editable=False)
    revision = models.PositiveIntegerField(default=1)
    client_token = models.CharField(max_length=64, null=True, blank=True, editable=False)
    client_digest = models.CharField(max_length=64, blank=True, editable=False)
    created = models.DateTimeField(default=timezone.now)
    edited = models.DateTimeField(null=True, blank=True)
    last_activity = models.DateTimeField(default=timezone.now)
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    score = models.IntegerField(default=0, editable=False)
    imported_score = models.IntegerField(default=0, editable=False)
    tags = models.ManyToManyField(Tag, through="PostTag", related_name="posts")

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["author", "client_token"], name="post_once"),
            # With a condition, because PostgreSQL then lets other transactions refer to a post while it is renumbered:
            # a whole unique index could be the target of a foreign key, and changing it waits for all who refer to it.
            models.UniqueConstraint(
                fields=["root", "number"], condition=models.Q(root__isnull=False), name="post_number_once"
            ),
            models.CheckConstraint(
                condition=models.Q(root=None, number=0) | models.Q(root__isnull=False, number__gt=0),
                name="post_number_fits_root",
            ),
        ]
        indexes = [
            models.Index(
                fields=["space", "-last_activity"], condition=models.Q(root=None), name="post_thread_activity"
            ),
            models.Index(
                fields=["-last_activity", "-id"], condition=models.Q(root=None), name="post_activity"
            ),
            models.Index(
                fields=["space", "kind", "-last_activity", "-id"],
                condition=models.Q(root=None),
                name="post_kind_activity",
            ),
            models.Index(fields=["kind", "-created"], name="post_kind_created"),
            models.Index(fields=["author", "-created"], name="post_author_created"),
        ]

    def __str__(self) -> str:
        return self.title or self.text[:80]

    def save(self, **kwargs: Any) -> None:
        guard.require_open("Post")
        super().save(**kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        guard.require_open("Post")
        return super().delete(*args, **kwargs)

    @property
    def thread_id(self) -> int:
        """The id of the thread this post is in, its own when it starts one."""
        return self.root_id or self.pk

    @property
    def thread(self) -> Post:
        return self.root or self

    @property
    def total_score(self) -> int:
        """Votes given here plus the score that came with an import."""
        return self.score + self.imported_score

    def get_absolute_url(self) -> str:
        """The address of the thread, with the anchor of a reply; a long thread finds the page of it by `at`."""
        root = self.thread
        if root.kind == PostKind.POLICY:
            address = reverse("policies:post", args=[root.public_id])
        elif root.kind == PostKind.ARTICLE:
            address = reverse("articles:article", args=[root.public_id])
        elif root.kind == PostKind.BLOG_POST:
            address = reverse("blogs:post", args=[root.public_id])
        else:
            address = reverse("communities:thread", args=[root.public_id])
            address = address if root is self else f"{address}?at={self.public_id}"
        return address if root is self else f"{address}#p-{self.public_id}"


class PostTag(models.Model):
    """A topic on a post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="post_tags")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="post_tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "tag"], name="post_tag_once")]

    def __str__(self) -> str:
        return str(self.tag)


class Revision(models.Model):
    """What a post said before an edit. Append-only."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    source = models.TextField()
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["post", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.post} r{self.number}"

    def save(self, **kwargs: Any) -> None:
        guard.require_open("Revision")
        super().save(**kwargs)


class Reaction(models.Model):
    """One person's vote, thanks or "helped me too" on one post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reactions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions")
    kind = models.CharField(max_length=8, choices=ReactionKind, default=ReactionKind.VOTE)
    value = models.SmallIntegerField(default=1)
    at = models.DateTimeField(default=timezone.now)

    objects = GuardedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "person", "kind"], name="reaction_once"),
            models.CheckConstraint(condition=models.Q(value__in=(-1, 1)), name="reaction_is_one"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value:+d}"

    def save(self, **kwargs: Any) -> None:
        guard.require_open("Reaction")
        super().save(**kwargs)


class Draft(models.Model):
    """Text on its way to a post, kept for its writer alone; `key` names the form, such as `reply:abc`."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=120)
    body = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="draft_once")]

    def __str__(self) -> str:
        return self.key
