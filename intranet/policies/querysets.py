"""Questions that are asked of policies and their clauses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef
from wagtail.query import PageQuerySet

from intranet.access import visibility

if TYPE_CHECKING:
    from intranet.people.models import User


class PolicyQuerySet(PageQuerySet):
    """Policies by reader."""

    def visible_to(self, reader: User) -> Self:
        """Published policies whose audience `reader` belongs to; all of them for those who keep or cite them."""
        published = self.live().filter(versions__isnull=False).distinct()
        return published.filter(visibility.policies_seen_by(reader))


class PolicyVersionQuerySet(models.QuerySet):
    """Versions of policies."""

    def current(self) -> Self:
        """The latest version of each published policy."""
        newer = self.model.objects.filter(policy=OuterRef("policy"), number__gt=OuterRef("number"))
        return self.filter(~Exists(newer), policy__live=True)

    def current_for(self, reader: User) -> Self:
        """The current versions of the policies that `reader` sees."""
        return self.current().filter(visibility.policies_seen_by(reader, "policy__"))


class ClauseVersionQuerySet(models.QuerySet):
    """Clauses by the standing of their version."""

    def current(self) -> Self:
        """Clauses of the latest version of each published policy: what can be cited today."""
        version = self.model._meta.get_field("version").related_model
        return self.filter(version__in=version.objects.current())

    def current_for(self, reader: User) -> Self:
        """Clauses that `reader` can cite: those of policies that they see."""
        version = self.model._meta.get_field("version").related_model
        return self.filter(version__in=version.objects.current_for(reader))

    def with_policy(self) -> Self:
        return self.select_related("version__policy")

    def in_order(self) -> Self:
        """Policy by policy, as they stand in each."""
        return self.order_by("version__policy__title", "version__policy_id", "place")
