"""Placing and releasing locks. The caller says what should be true afterwards; saying it twice changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Expression, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.moderation.kinds import Scope
from intranet.moderation.models import Case, Lock
from intranet.moderation.verbs import LOCKED, UNLOCKED
from intranet.people.models import User


def _release(locks: Any, actor: User) -> int:
    return locks.filter(released_at=None).update(released_by=actor, released_at=timezone.now())


def _snapshot(post: Post) -> dict[str, Any]:
    return {"title": post.title, "source": post.source, "revision": post.revision}


def check_terms(scope: str, until: datetime | None) -> None:
    """Refuse a lock that would hold nothing: an unknown scope, an end that has passed."""
    if scope not in Scope.values:
        raise Refused(
            refuse("bad_scope", _("Choose what to lock: replies, edits, votes, attachments or all."))
        )
    if until and until <= timezone.now():
        raise Refused(refuse("past_until", _("The lock would end in the past. Choose a later day or none.")))


def lock(
    *,
    actor: User,
    clause: Any,
    post: Post | None = None,
    space: Space | None = None,
    scope: str = Scope.ALL,
    note: str = "",
    until: datetime | None = None,
    case: Case | None = None,
    at: datetime | None = None,
) -> Lock:
    """Make `post` or `space` locked under `clause` (a ClauseVersion) and return the lock that holds.

    Raises `Refused` when `actor` may not decide there. A lock with the same facts is left as it is; other
    facts replace it, so the last command stands. Terms that hold nothing are refused.
    """
    check_terms(scope, until)
    with gate.permit(actor, Deed.DECIDE, post=post, space=space, whole_space=post is None) as permit:
        target = {"post": permit.post, "space": None if permit.post else permit.space}
        facts = {"scope": scope, "clause": clause, "note": note, "until": until}
        held = Lock.objects.filter(**target, released_at=None)
        same = held.holding().filter(**facts).first()
        if same:
            return same
        _release(held, permit.actor)
        placed = Lock.objects.create(
            **target,
            **facts,
            case=case,
            snapshot=_snapshot(permit.post) if permit.post else {},
            placed_by=permit.actor,
            placed_at=at or timezone.now(),
        )
        about = permit.post.author if permit.post else None
        record(
            LOCKED,
            permit.actor,
            about=about,
            post=permit.post,
            space=permit.space,
            at=at,
            lock=placed.pk,
            scope=scope,
        )
        return placed


def unlock(*, actor: User, post: Post | None = None, space: Space | None = None) -> None:
    """Make `post` or `space` not locked. Raises `Refused` when `actor` may not decide there."""
    with gate.permit(actor, Deed.DECIDE, post=post, space=space, whole_space=post is None) as permit:
        target = {"post": permit.post, "space": None if permit.post else permit.space}
        if _release(Lock.objects.filter(**target), permit.actor):
            about = permit.post.author if permit.post else None
            record(UNLOCKED, permit.actor, about=about, post=permit.post, space=permit.space)


def locks_of_thread(root: Post) -> dict[int | None, Lock]:
    """The holding locks of a thread by post id, the lock of its space under None; one query."""
    rows = Lock.objects.holding().with_clause().filter(in_thread(Value(root.pk), Value(root.space_id)))
    return {lock.post_id: lock for lock in rows}


def in_thread(root: Expression, space: Expression) -> Q:
    """Locks that reach something in the thread `root` of `space`: on it, on a post in it or on the whole space."""
    return Q(post__root=root) | Q(post=root) | Q(space=space)
