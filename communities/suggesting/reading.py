"""Communities that one might want to join, each with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import ngettext

from communities.suggesting.models import NotForMe
from intranet.content.kinds import Joining, PostKind, PostState
from intranet.content.models import Membership, Post, Space, Tag
from intranet.notify.models import Follow, Level
from intranet.people.models import User
from intranet.settings.product import PEOPLE_FLOOR
from intranet.ui.tags import bdi

MOST = 3
LOOKING_BACK = timedelta(days=180)


@dataclass(frozen=True)
class Suggestion:
    """A community and the one sentence that says why it is suggested."""

    space: Space
    why: SafeString
    weight: int


def suggestions_for(person: User, most: int = MOST) -> list[Suggestion]:
    """At most `most` communities, the strongest reason first; four queries, whatever their number.

    Reasons are facts that the reader could look up: colleagues of their unit who are members, from three on, and
    threads they may read about topics they follow or answer.
    """
    if person.is_guest:
        return []
    spaces = _open_doors(person)
    colleagues = _colleagues(person, spaces)
    talked = _talked_about(person, spaces)
    found = [
        suggestion
        for space in spaces
        if (suggestion := _strongest(person, space, colleagues.get(space.pk, 0), talked.get(space.pk)))
    ]
    return sorted(found, key=lambda each: (-each.weight, each.space.name))[:most]


def _open_doors(person: User) -> QuerySet[Space]:
    """Communities that live, of which `person` knows and is no member, and that they can join or ask to."""
    declined = NotForMe.objects.filter(space=OuterRef("pk"), person=person)
    return (
        Space.objects.communities()
        .visible_to(person)
        .filter(archived_at=None, joining__in=(Joining.OPEN, Joining.REQUEST))
        .exclude(pk__in=list(person.space_roles))
        .exclude(Exists(declined))
    )


def _colleagues(person: User, spaces: QuerySet[Space]) -> dict[int, int]:
    if not person.unit_id:
        return {}
    rows = Membership.objects.filter(
        space__in=spaces.values("pk"), person__unit=person.unit_id, person__is_active=True
    )
    counts = rows.order_by().values_list("space").annotate(n=Count("pk"))
    return {space: n for space, n in counts if n >= PEOPLE_FLOOR}


def _topics(person: User) -> QuerySet[Tag]:
    """The topics that `person` follows (`followed`) or has lately answered about, where they still may read it."""
    answered = (
        Post.objects.visible_to(person)
        .published()
        .filter(author=person, kind=PostKind.ANSWER, created__gt=timezone.now() - LOOKING_BACK)
    )
    follows = Exists(Follow.objects.filter(person=person, tag=OuterRef("pk")).exclude(level=Level.MUTED))
    return Tag.objects.annotate(followed=follows).filter(
        Q(followed=True) | Exists(answered.filter(root__post_tags__tag=OuterRef("pk")))
    )


def _talked_about(person: User, spaces: QuerySet[Space]) -> dict[int, tuple[int, Tag]]:
    """`{space: (threads, topic)}`, the topic most talked about in each; two queries."""
    topics = _topics(person)
    rows = (
        Post.objects.visible_to(person)
        .threads()
        .filter(
            space__in=spaces.values("pk"),
            state=PostState.PUBLISHED,
            post_tags__tag__in=topics.values("pk"),
            last_activity__gt=timezone.now() - LOOKING_BACK,
        )
        .order_by()
        .values_list("space", "post_tags__tag")
        .annotate(n=Count("pk", distinct=True))
    )
    known = {topic.pk: topic for topic in topics}
    best: dict[int, tuple[int, Tag]] = {}
    for space, tag, n in rows:
        if tag in known and (space not in best or n > best[space][0]):
            best[space] = (n, known[tag])
    return best


def _strongest(
    person: User, space: Space, colleagues: int, talk: tuple[int, Tag] | None
) -> Suggestion | None:
    if talk and talk[0] >= colleagues:
        threads, topic = talk
        words = _about_followed(threads) if topic.followed else _about_answered(threads)
        return Suggestion(space, format_html(words, n=threads, topic=bdi(topic.label)), threads)
    if colleagues:
        words = ngettext(
            "{n} colleague from {unit} is a member",
            "{n} colleagues from {unit} are members",
            colleagues,
        )
        return Suggestion(space, format_html(words, n=colleagues, unit=bdi(person.unit.label)), colleagues)
    return None


def _about_followed(threads: int) -> str:
    return ngettext(
        "{n} thread about {topic}, which you follow", "{n} threads about {topic}, which you follow", threads
    )


def _about_answered(threads: int) -> str:
    return ngettext(
        "{n} thread about {topic}, which you answer", "{n} threads about {topic}, which you answer", threads
    )
