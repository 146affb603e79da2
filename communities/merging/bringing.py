"""What goes along beside threads: people, experts, pins, follows. Called inside a permit; each can be taken back.

All of it is safe to do twice: what is there already stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from communities.joining.entering import enter, part
from communities.joining.models import Arrival, Outcome, Way
from communities.merging.belongings import bring_belongings, give_belongings_back
from communities.merging.models import Merger
from communities.merging.reading import going_along
from communities.pinning.models import Pin
from communities.roles.models import Expertise
from communities.roles.rank import roles_given_by
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Space
from intranet.notify.models import Follow
from intranet.people.models import User
from intranet.settings.product import PINS_AT_ONCE

KEPT = {
    SpaceRole.OWNER: SpaceRole.MANAGER,
    SpaceRole.MANAGER: SpaceRole.MANAGER,
    SpaceRole.MODERATOR: SpaceRole.MODERATOR,
    SpaceRole.EXPERT: SpaceRole.EXPERT,
}
"""What one becomes where roles are kept: the receiving community has owners of its own."""


def bring_members(merger: Merger, most: int) -> int:
    """Make up to `most` people of the source members of the target; how many were still outside."""
    there = Membership.objects.filter(space=merger.target).values("person")
    rows = going_along(merger.source).exclude(person__in=there).select_related("person").order_by("pk")[:most]
    made = []
    for row in rows:
        role = _role(merger, row.role)
        membership, new = enter(merger.target, row.person, role, way=Way.MERGE, by=merger.answered_by)
        if new:
            made.append(membership.pk)
    _remember(merger, "members", made)
    return len(made)


def _role(merger: Merger, role: str) -> str:
    """What somebody with `role` in the source is in the target."""
    kept = KEPT.get(SpaceRole(role), SpaceRole.MEMBER) if merger.keep_roles else SpaceRole.MEMBER
    return kept if kept in roles_given_by(merger.answered_by, merger.target) else SpaceRole.MEMBER


def bring_the_rest(merger: Merger) -> None:
    """Experts, follows, pins, and all belongings."""
    _bring_experts(merger)
    _bring_follows(merger)
    _bring_pins(merger)
    bring_belongings(merger)


def _bring_experts(merger: Merger) -> None:
    """Topics go along: of newcomers named where roles are kept, else offered to those who run the target."""
    there = set(
        Expertise.objects.filter(
            space=merger.target, outcome__in=(Outcome.WAITING, Outcome.ACCEPTED)
        ).values_list("person", "tag")
    )
    came = Membership.objects.filter(pk__in=merger.before.get("members", []), role=SpaceRole.EXPERT)
    named = set(came.values_list("person", flat=True))
    rows = Expertise.objects.filter(space=merger.source, outcome=Outcome.ACCEPTED)
    inside = Membership.objects.filter(space=merger.target).values("person")
    made = Expertise.objects.bulk_create(
        Expertise(
            space=merger.target,
            person_id=row.person_id,
            tag_id=row.tag_id,
            sentence=row.sentence,
            outcome=Outcome.ACCEPTED if row.person_id in named else Outcome.WAITING,
            decided=timezone.now() if row.person_id in named else None,
            decided_by=merger.answered_by if row.person_id in named else None,
        )
        for row in rows.filter(person__in=inside)
        if (row.person_id, row.tag_id) not in there
    )
    _remember(merger, "expertise", [row.pk for row in made])


def _bring_follows(merger: Merger) -> None:
    """Who follows or mutes the source hears as much of the target, unless they chose something there."""
    chosen = Follow.objects.filter(space=merger.target).values("person")
    rows = Follow.objects.filter(space=merger.source).exclude(person__in=chosen)
    inside = Membership.objects.filter(space=merger.target).values("person")
    made = Follow.objects.bulk_create(
        Follow(person_id=row.person_id, space=merger.target, level=row.level, since=row.since)
        for row in rows.filter(person__in=inside)
    )
    _remember(merger, "follows", [row.pk for row in made])


def _bring_pins(merger: Merger) -> None:
    """As many pins as there is room for, the latest first."""
    now = timezone.now()
    room = max(0, PINS_AT_ONCE - Pin.objects.filter(space=merger.target).holding(now).count())
    ids = list(
        Pin.objects.filter(space=merger.source, post__space=merger.target)
        .holding(now)
        .values_list("pk", flat=True)[:room]
    )
    Pin.objects.filter(pk__in=ids).update(space=merger.target)
    _remember(merger, "pins", ids)


def _remember(merger: Merger, name: str, ids: Iterable[int]) -> None:
    merger.before[name] = [*merger.before.get(name, []), *ids]


def take_back_all(merger: Merger, by: User) -> None:
    """Undo what `bring_members` and `bring_the_rest` did; who got another role since stays."""
    before = merger.before
    give_belongings_back(merger)
    Pin.objects.filter(pk__in=before.get("pins", []), post__space=merger.source).update(space=merger.source)
    Follow.objects.filter(pk__in=before.get("follows", [])).delete()
    Expertise.objects.filter(pk__in=before.get("expertise", [])).delete()
    _send_home(merger.target, before.get("members", []), by)


def _send_home(target: Space, memberships: list[int], by: User) -> None:
    """End memberships that the merger began, except of those who own the place by now."""
    rows = Arrival.objects.filter(membership__in=memberships, way=Way.MERGE).select_related(
        "membership__person"
    )
    for row in rows.exclude(membership__role=SpaceRole.OWNER):
        part(target, row.membership.person, by=by, way=Way.MERGE)
