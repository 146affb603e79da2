"""What a person follows, is a member of and was named in: why something may be in their feed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from intranet.activity.models import Event
from intranet.activity.verbs import names_where
from intranet.content.models import Tag
from intranet.notify.models import Follow, Level
from intranet.people.models import User
from intranet.posting.verbs import MENTIONED

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
    met_units: set[int] = field(default_factory=set)


def _follows(person: User, found: Interests) -> None:
    for follow in Follow.objects.filter(person=person).select_related("tag"):
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


def mentions_of(person: User, days: int = MENTION_DAYS) -> dict[int, Event]:
    """The latest mention of `person` in each thread, by the thread's id; one query."""
    events = (
        Event.objects.filter(
            verb=MENTIONED.name,
            about=person,
            post__isnull=False,
            at__gte=timezone.now() - timedelta(days=days),
        )
        .select_related("actor", "post")
        .order_by("-at")[:MOST_MENTIONS]
    )
    found: dict[int, Event] = {}
    for event in events:
        found.setdefault(event.post.thread_id, event)
    return found


def _met_units(person: User) -> set[int]:
    """Units of the people with whom `person` made a tie in the last quarter."""
    ties = Event.objects.filter(
        Q(actor=person) | Q(about=person),
        verb__in=names_where(tie=True),
        about__isnull=False,
        at__gte=timezone.now() - timedelta(days=STRANGER_DAYS),
    )
    pairs = ties.values_list("actor__unit_id", "about__unit_id").distinct()
    return {unit for pair in pairs for unit in pair if unit} | {person.unit_id}


def interests_of(person: User) -> Interests:
    """Everything the feed of `person` is chosen by; three queries, whatever the numbers."""
    found = Interests(mentions=mentions_of(person), met_units=_met_units(person))
    _follows(person, found)
    return found
