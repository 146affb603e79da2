"""Changing the arrangements of a place, and closing what they say is to be closed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.activity.models import Event
from intranet.content.kinds import THREAD_KINDS, PostState
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.moderation.models import Closure, LookFirst, Standing
from intranet.moderation.verbs import ARRANGED, CLOSED, REOPENED
from intranet.people.models import User

SLOWEST = 86_400
LONGEST = 3_650


def standing_of(space: Space) -> Standing:
    """The arrangements of `space`, unsaved when there are none."""
    return Standing.objects.filter(space=space).first() or Standing(space=space)


def arrange(*, actor: User, space: Space, **wanted: int | bool) -> Standing:
    """Make the arrangements of `space` be `wanted` (fields of `Standing`). Raises `Refused`."""
    days = (wanted.get("close_after_days", 0), wanted.get("close_solved_after_days", 0))
    if not 0 <= wanted.get("slow_seconds", 0) <= SLOWEST or any(not 0 <= each <= LONGEST for each in days):
        raise Refused(refuse("bad_value", _("Seconds up to a day, days up to ten years; 0 means off.")))
    with gate.permit(actor, Deed.DECIDE, space=space, whole_space=True) as permit:
        current = standing_of(permit.space)
        changed = {name: value for name, value in wanted.items() if getattr(current, name) != value}
        if changed:
            for name, value in changed.items():
                setattr(current, name, value)
            current.save()
            record(ARRANGED, permit.actor, space=permit.space, changed=changed)
        return current


def look_first(*, actor: User, space: Space, person: User, wanted: bool) -> None:
    """Make the posts of `person` in `space` be looked at first, or no longer. Safe to repeat. Raises `Refused`."""
    with gate.permit(actor, Deed.DECIDE, space=space) as permit:
        if visibility.moderates_space(person, permit.space):
            raise Refused(refuse("bad_person", _("Whoever moderates here is not looked at first.")))
        rows = LookFirst.objects.filter(space=permit.space, person=person)
        if not wanted:
            rows.delete()
            return
        LookFirst.objects.get_or_create(space=permit.space, person=person, defaults={"by": permit.actor})


def close_quiet(now: datetime) -> int:
    """Close the threads that their places say are to be closed; how many. Safe to run twice."""
    closed = 0
    arranged = Standing.objects.filter(Q(close_after_days__gt=0) | Q(close_solved_after_days__gt=0))
    for standing in arranged.select_related("space"):
        owner = _in_whose_name(standing.space)
        if owner is None:
            continue
        for solved, days in ((True, standing.close_solved_after_days), (False, standing.close_after_days)):
            if days:
                closed += sum(
                    _close(owner, post, solved=solved, days=days, now=now)
                    for post in _quiet(standing.space, solved, now - timedelta(days=days))
                )
    return closed


def _in_whose_name(space: Space) -> User | None:
    """The owner who set the arrangements, or whoever runs the place now."""
    latest = Event.objects.filter(verb=ARRANGED.name, space=space).order_by("-pk").first()
    if latest and latest.actor.is_active:
        return latest.actor
    rows = space.memberships.filter(role__in=visibility.MODERATING_ROLES, person__is_active=True)
    member = rows.select_related("person").order_by("role", "pk").first()
    return member.person if member else None


def _quiet(space: Space, solved: bool, since: datetime) -> list[Post]:
    """Threads of `space` without activity since then that were never closed; solved questions alone if asked."""
    threads = (
        Post.objects.published()
        .threads()
        .filter(space=space, kind__in=THREAD_KINDS, last_activity__lt=since, closure=None)
    )
    if solved:
        threads = threads.filter(question_detail__state="solved")
    return list(threads[:500])


def _close(owner: User, post: Post, *, solved: bool, days: int, now: datetime) -> bool:
    with gate.permit(owner, Deed.DECIDE, post=post) as permit:
        if permit.post.state != PostState.PUBLISHED or permit.post.last_activity > now - timedelta(days=days):
            return False
        _row, made = Closure.objects.get_or_create(
            post=permit.post, defaults={"solved": solved, "days": days, "at": now}
        )
        if made:
            record(CLOSED, permit.actor, post=permit.post, at=now, days=days)
        return made


def reopen(*, actor: User, post: Post) -> None:
    """Open a closed thread again; it is not closed a second time. Raises `Refused`."""
    with gate.permit(actor, Deed.DECIDE, post=post) as permit:
        rows = Closure.objects.filter(post=permit.root, reopened_at=None)
        if rows.update(reopened_at=timezone.now()):
            record(REOPENED, permit.actor, post=permit.root)
