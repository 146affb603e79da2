"""Who hears of an event, and why. Facts in, `{person id: reason}` out, for many events in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from intranet.access import visibility
from intranet.activity.models import Event
from intranet.activity.verbs import ABOUT, ACTOR, GROUPS, SPACE, THREAD, verb_named
from intranet.content import voices
from intranet.content.kinds import PostKind
from intranet.content.models import Membership, Post, PostTag, Space
from intranet.notify.models import Follow, Level
from intranet.people.models import OrgUnit, User
from intranet.posting.reach import people_in

Reasons = dict[int, str]
Follows = dict[tuple[str, int], dict[int, str]]
TARGETS = ("post", "space", "tag", "whom")
TAG, PERSON = "tag", "person"
"""Reasons beside those that a verb names: a topic, and who did it."""


def recipients(events: Sequence[Event]) -> dict[int, Reasons]:
    """`{event id: {person id: reason}}` for the events that tell somebody.

    The most personal reason wins: what is about me, then my group, my thread, my space, a person, a topic. Left out are
    the actor, people who muted it, who left, and who may not see the post now. Writers count from the moment they wrote, so
    that reading late tells the same people as reading at once.
    """
    telling = [event for event in events if verb_named(event.verb).tells]
    facts = _Facts(_follows(telling), _tags(telling), _writers(telling), _groups(telling))
    sealed = voices.behind({_thread_of(event) for event in telling} - {None})
    account = voices.the_voice().pk if sealed else 0
    wanted = {
        event.pk: _heard(
            _instead(_wanted(event, facts), event, account, sealed.get(_thread_of(event))), event, facts
        )
        for event in telling
    }
    people = _people({person for reasons in wanted.values() for person in reasons}, telling)
    return {
        event.pk: {
            person: reason
            for person, reason in wanted[event.pk].items()
            if person in people and _may_know(people[person], event)
        }
        for event in telling
    }


def _thread_of(event: Event) -> int | None:
    return event.post.thread_id if event.post else None


def _follows(events: Sequence[Event]) -> Follows:
    """`{("post", "space", "tag" or "whom", id): {person id: level}}` of all that `events` touch."""
    threads = {_thread_of(event) for event in events} - {None}
    found: Follows = defaultdict(dict)
    rows = Follow.objects.filter(
        Q(post__in=threads)
        | Q(space__in={event.place_id for event in events} - {None})
        | Q(whom__in={event.actor_id for event in events})
        | Q(tag__in=PostTag.objects.filter(post__in=threads).values("tag"))
    )
    for person, level, *ids in rows.values_list("person", "level", *TARGETS):
        kind, pk = next((kind, pk) for kind, pk in zip(TARGETS, ids, strict=True) if pk)
        found[kind, pk][person] = level
    return found


def _tags(events: Sequence[Event]) -> dict[int, list[int]]:
    """`{thread id: [ids of its topics]}`."""
    found = defaultdict(list)
    rows = PostTag.objects.filter(post__in={_thread_of(event) for event in events} - {None})
    for post, tag in rows.values_list("post", "tag"):
        found[post].append(tag)
    return found


def _writers(events: Sequence[Event]) -> dict[int, list[tuple[datetime, int]]]:
    """`{thread id: [(when, id of who wrote in it)]}`."""
    threads = {_thread_of(event) for event in events if THREAD in verb_named(event.verb).tells} - {None}
    found = defaultdict(list)
    rows = Post.objects.filter(Q(root__in=threads) | Q(pk__in=threads)).published()
    for post, root, created, author in rows.values_list("pk", "root_id", "created", "author_id"):
        found[root or post].append((created, author))
    return found


def _groups(events: Sequence[Event]) -> dict[int, list[int]]:
    """`{event id: [ids of the people in the groups that its post mentions]}`."""
    return {
        event.pk: list(
            people_in(
                OrgUnit.objects.filter(pk__in=event.data["units"]),
                Space.objects.filter(pk__in=event.data["spaces"]),
            ).values_list("pk", flat=True)
        )
        for event in events
        if GROUPS in verb_named(event.verb).tells
    }


@dataclass(frozen=True)
class _Facts:
    """What was read for all events at once."""

    follows: Follows
    tags: dict[int, list[int]]
    writers: dict[int, list[tuple[datetime, int]]]
    groups: dict[int, list[int]]

    def levels(self, kind: str, pk: int | None) -> dict[int, str]:
        """`{person id: level}` chosen for one thread, space, topic or person."""
        return self.follows.get((kind, pk), {}) if pk else {}

    def of_topics(self, event: Event) -> list[tuple[int, str]]:
        """(person id, level) for each topic of the event's thread."""
        tags = self.tags.get(_thread_of(event) or 0, ())
        return [pair for tag in tags for pair in self.levels("tag", tag).items()]


