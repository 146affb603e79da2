"""Whom a writer may mean and which topics they may want, from the first letters. Only what the writer may see."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intranet.access import visibility
from intranet.content.kinds import Visibility
from intranet.content.models import Post, Space, Tag
from intranet.people.models import OrgUnit, User
from intranet.posting.reach import people_in, readers_of

PEOPLE, GROUPS, TAGS = 6, 3, 8
"""How many of each are offered: a list that is read at a glance."""
LONGEST = 40


@dataclass(frozen=True)
class Offer:
    """One line of the list: what is written (`key`), what it is called, and what tells it from its like."""

    key: str
    name: str
    what: str
    kind: str

    def shape(self) -> dict[str, str]:
        return asdict(self)


def offers(writer: User, letters: str, space: Space | None) -> list[dict[str, str]]:
    """People whose name begins with `letters`; in a `space` those who read there, and communities and units."""
    letters = letters.strip()[:LONGEST]
    bare = letters.removeprefix("c/").removeprefix("u/")
    if not bare:
        return []
    found = [] if "/" in letters else _people(writer, letters, space)
    if space and not letters.startswith("u/"):
        found += _spaces(writer, bare, space)
    if space and not letters.startswith("c/"):
        found += _units(writer, bare)
    return [offer.shape() for offer in found]


def _begins(letters: str, *columns: str) -> Q:
    """A word of one of `columns` begins with `letters`."""
    found = Q()
    for column in columns:
        found |= Q(**{f"{column}__istartswith": letters}) | Q(**{f"{column}__icontains": f" {letters}"})
    return found


def _people(writer: User, letters: str, space: Space | None) -> list[Offer]:
    people = User.objects.active().visible_to(writer).exclude(pk=writer.pk)
    if space:
        people = people.filter(readers_of(space))
    found = people.filter(_begins(letters, "username", "name", "name_he")).select_related("unit")
    return [
        Offer(
            each.username,
            each.display_name,
            ", ".join(part for part in (each.title, each.unit and each.unit.label) if part),
            "person",
        )
        for each in _best_first(found, letters, "username", "name", "name_he")[:PEOPLE]
    ]


def _best_first(rows: QuerySet[Any], letters: str, *columns: str) -> QuerySet[Any]:
    """Those first whose name itself begins with `letters`."""
    begins = Q()
    for column in columns:
        begins |= Q(**{f"{column}__istartswith": letters})
    near = Case(When(begins, then=0), default=1, output_field=IntegerField())
    return rows.order_by(near, *rows.query.get_meta().ordering)


def _spaces(writer: User, letters: str, space: Space) -> list[Offer]:
    spaces = Space.objects.communities().visible_to(writer).filter(archived_at=None)
    found = spaces.filter(~Q(visibility=Visibility.SECRET) | Q(pk=space.pk))
    found = found.filter(_begins(letters, "slug", "name", "name_he")).annotate(n=Count("memberships"))
    return [
        Offer(f"c/{each.slug}", each.label, _("Community, %(people)s") % {"people": _count(each.n)}, "space")
        for each in _best_first(found, letters, "slug", "name", "name_he")[:GROUPS]
    ]


def _units(writer: User, letters: str) -> list[Offer]:
    if writer.is_guest:
        return []
    found = OrgUnit.objects.filter(_begins(letters, "name", "name_he", "code"))[:GROUPS]
    return [
        Offer(
            f"u/{unit.slug}",
            unit.label,
            _("Unit, %(people)s") % {"people": _count(people_in([unit], []).count())},
            "unit",
        )
        for unit in found
    ]


def _count(people: int) -> str:
    return ngettext("%(count)s person", "%(count)s people", people) % {"count": people}


def topics(reader: User, letters: str) -> list[dict[str, str]]:
    """Topics that begin with `letters` and stand on a post that `reader` may see."""
    letters = letters.strip().removeprefix("#")[:LONGEST]
    if not letters:
        return []
    posts = Post.objects.filter(tags=OuterRef("pk")).filter(visibility.posts_seen_by(reader))
    found = Tag.objects.filter(_begins(letters, "name", "name_he", "slug")).filter(Exists(posts))
    return [
        Offer(tag.label, tag.label, "", "topic").shape()
        for tag in _best_first(found, letters, "name", "name_he")[:TAGS]
    ]


def person_to_ask(reader: User, username: str) -> User | None:
    """The person whom a link asks to mention, when the reader may know of them."""
    return User.objects.active().visible_to(reader).filter(username=username).first() if username else None
