"""Whom a text mentions: people, communities and units, by the names that stand in it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Q

from intranet.content.kinds import SpaceRole, Visibility
from intranet.content.models import Membership, Space
from intranet.people.models import OrgUnit, User

SPACE, UNIT = "c/", "u/"


@dataclass
class Mentioned:
    """Who is mentioned. Filled while the text is rendered. `space` is where the text stands; a document, which has none
    here, mentions people alone."""

    author: User
    space: Space | None
    people: list[User] = field(default_factory=list)
    spaces: list[Space] = field(default_factory=list)
    units: list[OrgUnit] = field(default_factory=list)

    def names(self, wanted: Collection[str]) -> dict[str, str]:
        """The shown names of those of `wanted` who exist, whom the author may know and readers may learn of."""
        groups = {
            prefix: [name[2:] for name in wanted if name.startswith(prefix)] for prefix in (SPACE, UNIT)
        }
        people = User.objects.active().visible_to(self.author)
        self.people += people.filter(username__in=[name for name in wanted if "/" not in name])
        if groups[SPACE] and self.space:
            self.spaces += self._spaces(groups[SPACE])
        if groups[UNIT] and self.space and not self.author.is_guest:
            self.units += [unit for unit in OrgUnit.objects.all() if unit.slug in groups[UNIT]]
        return {
            **{person.username: person.name for person in self.people},
            **{f"{SPACE}{space.slug}": space.name for space in self.spaces},
            **{f"{UNIT}{unit.slug}": unit.name for unit in self.units},
        }

    def _spaces(self, slugs: list[str]) -> list[Space]:
        """Communities by slug. The text is shown to all readers of its place, so it names only what they may know of:
        a secret community nowhere but in itself, and where guests read none but that one."""
        spaces = Space.objects.communities().visible_to(self.author).filter(slug__in=slugs)
        guests = Membership.objects.filter(space=self.space, role=SpaceRole.GUEST).exists()
        known = Q(pk__in=()) if guests else ~Q(visibility=Visibility.SECRET)
        here = Q(pk=self.space.pk) if self.space else Q(pk__in=())
        return list(spaces.filter(known | here))
