"""What a person follows, is a member of and was named in: why something may be in their feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from intranet.activity.models import Event
from intranet.activity.verbs import names_where
from intranet.content.models import Tag
from intranet.notify.models import Follow, Level
from intranet.people.models import User
from intranet.posting.verbs import MENTIONED
from intranet.runtime.prepared import Prepared

MENTION_DAYS = 180
STRANGER_DAYS = 90
MOST_MENTIONS = 200


@dataclass
class Interests:
    """Ids by what they are; `mentions` are the latest event per thread, `met_units` those one had a tie with."""

    posts: set[int] = field(default_factory=set)
    spaces: set[int] = field(default_factory=set)
    tags: dict[int, Tag] = field(default_factory=dict)
    people: set[int] = field(default_factory=set)
    muted_posts: set[int] = field(default_factory=set)
    muted_spaces: set[int] = field(default_factory=set)
    muted_tags: set[int] = field(default_factory=set)
    muted_people: set[int] = field(default_factory=set)
    mentions: dict[int, Event] = field(default_factory=dict)
    met_units: set[int | None] = field(default_factory=set)


def _followed(me: int) -> QuerySet[Follow]:
    return Follow.objects.filter(person=me).select_related("tag")


_follows = Prepared(_followed)


def _add_follows(person: User, found: Interests) -> None:
    for follow in _follows.all(me=person.pk):
        muted = follow.level == Level.MUTED
        if follow.post_id:
            (found.muted_posts if muted else found.posts).add(follow.post_id)
        elif follow.space_id:
            (found.muted_spaces if muted else found.spaces).add(follow.space_id)
        elif follow.whom_id:
            (found.muted_people if muted else found.people).add(follow.whom_id)
        elif muted:
            found.muted_tags.add(follow.tag_id)
        else:
            found.tags[follow.tag_id] = follow.tag


def _naming(me: int, since: datetime) -> QuerySet[Event]:
    named = Event.objects.filter(verb=MENTIONED.name, about=me, post__isnull=False, at__gte=since)
    return named.select_related("actor", "post").order_by("-at")[:MOST_MENTIONS]


_mentions = Prepared(_naming)


def mentions_of(person: User, days: int = MENTION_DAYS) -> dict[int, Event]:
    """The latest mention of `person` in each thread, by the thread's id; one query."""
    found: dict[int, Event] = {}
    for event in _mentions.all(me=person.pk, since=timezone.now() - timedelta(days=days)):
        found.setdefault(event.post.thread_id, event)
    return found


def _ties(me: int, since: datetime) -> QuerySet[Event, tuple[int | None, int | None]]:
    """Units on both sides of the ties made since."""
    ties = Event.objects.filter(
        Q(actor=me) | Q(about=me), verb__in=names_where(tie=True), about__isnull=False, at__gte=since
    )
    return ties.values_list("actor__unit_id", "about__unit_id").distinct()


_met = Prepared(_ties)


def _met_units(person: User) -> set[int | None]:
    """Units of the people with whom `person` made a tie in the last quarter, and the own one."""
    pairs = _met.all(me=person.pk, since=timezone.now() - timedelta(days=STRANGER_DAYS))
    return {unit for pair in pairs for unit in pair} | {person.unit_id}


def interests_of(person: User) -> Interests:
    """Everything the feed of `person` is chosen by; three queries, whatever the numbers."""
    found = Interests(mentions=mentions_of(person), met_units=_met_units(person))
    _add_follows(person, found)
    return found
