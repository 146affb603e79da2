"""What the pages of blogs show, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from blogs.models import BlogPage, BlogPostPage, minutes_to_read
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Verdict
from intranet.content.kinds import PostKind, PostState, ReactionKind
from intranet.content.models import Post, Reaction, Space
from intranet.moderation import gate
from intranet.moderation.locks import ThreadLocks, locks_of_thread
from intranet.moderation.models import HeldEdit, Lock
from intranet.notify.following import level_of
from intranet.notify.positions import with_first_new, with_news
from intranet.people.models import User
from intranet.rules.waiting import Waiting, waiting_in
from intranet.ui.paging import Page, page

MORE = 4
MOST_COMMENTS = 200


def entries(reader: User, *, space: Space | None = None, author: User | None = None) -> QuerySet[Post]:
    """Blog posts that `reader` may read, with what a list row shows."""
    rows = Post.objects.visible_to(reader).published().listed().filter(kind=PostKind.BLOG_POST)
    if space:
        rows = rows.filter(space=space)
    if author:
        rows = rows.filter(author=author)
    held = Lock.objects.holding().filter(post=OuterRef("pk"))
    rows = rows.annotate(locked=Exists(held)).prefetch_related("tags")
    return rows.select_related("author__unit", "space", "blog_post_page__on_behalf_of")


def listed(rows: QuerySet[Post], cursor: str) -> Page[Post]:
    """One page of blog posts, newest first, each with its `minutes`."""
    shown = page(rows, cursor)
    for post in shown:
        post.minutes = minutes_to_read(post.text)
    return shown


def drafts_of(person: User) -> list[BlogPostPage]:
    """What `person` has begun and not published, the latest first."""
    rows = BlogPostPage.objects.filter(author=person).unfinished()
    return list(rows.select_related("blog__space", "post"))


@dataclass
class Comment:
    """One comment as one reader sees it."""

    post: Post
    lock: Lock | None
    mine: bool
    gone: bool
    thanked: bool
    waiting: Waiting | None = None
    new: bool = False
    first_new: bool = False


@dataclass
class Entry:
    """A blog post as one person reads it."""

    post: Post
    reader: User

    @property
    def page(self) -> BlogPostPage:
        return self.post.blog_post_page

    @property
    def minutes(self) -> int:
        return minutes_to_read(self.post.text)

    @cached_property
    def locks(self) -> ThreadLocks:
        return locks_of_thread(self.post, self.reader)

    @property
    def lock(self) -> Lock | None:
        """The lock on the post itself, else the one on its blog."""
        return self.locks.get(self.post.pk) or self.locks.get(None)

    @cached_property
    def thanked(self) -> set[int]:
        """Ids of the posts on this page that the reader thanked for."""
        posts = Post.objects.filter(root=self.post) | Post.objects.filter(pk=self.post.pk)
        mine = Reaction.objects.filter(person=self.reader, kind=ReactionKind.THANKS, post__in=posts)
        return set(mine.values_list("post_id", flat=True))

    @cached_property
    def thanks(self) -> int:
        return Reaction.objects.filter(post=self.post, kind=ReactionKind.THANKS).count()

    @cached_property
    def comments(self) -> list[Comment]:
        """The comments in order; a place where one was hidden or removed stays, its words do not."""
        rows = Post.objects.filter(root=self.post).order_by("number").select_related("author__unit", "space")
        shown = [self._comment(row) for row in rows[:MOST_COMMENTS]]
        if first := next((each for each in shown if each.new), None):
            first.first_new = True
        return shown

    @cached_property
    def _waiting(self) -> dict[int, Waiting]:
        """What waits of the reader's own comments here."""
        mine = Post.objects.filter(root=self.post, author=self.reader)
        waits = Q(state=PostState.HELD) | Exists(HeldEdit.objects.filter(post=OuterRef("pk")))
        return waiting_in(list(mine.filter(waits).values_list("pk", flat=True)))

    def _comment(self, row: Post) -> Comment:
        row.root = self.post
        gone = not visibility.sees_post(self.reader, row)
        mine = row.author_id == self.reader.pk
        read_to = self.post.read_to
        new = read_to is not None and row.number > read_to and not (mine or gone)
        waiting = self._waiting.get(row.pk) if mine else None
        return Comment(row, self.locks.get(row.pk), mine, gone, row.pk in self.thanked, waiting, new)

    @cached_property
    def may_comment(self) -> Verdict:
        """Whether the reader may comment now, by the gate's own rules."""
        return gate.verdict_on(
            gate.Permit(self.reader, Deed.REPLY, self.post.space, post=self.post, root=self.post)
        )

    @cached_property
    def waits(self) -> bool:
        """Whether the post, or a change of it that the reader may know of, waits for a moderator."""
        mine = self.own or self.moderated
        return self.post.state == PostState.HELD or (
            mine and HeldEdit.objects.filter(post=self.post).exists()
        )

    @property
    def own(self) -> bool:
        return self.post.author_id == self.reader.pk

    @cached_property
    def editable(self) -> bool:
        return BlogPostPage.objects.open_to(self.reader).filter(pk=self.page.pk).exists()

    @property
    def moderated(self) -> bool:
        return visibility.moderates_space(self.reader, self.post.space) and not self.own

    @cached_property
    def level(self) -> str:
        return level_of(self.reader, post=self.post)

    @cached_property
    def more(self) -> list[Post]:
        """Other posts of this blog, the newest first."""
        return list(
            entries(self.reader, space=self.post.space).exclude(pk=self.post.pk).order_by("-created")[:MORE]
        )

    @cached_property
    def disclosures(self) -> list[str]:
        return [each.words for each in self.post.disclosures.all() if not each.unit_id]


def entry_for(reader: User, public_id: str) -> Entry | None:
    """The blog post `public_id` if `reader` may read it."""
    rows = Post.objects.visible_to(reader).filter(kind=PostKind.BLOG_POST, public_id=public_id)
    post = (
        with_first_new(with_news(rows, reader.pk), reader.pk)
        .select_related("author__unit", "space", "blog_post_page__on_behalf_of")
        .prefetch_related("tags", "disclosures")
        .first()
    )
    return Entry(post, reader) if post else None


@dataclass(frozen=True)
class Blog:
    """One blog as a page head shows it."""

    page: BlogPage
    posts: int
    writers: list[User]


def blog_for(reader: User, slug: str) -> Blog | None:
    """The blog `slug` if `reader` may read it."""
    spaces = Space.objects.entered_by(reader)
    found = (
        BlogPage.objects.filter(space__slug=slug, space__in=spaces)
        .select_related("space", "owner_person__unit", "unit")
        .first()
    )
    if found is None:
        return None
    writers = User.objects.filter(memberships__space=found.space).select_related("unit").order_by("name_key")
    return Blog(found, entries(reader, space=found.space).count(), list(writers[:8]))
