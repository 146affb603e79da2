"""Questions that are asked of people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from intranet.access import visibility

if TYPE_CHECKING:
    from intranet.people.models import User


class UserQuerySet(models.QuerySet):
    """People by what they are and who may see them."""

    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, reader: User) -> Self:
        """People whom `reader` may know of: all for employees, fellow members for a guest."""
        return self.filter(visibility.people_seen_by(reader))

    def holding(self, role: str) -> Self:
        """People who hold `role` across the organisation."""
        return self.filter(roles__contains=[role])
