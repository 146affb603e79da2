"""Asking anonymously: where it is allowed, how often, and the one place that knows who asked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from communities.asking.models import Sealed
from intranet.access.verdict import ALLOWED, Refused, Verdict, refuse
from intranet.content import voices
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.settings.product import ANONYMOUS_A_DAY

_AT_HAND = "_sealed_for"


class SealKeeper:
    """Knows who stands behind the posts of the anonymous account."""

    def holds(self, person: User, post: Post) -> bool:
        """Whether `person` wrote `post`. One query a thread and person, kept with the thread as it was read."""
        thread = post.thread
        known = thread.__dict__.setdefault(_AT_HAND, {})
        if person.pk not in known:
            mine = Sealed.objects.filter(asker=person).filter(Q(post=thread) | Q(post__root=thread))
            known[person.pk] = set(mine.values_list("post_id", flat=True))
        return post.pk in known[person.pk]

    def close(self, person: User, post: Post) -> None:
        """Remember that `person` wrote `post`."""
        Sealed.objects.create(post=post, asker=person, at=post.created)
        post.thread.__dict__.pop(_AT_HAND, None)

    def behind(self, threads: Iterable[int]) -> dict[int, int]:
        """`{id of a thread: id of who asked it}`."""
        return dict(Sealed.objects.filter(post__in=list(threads)).values_list("post_id", "asker_id"))


voices.keep(SealKeeper())


def may_be_anonymous(space: Space) -> Verdict:
    """Whether the charter of `space` lets people ask without their name."""
    if getattr(getattr(space, "charter", None), "anonymous_allowed", False):
        return ALLOWED
    return refuse("not_anonymous", _("The charter of this community does not allow anonymous questions."))


def must_be_allowed(asker: User, space: Space, at: datetime) -> None:
    """Raise `Refused` where the charter does not allow it, and for one question too many in a day.

    Called after the question is written, in its transaction: the row of the asker is locked, so that two questions at
    the same moment are counted one after the other.
    """
    verdict = may_be_anonymous(space)
    if not verdict:
        raise Refused(verdict)
    User.objects.select_for_update(no_key=True).get(pk=asker.pk)
    today = Sealed.objects.filter(asker=asker, post__root=None, at__gt=at - timedelta(days=1), at__lte=at)
    if today.count() > ANONYMOUS_A_DAY:
        sentence = _("%(n)s anonymous questions in a day are the most. Your text is kept.")
        raise Refused(refuse("quota", sentence % {"n": ANONYMOUS_A_DAY}))


def asker_of(question: Post) -> User:
    """Who asked `question`, for routing and for those who opened the seal; the author where nothing is sealed."""
    if not voices.is_voice(question.author):
        return question.author
    row = Sealed.objects.filter(post=question).select_related("asker__unit").first()
    return row.asker if row else question.author


def questions_of(asker: User) -> QuerySet[Post]:
    """The questions that `asker` asked anonymously, newest first, for the asker alone."""
    mine = Sealed.objects.filter(asker=asker).values("post")
    return Post.objects.filter(pk__in=mine, root=None).order_by("-created")