def _wanted(event: Event, facts: _Facts) -> Reasons:
    """Who would hear of `event`; the later and more personal reason replaces the earlier one."""
    tells = verb_named(event.verb).tells
    reasons = _by_interest(event, facts)
    if THREAD in tells:
        reasons |= _by_thread(event, facts)
    reasons |= dict.fromkeys(facts.groups.get(event.pk, ()), GROUPS)
    if ABOUT in tells and event.about_id:
        reasons[event.about_id] = ABOUT
    if ACTOR not in tells:
        reasons.pop(event.actor_id, None)
    return reasons


def _heard(reasons: Reasons, event: Event, facts: _Facts) -> Reasons:
    """`reasons` without those who muted it; duties and decisions are told in spite of that."""
    deaf = _muting(event, facts) if verb_named(event.verb).is_talk else set()
    return {person: reason for person, reason in reasons.items() if person not in deaf}


def _by_interest(event: Event, facts: _Facts) -> Reasons:
    """Those who follow a topic, a person or the space; a muted topic stills all three."""
    starts = SPACE in verb_named(event.verb).tells
    writes = event.post is not None and event.post.author_id == event.actor_id
    talks = verb_named(event.verb).is_talk and writes
    announces = event.post is not None and event.post.kind == PostKind.ANNOUNCEMENT
    topics = facts.of_topics(event)
    reasons: Reasons = {}
    if starts:
        reasons |= {person: TAG for person, level in topics if level == Level.WATCHING}
    for person, level in facts.levels("whom", event.actor_id).items():
        if (starts and level == Level.FOLLOWING) or (talks and level == Level.WATCHING):
            reasons[person] = PERSON
    if starts:
        for person, level in facts.levels("space", event.place_id).items():
            if level == Level.WATCHING or (announces and level == Level.FOLLOWING):
                reasons[person] = SPACE
    for person, level in topics:
        if level == Level.MUTED:
            reasons.pop(person, None)
    return reasons


def _by_thread(event: Event, facts: _Facts) -> Reasons:
    """Those who wrote in the thread before, or chose to hear of it; who only follows a question is spared its comments."""
    thread = _thread_of(event)
    chosen = facts.levels("post", thread)
    aside = event.post.kind == PostKind.COMMENT and event.post.thread.kind == PostKind.QUESTION
    reasons = {
        person: THREAD
        for wrote, person in facts.writers.get(thread or 0, ())
        if wrote < event.at and person not in chosen
    }
    hearing = {Level.WATCHING} if aside else {Level.WATCHING, Level.FOLLOWING}
    return reasons | {person: THREAD for person, level in chosen.items() if level in hearing}


def _muting(event: Event, facts: _Facts) -> set[int]:
    """Who wants to hear nothing of this: of who did it, of the thread, or of its space unless they chose the thread."""
    of_thread = facts.levels("post", _thread_of(event))
    of_space = facts.levels("space", event.place_id)
    levels = [*facts.levels("whom", event.actor_id).items(), *of_thread.items()]
    levels += [(person, level) for person, level in of_space.items() if person not in of_thread]
    return {person for person, level in levels if level == Level.MUTED}


def _instead(reasons: Reasons, event: Event, account: int, asker: int | None) -> Reasons:
    """`reasons` with `asker`, who asked the thread anonymously, in place of the `account` in whose name it stands."""
    if asker is None:
        return reasons
    told = {person: reason for person, reason in reasons.items() if person != account}
    if event.actor_id == account:
        told.pop(asker, None)
    elif account in reasons and event.actor_id != asker:
        told[asker] = reasons[account]
    return told


def _people(ids: set[int], events: Sequence[Event]) -> dict[int, User]:
    """Active people by id, with their roles in the spaces of `events` at hand."""
    people = User.objects.active().in_bulk(ids)
    roles: dict[int, dict[int, str]] = defaultdict(dict)
    spaces = {event.place_id for event in events}
    for person, space, role in Membership.objects.filter(person__in=people, space__in=spaces).values_list(
        "person_id", "space_id", "role"
    ):
        roles[person][space] = role
    for person in people.values():
        person.space_roles = roles[person.pk]
    return people


def _may_know(person: User, event: Event) -> bool:
    if event.post:
        return visibility.sees_post(person, event.post)
    return event.space is None or visibility.sees_space(person, event.space)
