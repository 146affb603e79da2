"""The one door for writes.

`with gate.permit(actor, Deed.REPLY, post=thread) as permit:` opens the transaction, takes the locks that make
the answer stay true until commit, asks every check in order and opens the guard of content for the block. A
refusal is `Refused(verdict)` with a sentence for the person; nothing has been written then.

What is locked, always in this order, so that no two writers can wait for each other:

1. the spaces, in the order of their ids: a shared advisory lock, exclusive for deeds that change the rules of the
   whole space;
2. the rows of the threads' roots, in the order of their ids: `FOR NO KEY UPDATE`.

A plain check followed by a save lets replies land after a lock was placed; with the row lock none does. A post that
stands elsewhere once the locks are held, because its thread was moved, merged or split meanwhile, is looked for
again from the beginning: what was locked is let go first, so that the order holds.

Behind the gate stands the database: its triggers refuse what a lock holds, also to raw SQL. What moderators decide is
written past locks, and `past_locks` is the one way to say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, Verdict, refuse
from intranet.content import guard
from intranet.content.models import Post, Space
from intranet.moderation import checks
from intranet.moderation.standing import checks as standing
from intranet.people.models import User

SPACE_LOCK_CLASS = 7301
TRIES = 5
"""How often a post that keeps moving is looked for. More than once is already rare."""


@dataclass(frozen=True)
class Want:
    """What somebody wants to do: on `post`, or in `space` where there is no post yet; see `permit`."""

    actor: User
    deed: Deed
    post: Post | None = None
    space: Space | None = None
    whole_space: bool = False
    page: Page | None = None

    @property
    def space_id(self) -> int:
        return self.post.space_id if self.post else self.space.pk

    def anew(self) -> Want:
        """The same with the post as it stands now."""
        return replace(self, post=Post.objects.get(pk=self.post.pk)) if self.post else self


class _Elsewhere(Exception):
    """A post was moved between being read and being locked."""


@dataclass(frozen=True)
class Permit:
    """What was permitted, with freshly read rows: who, what, where and on which post."""

    actor: User
    deed: Deed
    space: Space
    post: Post | None
    root: Post | None
    page: Page | None = None


Check = Callable[[Permit], Verdict]
_checks: list[Check] = [
    checks.actor_may_write,
    checks.target_is_visible,
    checks.space_is_open,
    checks.role_allows,
    checks.nothing_locks,
    standing.thread_is_open,
    standing.slow_mode,
    checks.pace_is_human,
]


def add_check(check: Check) -> Check:
    """Register a further check; it is asked after the built-in ones."""
    _checks.append(check)
    return check


def lock_space(space_id: int) -> None:
    """Take the lock on a whole space until the transaction ends, for work that nobody asks a permit for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [SPACE_LOCK_CLASS, space_id])


def _lock_spaces(wants: Sequence[Want]) -> None:
    exclusive = {want.space_id for want in wants if want.whole_space}
    with connection.cursor() as cursor:
        for space in sorted({want.space_id for want in wants}):
            kind = "" if space in exclusive else "_shared"
            cursor.execute(f"SELECT pg_advisory_xact_lock{kind}(%s, %s)", [SPACE_LOCK_CLASS, space])


def _lock_roots(wants: Sequence[Want]) -> dict[int, Post]:
    """Lock the root rows of all posts; the roots as they are now, by id.

    A root whose space changed while its row was waited for is missing: the joined row of the old space no longer fits.
    """
    ids = {want.post.thread_id for want in wants if want.post}
    if not ids:
        return {}
    roots = Post.objects.select_for_update(no_key=True, of=("self",)).select_related("space", "author")
    return {root.pk: root for root in roots.filter(pk__in=ids, root=None).order_by("pk")}


def _target(post: Post, roots: dict[int, Post]) -> tuple[Post, Post]:
    """`(root, post)` freshly read under the lock; raises `_Elsewhere` when the post is in another thread or space now."""
    root = roots.get(post.thread_id)
    if root is None or root.space_id != post.space_id:
        raise _Elsewhere
    if post.pk == root.pk:
        return root, root
    fresh = Post.objects.select_related("space", "author", "parent").get(pk=post.pk)
    if fresh.root_id != root.pk:
        raise _Elsewhere
    fresh.root = root
    return root, fresh


PAST_LOCKS = frozenset(
    {Deed.DECIDE, Deed.MOVE, Deed.MERGE, Deed.TAKE, Deed.GIVE_BACK, Deed.RESHAPE, Deed.CONVERT}
)
"""Deeds that write to posts under a lock: decisions about them, and threads that take the locks in them along."""


@contextmanager
def past_locks(needed: bool = True) -> Iterator[None]:
    """Write what a lock holds, inside the block and in the transaction that is open.

    For decisions about content, and for duties that stand above them such as erasing a person's data.
    """
    if not needed:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('kesher.past_locks', true)")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config('kesher.past_locks', 'on', true)")
    yield
    # After an error the transaction takes the setting back with everything else.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('kesher.past_locks', %s, true)", [before or ""])


def verdict_on(permit: Permit) -> Verdict:
    """The first refusal of the checks in their order, or a yes."""
    for check in _checks:
        verdict = check(permit)
        if not verdict:
            return verdict
    return verdict


def _grant(want: Want, roots: dict[int, Post]) -> Permit:
    """The permit for one want, or `Refused`."""
    root, target = _target(want.post, roots) if want.post else (None, None)
    person = User.objects.select_related("unit").get(pk=want.actor.pk)
    place = target.space if target else Space.objects.get(pk=want.space.pk)
    granted = Permit(actor=person, deed=want.deed, space=place, post=target, root=root, page=want.page)
    verdict = verdict_on(granted)
    if not verdict:
        raise Refused(verdict)
    return granted


@contextmanager
def permit(
    actor: User,
    deed: Deed,
    *,
    post: Post | None = None,
    space: Space | None = None,
    page: Page | None = None,
    whole_space: bool = False,
) -> Iterator[Permit]:
    """Let `actor` do `deed` on `post`, or in `space` where there is no post yet, or raise `Refused`.

    `whole_space` is for deeds that change the rules for everybody in the space (locking it, removing a member):
    they wait until running writes are done and let none pass meanwhile. `page` is the page of the editors' desk that
    is written, where there is one: it can be locked before it has a post.
    """
    if (post or space) is None:
        raise ValueError("a permit needs a post or a space")
    with permit_all(Want(actor, deed, post, space, whole_space, page)) as (granted,):
        yield granted


@contextmanager
def permit_all(*wants: Want) -> Iterator[list[Permit]]:
    """Permit several things at once, such as taking a thread out of one space and into another: all or `Refused`.

    One deed that needs two posts or spaces asks for them together, never one permit inside another, because only
    then are their locks taken in order.
    """
    for _attempt in range(TRIES):
        try:
            with transaction.atomic():
                _lock_spaces(wants)
                roots = _lock_roots(wants)
                permits = [_grant(want, roots) for want in wants]
                with guard.opened(), past_locks(any(want.deed in PAST_LOCKS for want in wants)):
                    yield permits
                return
        except _Elsewhere:
            wants = tuple(want.anew() for want in wants)
    raise Refused(
        refuse("moving", _("This is being moved right now. Your text is kept; try again in a moment."))
    )
