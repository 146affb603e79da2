"""Questions that are asked of blogs and of what is written in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from wagtail.query import PageQuerySet

from intranet.moderation.checks import WRITING_ROLES

if TYPE_CHECKING:
    from intranet.people.models import User


def _spaces_written_by(person: User) -> list[int]:
    return [space for space, role in person.space_roles.items() if role in WRITING_ROLES]


class BlogQuerySet(PageQuerySet):
    """Blogs by who writes in them."""

    def written_by(self, person: User) -> Self:
        """Blogs in which `person` may publish, their own first."""
        mine = self.filter(space__in=_spaces_written_by(person)).select_related("space", "unit")
        return mine.order_by("unit_id", "title")


class BlogPostQuerySet(PageQuerySet):
    """Writing rooms by who may enter them."""

    def open_to(self, person: User) -> Self:
        """What `person` may edit: their own, and published posts of the blogs in which they write."""
        return self.filter(author=person) | self.filter(
            blog__space__in=_spaces_written_by(person), post__isnull=False
        )

    def unfinished(self) -> Self:
        """Drafts, and published posts with changes that are not out."""
        return self.filter(has_unpublished_changes=True).order_by("-latest_revision_created_at", "-pk")
