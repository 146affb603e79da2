"""Deeds around blog posts: keep a draft, publish it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from blogs.models import BlogPage, BlogPostPage
from intranet.access.verdict import Refused, refuse
from intranet.content.models import Post
from intranet.moderation.checks import NOT_FOUND, NOTHING_HERE, WRITING_ROLES
from intranet.people.models import OrgUnit, User
from intranet.settings.product import TITLE_MAX
from intranet.text.errors import BadText, TooLong
from intranet.text.lines import clean_line
from intranet.text.sources import checked

UNTITLED = "…"
"""Wagtail wants a title from the first moment; this one stands for none."""


@dataclass(frozen=True)
class EntryText:
    """What a writer typed for one blog post."""

    title: str = ""
    source: str = ""
    tags: Sequence[str] = ()
    disclosures: Sequence[str] = ()
    on_behalf_of: OrgUnit | None = None
    comments_open: bool = True

    def columns(self) -> dict[str, Any]:
        """The columns of the page. Raises `Refused` for what cannot be stored even as a draft."""
        try:
            source = checked(self.source)
        except TooLong as problem:
            limit = f"{problem.limit:,}"
            sentence = _("This is too long: a post can have up to %(limit)s characters.") % {"limit": limit}
            raise Refused(refuse("too_long", sentence)) from None
        except BadText:
            raise Refused(refuse("bad_text", _("The text holds characters that cannot be stored."))) from None
        title = clean_line(self.title)
        if len(title) > TITLE_MAX:
            raise Refused(refuse("title_too_long", _("The title can have up to 200 characters.")))
        return {
            "title": title or UNTITLED,
            "source": source,
            "tag_names": ", ".join(clean_line(tag)[:60] for tag in self.tags)[:400],
            "disclosure_kinds": "\n".join(dict.fromkeys(self.disclosures)),
            "on_behalf_of_id": self.on_behalf_of.pk if self.on_behalf_of else None,
            "comments_open": self.comments_open,
        }


class DraftConflict(Exception):
    """The draft was saved in another place meanwhile; `current` is the page as it says now."""

    def __init__(self, current: BlogPostPage) -> None:
        super().__init__("saved elsewhere")
        self.current = current


def latest(page: BlogPostPage) -> BlogPostPage:
    """The page as its newest draft says it."""
    return page.get_latest_revision_as_object() if page.latest_revision_id else page


def _writing_room(author: User, blog: BlogPage, key: str) -> BlogPostPage:
    """The page `key`, locked; made in `blog` when nobody has it. Another person's draft does not exist for me."""
    if page := BlogPostPage.objects.select_for_update(of=("self",)).filter(key=key).first():
        if not BlogPostPage.objects.open_to(author).filter(pk=page.pk).exists():
            raise Refused(refuse(NOT_FOUND, NOTHING_HERE))
        return page
    if author.space_roles.get(blog.space_id) not in WRITING_ROLES:
        raise Refused(refuse("not_writer", _("Only those who write in this blog start a post in it.")))
    parent = BlogPage.objects.select_for_update(of=("self",)).get(pk=blog.pk)
    if BlogPostPage.objects.filter(key=key).exists():
        return _writing_room(author, blog, key)
    page = BlogPostPage(
        title=UNTITLED, slug=f"p-{key}", key=key, blog=blog, author=author, owner=author, live=False
    )
    return parent.add_child(instance=page)


@transaction.atomic
def save_draft(*, author: User, blog: BlogPage, key: str, text: EntryText, version: int) -> BlogPostPage:
    """Keep `text` as the draft of the post `key` if the draft is still at `version` (0: there is none yet).

    Returns the page with its new `draft_version`. The same text again changes nothing. Raises `DraftConflict` when
    somebody saved in between and `Refused` for what cannot be stored.
    """
    columns = text.columns()
    page = _writing_room(author, blog, key)
    current = latest(page)
    if page.draft_version and all(getattr(current, name) == value for name, value in columns.items()):
        return page
    if page.draft_version != version:
        raise DraftConflict(current)
    for name, value in columns.items():
        setattr(current, name, value)
    current.save_revision(user=author, clean=False, overwrite_revision=_own_unpublished(page, author))
    BlogPostPage.objects.filter(pk=page.pk).update(draft_version=version + 1, draft_title=columns["title"])
    page.refresh_from_db()
    return page


def _own_unpublished(page: BlogPostPage, author: User) -> Any:
    """The newest revision if `author` typed it and it never was public: autosaving replaces it."""
    newest = page.latest_revision
    if newest and newest.user_id == author.pk and newest.pk != page.live_revision_id:
        return newest
    return None


def publish(*, author: User, page: BlogPostPage, at: datetime | None = None) -> Post:
    """Publish the newest draft of `page` and return its post. Safe to repeat; raises `Refused`, keeping the draft."""
    fresh = BlogPostPage.objects.get(pk=page.pk)
    if not BlogPostPage.objects.open_to(author).filter(pk=page.pk).exists():
        raise Refused(refuse(NOT_FOUND, NOTHING_HERE))
    newest = fresh.latest_revision
    if newest is None:
        raise Refused(refuse("empty", _("Write something first.")))
    if fresh.live and newest.pk == fresh.live_revision_id:
        return fresh.post
    if latest(fresh).title == UNTITLED:
        raise Refused(refuse("no_title", _("Give it a title.")))
    fresh.publish(newest, author, at=at, skip_permission_checks=True)
    return Post.objects.get(blog_post_page=page.pk)


def discard(*, author: User, page: BlogPostPage) -> None:
    """Throw away a draft that was never published, or the unpublished changes of a post."""
    with transaction.atomic():
        fresh = BlogPostPage.objects.select_for_update(of=("self",)).get(pk=page.pk)
        if fresh.author_id != author.pk:
            raise Refused(refuse(NOT_FOUND, NOTHING_HERE))
        if fresh.post_id is None:
            fresh.delete(user=None)
        elif fresh.has_unpublished_changes and fresh.live_revision:
            fresh.live_revision.as_object().save_revision(user=author, clean=False, changed=False)
            BlogPostPage.objects.filter(pk=fresh.pk).update(
                has_unpublished_changes=False, draft_version=fresh.draft_version + 1
            )
