"""Which locks a reader meets in a thread."""

from __future__ import annotations

from django.db.models import Expression, Q, Value

from intranet.access.deeds import Deed
from intranet.content.models import Post
from intranet.moderation.kinds import STOPPED_BY, Reach
from intranet.moderation.models import Lock
from intranet.people.models import User


class ThreadLocks(dict[int | None, Lock]):
    """The holding locks of a thread by post id, the lock of its space under None.

    `mine` is the lock on the reader's own right to write in the space, which nobody else learns of. `above` gives, for
    posts below a locked branch, the ids of the posts that they hang on.
    """

    def __init__(self) -> None:
        super().__init__()
        self.mine: Lock | None = None
        self.above: dict[int, int | None] = {}

    def stopping(self, post: Post, deed: Deed) -> Lock | None:
        """The lock that stops `deed` on `post`, the narrowest first, or None."""
        held = [self.get(post.pk), *self._above(post), self.get(None), self.mine]
        return next((lock for lock in held if lock and lock.scope in STOPPED_BY[deed]), None)

    def _above(self, post: Post) -> list[Lock]:
        """Locks on the posts that `post` hangs on, nearest first, which reach that far."""
        found, step = [], self.above.get(post.pk, post.parent_id)
        while step:
            found.append(self.get(step))
            step = self.above.get(step)
        if post.root_id:
            found.append(self.get(post.root_id))
        return [lock for lock in found if lock and lock.reach == Reach.BRANCH]


def in_thread(root: Expression, space: Expression, reader: User | None = None) -> Q:
    """Locks that reach something in the thread `root` of `space`: on it, on a post in it, on the whole space.

    The locks of single people are their own matter: only those of `reader` are among them.
    """
    for_reader = Q(person=None) if reader is None else Q(person=None) | Q(person=reader.pk)
    return Q(post__root=root) | Q(post=root) | (Q(space=space) & for_reader)


def locks_of_thread(root: Post, reader: User | None = None) -> ThreadLocks:
    """The holding locks of a thread; one query, and one more where a branch in it is locked."""
    found = ThreadLocks()
    reached = in_thread(Value(root.pk), Value(root.space_id), reader)
    for lock in Lock.objects.holding().with_clause().filter(reached):
        if lock.person_id:
            found.mine = lock
        else:
            found[lock.post_id] = lock
    if set(found) - {None, root.pk}:
        found.above = dict(Post.objects.filter(root=root).values_list("pk", "parent_id"))
    return found
