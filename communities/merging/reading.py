"""What a merger would mean and where it stands: threads, people, and who would newly read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise

from communities.merging.belongings import belonging_to, labelled
from communities.merging.models import Merger
from communities.moving.models import Surgery, SurgeryThread
from intranet.access import visibility
from intranet.content.kinds import THREAD_KINDS, PostKind, PostState, SpaceRole, Visibility
from intranet.content.models import Membership, Post, Space
from intranet.moderation.kinds import Scope
from intranet.moderation.models import Lock
from intranet.people.models import User
from intranet.people.roles import Role

GOING = THREAD_KINDS | {PostKind.ARTICLE}
"""What goes along with everything that was said below it."""


@dataclass(frozen=True)
class Prospect:
    """What merging `source` into `target` would mean.

    `readers` people more would read its threads, `losing` people read them now and would not there; `held` threads and
    articles stay behind because a lock holds them. `belongings` says how many there are of what else goes along.
    """

    source: Space
    target: Space
    threads: int
    held: int
    members: int
    guests: int
    readers: int
    losing: int
    belongings: dict[str, int]

    @property
    def also(self) -> list[tuple[str | Promise, int]]:
        """What else goes along, line by line for a page."""
        return labelled(self.belongings)


def readers_of(space: Space) -> QuerySet[User]:
    """The active people who see into a community: `visibility.enters_space`, the other way round."""
    inside = Q(Exists(Membership.objects.filter(space=space, person=OuterRef("pk"))))
    if space.visibility == Visibility.OPEN:
        inside |= ~Q(roles__contains=[Role.GUEST])
    elif space.visibility == Visibility.REQUEST:
        everywhere = Q(roles__contains=[Role.MODERATOR]) | Q(roles__contains=[Role.ADMIN])
        inside |= everywhere & ~Q(roles__contains=[Role.GUEST])
    return User.objects.active().filter(inside)


def new_readers(source: Space, target: Space) -> int:
    """How many people see into `target` and not into `source`."""
    return readers_of(target).exclude(pk__in=readers_of(source).values("pk")).count()


def going_along(source: Space) -> QuerySet[Membership]:
    """The memberships that a merger takes along: of active people, never of guests."""
    rows = Membership.objects.filter(space=source, person__is_active=True).exclude(role=SpaceRole.GUEST)
    return rows.exclude(person__roles__contains=[Role.GUEST])


def threads_left(source: Space) -> QuerySet[Post]:
    """The threads and articles of `source` that still have to go along: none that a lock on everything holds, none removed."""
    locked = Lock.objects.holding().filter(post=OuterRef("pk"), scope=Scope.ALL)
    return _standing_in(source).exclude(Exists(locked)).order_by("pk")


def _standing_in(source: Space) -> QuerySet[Post]:
    return Post.objects.filter(space=source, root=None, kind__in=GOING).exclude(state=PostState.DELETED)


def prospect(source: Space, target: Space) -> Prospect:
    """What merging would mean as things are now. Seven queries, and one for each kind of belonging."""
    left, everybody = threads_left(source), readers_of(source)
    along = going_along(source).values("person")
    losing = everybody.exclude(pk__in=readers_of(target).values("pk")).exclude(pk__in=along)
    return Prospect(
        source=source,
        target=target,
        threads=left.filter(kind__in=THREAD_KINDS).count(),
        held=_standing_in(source).count() - left.count(),
        members=along.count(),
        guests=Membership.objects.filter(space=source, person__is_active=True).count() - along.count(),
        readers=new_readers(source, target),
        losing=losing.count(),
        belongings=belonging_to(source),
    )


def targets_for(person: User, source: Space) -> QuerySet[Space]:
    """Communities into which `person` may propose to merge `source`."""
    spaces = Space.objects.communities().visible_to(person).filter(archived_at=None)
    return spaces.exclude(pk=source.pk)


def seen_by(person: User, public_id: str) -> Merger | None:
    """The merger of this id, for those who decide on one of its sides and know of both."""
    rows = Merger.objects.select_related("source", "target", "asked_by", "answered_by", "undone_by")
    found = rows.filter(public_id=public_id).first()
    if found is None:
        return None
    decides = visibility.reviews_space(person, found.source) or visibility.runs_space(person, found.target)
    knows = visibility.sees_space(person, found.source) or visibility.runs_space(person, found.target)
    return found if decides and knows else None


def to_give_back(merger: Merger) -> QuerySet[Surgery]:
    """The moves of `merger` that can be taken back: nothing else was done to the thread since, and no lock holds it."""
    later = SurgeryThread.objects.filter(
        post=OuterRef("touched__post"), surgery__undone_at=None, surgery__gt=OuterRef("pk")
    )
    locked = Lock.objects.holding().filter(post=OuterRef("touched__post"), scope=Scope.ALL)
    moves = Surgery.objects.standing().filter(merger=merger, touched__first=True)
    return moves.exclude(Exists(later)).exclude(Exists(locked)).order_by("-pk")


def stays_behind(merger: Merger) -> int:
    """Threads of a merger being taken back that could not go: something else was done to them since."""
    return Surgery.objects.standing().filter(merger=merger).count()
