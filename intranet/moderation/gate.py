"""The one door for writes.

`with gate.permit(actor, Deed.REPLY, post=thread) as permit:` opens the transaction, takes the locks that make
the answer stay true until commit, asks every check in order and opens the guard of content for the block. A
refusal is `Refused(verdict)` with a sentence for the person; nothing has been written then.

What is locked, always in this order, so that no two writers can wait for each other:

1. the space: a shared advisory lock, exclusive for deeds that change the rules of the whole space;
2. the row of the thread's root: `FOR NO KEY UPDATE`.

A plain check followed by a save lets replies land after a lock was placed; with the row lock none does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, Verdict
from intranet.content import guard
from intranet.content.models import Post, Space
from intranet.moderation import checks
from intranet.people.models import User

SPACE_LOCK_CLASS = 7301


@dataclass(frozen=True)
class Permit:
    """What was permitted, with freshly read rows: who, what, where and on which post."""

    actor: User
    deed: Deed
    space: Space
    post: Post | None
    root: Post | None


Check = Callable[[Permit], Verdict]
_checks: list[Check] = [
    checks.actor_may_write,
    checks.target_is_visible,
    checks.space_is_open,
    checks.role_allows,
    checks.nothing_locks,
    checks.pace_is_human,
]


def add_check(check: Check) -> Check:
    """Register a further check; it is asked after the built-in ones."""
    _checks.append(check)
    return check


def lock_space(space_id: int, *, exclusive: bool) -> None:
    """Take the lock on a space until the transaction ends, as `permit` does."""
    kind = "" if exclusive else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s, %s)", [SPACE_LOCK_CLASS, space_id])


def _lock_thread(post: Post) -> tuple[Post, Post]:
    """Lock the root row; `(root, post)` as they are now."""
    root = (
        Post.objects.select_for_update(no_key=True, of=("self",))
        .select_related("space", "author")
        .get(pk=post.thread_id)
    )
    if post.pk == root.pk:
        return root, root
    fresh = Post.objects.select_related("space", "author", "parent").get(pk=post.pk)
    fresh.root = root
    return root, fresh


def verdict_on(permit: Permit) -> Verdict:
    """The first refusal of the checks in their order, or a yes."""
    for check in _checks:
        verdict = check(permit)
        if not verdict:
            return verdict
    return verdict


@contextmanager
def permit(
    actor: User,
    deed: Deed,
    *,
    post: Post | None = None,
    space: Space | None = None,
    whole_space: bool = False,
) -> Iterator[Permit]:
    """Let `actor` do `deed` on `post`, or in `space` where there is no post yet, or raise `Refused`.

    `whole_space` is for deeds that change the rules for everybody in the space (locking it, removing a member):
    they wait until running writes are done and let none pass meanwhile.
    """
    if (post or space) is None:
        raise ValueError("a permit needs a post or a space")
    with transaction.atomic():
        lock_space(post.space_id if post else space.pk, exclusive=whole_space)
        root, target = _lock_thread(post) if post else (None, None)
        person = User.objects.select_related("unit").get(pk=actor.pk)
        place = target.space if target else Space.objects.get(pk=space.pk)
        granted = Permit(actor=person, deed=deed, space=place, post=target, root=root)
        verdict = verdict_on(granted)
        if not verdict:
            raise Refused(verdict)
        with guard.opened():
            yield granted
