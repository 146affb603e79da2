"""Placing and releasing locks. The caller says what should be true afterwards; saying it twice changes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.moderation.kinds import Condition, Reach, Scope
from intranet.moderation.locking.reading import ThreadLocks, in_thread, locks_of_thread
from intranet.moderation.models import Case, Lock
from intranet.moderation.verbs import LOCKED, UNLOCKED
from intranet.people.models import User

__all__ = ["ThreadLocks", "in_thread", "lock", "locks_of_thread", "release", "release_when", "unlock"]


@dataclass(frozen=True)
class Terms:
    """How a lock holds: what it stops, how far it reaches, until when."""

    scope: str = Scope.ALL
    reach: str = Reach.BRANCH
    until: datetime | None = None
    condition: str = Condition.NONE

    def check(self) -> None:
        """Refuse a lock that would hold nothing: unknown words, an end that has passed."""
        if self.scope not in Scope.values:
            raise Refused(
                refuse("bad_scope", _("Choose what to lock: replies, edits, votes, attachments or all."))
            )
        if self.reach not in Reach.values or self.condition not in Condition.values:
            raise Refused(refuse("bad_terms", _("Choose how far the lock goes and what opens it.")))
        if self.until and self.until <= timezone.now():
            raise Refused(
                refuse("past_until", _("The lock would end in the past. Choose a later day or none."))
            )


def room_of(page: Page) -> Space | None:
    """The space in which a page of the editors' desk stands; a page without one cannot be locked."""
    found = page.specific
    return getattr(found, "room", None) or getattr(found, "space", None)


def _lockable_room(page: Page) -> Space:
    room = room_of(page)
    if room is None:
        raise Refused(
            refuse("no_room", _("This page stands in no community or blog, so it cannot be locked."))
        )
    return room


def _snapshot(post: Post | None) -> dict[str, Any]:
    if post is None:
        return {}
    return {"title": post.title, "source": post.source, "html": post.html, "revision": post.revision}


def _permit(
    actor: User, post: Post | None, space: Space | None, page: Page | None, *, waits_for_writers: bool
) -> Any:
    place = _lockable_room(page) if page else space
    return gate.permit(actor, Deed.DECIDE, post=post, space=place, whole_space=waits_for_writers)


def _target(permit: gate.Permit, person: User | None, page: Page | None) -> dict[str, Any]:
    if page:
        return {"post": None, "space": None, "person": None, "page": page}
    return {
        "post": permit.post,
        "space": None if permit.post else permit.space,
        "person": person,
        "page": None,
    }


def _release(locks: QuerySet[Lock], actor: User) -> int:
    return locks.filter(released_at=None).update(released_by=actor, released_at=timezone.now())


def lock(
    *,
    actor: User,
    clause: Any,
    post: Post | None = None,
    space: Space | None = None,
    person: User | None = None,
    page: Page | None = None,
    scope: str = Scope.ALL,
    reach: str = Reach.BRANCH,
    note: str = "",
    until: datetime | None = None,
    condition: str = Condition.NONE,
    case: Case | None = None,
    rule: str = "",
    at: datetime | None = None,
) -> Lock:
    """Make `post`, `space`, `person` in `space`, or `page` locked under `clause` (a ClauseVersion); the lock that holds.

    Raises `Refused` when `actor` may not decide there. The same lock by the same person is left as it is; other facts,
    or another moderator, replace it, so the last command stands and each leaves its event. Terms that hold nothing
    are refused.
    """
    terms = Terms(scope, reach, until, condition)
    terms.check()
    with _permit(actor, post, space, page, waits_for_writers=post is None) as permit:
        if person and person.pk == permit.actor.pk:
            raise Refused(refuse("party", _("You cannot decide about yourself.")))
        target = _target(permit, person, page)
        facts = {**vars(terms), "clause": clause, "note": note, "rule": rule}
        held = Lock.objects.filter(**target, released_at=None)
        same = held.holding().filter(**facts, placed_by=permit.actor).first()
        if same:
            return same
        _release(held, permit.actor)
        placed = Lock.objects.create(
            **target,
            **facts,
            case=case,
            snapshot=_snapshot(permit.post),
            placed_by=permit.actor,
            placed_at=at or timezone.now(),
        )
        _record(LOCKED, permit, placed, at)
        return placed


def _record(verb: Any, permit: gate.Permit, lock: Lock, at: datetime | None = None) -> None:
    record(
        verb,
        permit.actor,
        about=lock.concerns,
        post=permit.post,
        space=permit.space,
        at=at,
        lock=lock.pk,
        scope=lock.scope,
        ref=lock.pk,
    )


def unlock(
    *,
    actor: User,
    post: Post | None = None,
    space: Space | None = None,
    person: User | None = None,
    page: Page | None = None,
) -> None:
    """Make the target not locked. Raises `Refused` when `actor` may not decide there."""
    whole = post is None and person is None
    with _permit(actor, post, space, page, waits_for_writers=whole) as permit:
        for held in Lock.objects.filter(**_target(permit, person, page), released_at=None):
            _release(Lock.objects.filter(pk=held.pk), permit.actor)
            _record(UNLOCKED, permit, held)


def release(*, actor: User, lock: Lock) -> None:
    """Open what `lock` holds; a lock that was released, or replaced by another, is left alone."""
    if lock.released_at is None:
        unlock(actor=actor, post=lock.post, space=lock.space, person=lock.person, page=lock.page)


def release_when(
    condition: str, *, actor: User, case: Case | None = None, person: User | None = None, policy: Any = None
) -> int:
    """Open the locks that waited for `condition`: on `case`, or on `person` who has read `policy`; how many.

    Called by who learns that the condition is met, in the transaction of that deed.
    """
    locks = Lock.objects.filter(condition=condition, released_at=None)
    if case is not None:
        locks = locks.filter(case=case)
    if person is not None:
        locks = locks.filter(person=person) | locks.filter(person=None, post__author=person)
    if policy is not None:
        locks = locks.filter(clause__version__policy=policy)
    found = list(locks.select_related("post__author", "post__space", "space", "person"))
    for lock in found:
        _release(Lock.objects.filter(pk=lock.pk), actor)
        record(
            UNLOCKED,
            actor,
            about=lock.concerns,
            post=lock.post,
            space=lock.space,
            lock=lock.pk,
            scope=lock.scope,
            ref=lock.pk,
        )
    return len(found)
