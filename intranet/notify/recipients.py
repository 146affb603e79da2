"""Who hears of an event, and why. Facts in, `{person id: reason}` out, for many events in a few queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from intranet.access import visibility
from intranet.activity.models import Event
from intranet.activity.verbs import ABOUT, ACTOR, GROUPS, SPACE, THREAD, verb_named
from intranet.content import voices
from intranet.content.models import Membership, Post, Space
from intranet.notify.models import Follow, Level
from intranet.people.models import OrgUnit, User
from intranet.posting.reach import people_in

Reasons = dict[int, str]


def recipients(events: Sequence[Event]) -> dict[int, Reasons]:
    """`{event id: {person id: reason}}` for the events that tell somebody.

    The most personal reason wins: what is about me, then my group, my thread, my space. Left out are the actor, people
    who muted the thread, who left, and who may not see the post now. Writers count from the moment they wrote, so
    that reading late tells the same people as reading at once.
    """
    telling = [event for event in events if verb_named(event.verb).tells]
    follows = _follows(telling)
    writers = _writers(telling)
    groups = _groups(telling)
    sealed = voices.behind({_thread_of(event) for event in telling} - {None})
    account = voices.the_voice().pk if sealed else 0
    wanted = {
        event.pk: _instead(
            _wanted(event, follows, writers, groups), event, account, sealed.get(_thread_of(event))
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


def _follows(events: Sequence[Event]) -> dict[tuple[str, int], list[tuple[int, str]]]:
    """`{("post" or "space", id): [(person id, level)]}` of the threads and spaces of `events`."""
    threads = {_thread_of(event) for event in events} - {None}
    spaces = {event.place_id for event in events} - {None}
    rows = Follow.objects.filter(Q(post__in=threads) | Q(space__in=spaces))
    found = defaultdict(list)
    for person, post, space, level in rows.values_list("person_id", "post_id", "space_id", "level"):
        found["post" if post else "space", post or space].append((person, level))
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


def _wanted(
    event: Event,
    follows: dict,
    writers: dict[int, list[tuple[datetime, int]]],
    groups: dict[int, list[int]],
) -> Reasons:
    tells = verb_named(event.verb).tells
    of_thread = follows.get(("post", _thread_of(event)), [])
    of_space = follows.get(("space", event.place_id), [])
    muted = {person for person, level in [*of_thread, *of_space] if level == Level.MUTED}
    reasons: Reasons = {}
    if SPACE in tells:
        reasons |= {person: SPACE for person, level in of_space if level == Level.WATCHING}
    if THREAD in tells:
        reasons |= {
            person: THREAD for wrote, person in writers.get(_thread_of(event), ()) if wrote < event.at
        }
        reasons |= {person: THREAD for person, _level in of_thread}
    reasons |= dict.fromkeys(groups.get(event.pk, ()), GROUPS)
    reasons = {person: reason for person, reason in reasons.items() if person not in muted}
    if ABOUT in tells and event.about_id:
        reasons[event.about_id] = ABOUT
    if ACTOR not in tells:
        reasons.pop(event.actor_id, None)
    return reasons


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
