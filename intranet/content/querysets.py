"""Questions that are asked of spaces and posts. Each method reads like a word and chains."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models

from intranet.access import visibility
from intranet.content import guard
from intranet.content.kinds import PostState, SpaceKind

if TYPE_CHECKING:
    from intranet.access.readers import Reader
    from intranet.people.models import User


class GuardedQuerySet(models.QuerySet):
    """A queryset whose bulk writes pass the same guard as `save()`."""

    def update(self, **changes: Any) -> int:
        guard.require_open(self.model.__name__)
        return super().update(**changes)

    def bulk_create(self, objs: Iterable, *args: Any, **options: Any) -> list:
        guard.require_open(self.model.__name__)
        return super().bulk_create(objs, *args, **options)

    def bulk_update(self, objs: Iterable, fields: Iterable[str], batch_size: int | None = None) -> int:
        guard.require_open(self.model.__name__)
        return super().bulk_update(objs, fields, batch_size)

    def delete(self) -> tuple[int, dict[str, int]]:
        guard.require_open(self.model.__name__)
        return super().delete()


class SpaceQuerySet(models.QuerySet):
    """Spaces by kind and by who may know of them or see into them."""

    def visible_to(self, reader: User | Reader) -> Self:
        """Spaces of which `reader` may know."""
        return self.filter(visibility.spaces_seen_by(reader))

    def entered_by(self, reader: User | Reader) -> Self:
        """Spaces whose threads `reader` may read."""
        return self.filter(visibility.spaces_entered_by(reader))

    def moderated_by(self, person: User) -> Self:
        """Spaces in which `person` decides about posts."""
        return self.filter(visibility.spaces_moderated_by(person))

    def communities(self) -> Self:
        return self.filter(kind=SpaceKind.COMMUNITY)

    def joined_by(self, person: User) -> Self:
        """Spaces of which `person` is a member."""
        return self.filter(memberships__person=person)


class PostQuerySet(GuardedQuerySet):
    """Posts by place, state and reader."""

    def visible_to(self, reader: User | Reader) -> Self:
        """Posts that `reader` may read."""
        return self.filter(visibility.posts_seen_by(reader))

    def published(self) -> Self:
        return self.filter(state=PostState.PUBLISHED)

    def listed(self) -> Self:
        """Posts that stand in lists, feeds and search: not those that moderation took off them."""
        return self.filter(unlisted=None)

    def threads(self) -> Self:
        """Posts that start something: no replies."""
        return self.filter(root=None)

    def replies_of(self, root: models.Model) -> Self:
        """All posts below `root`, oldest first."""
        return self.filter(root=root).order_by("number")

    def by_activity(self) -> Self:
        """Latest activity first."""
        return self.order_by("-last_activity", "-id")

    def for_cards(self) -> Self:
        """With all that a list row shows, in a constant number of queries."""
        return self.select_related("author__unit", "space").prefetch_related("tags")
