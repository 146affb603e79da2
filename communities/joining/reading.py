"""The list of members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.utils.html import format_html
from django.utils.safestring import SafeString

from communities.joining.models import Arrival, Outcome, Way
from communities.roles.models import Expertise
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Space, Tag
from intranet.ui.tags import bdi

PAGE = 50
ROLES = tuple(SpaceRole)


@dataclass(frozen=True)
class Row:
    """One member: the membership, how it came about in words, and the topics they answer about."""

    membership: Membership
    came: SafeString | str
    topics: list[Tag]


def members_in(space: Space, *, role: str = "", words: str = "") -> QuerySet[Membership]:
    """Active members, those who run the place first, then by name; of one role, or called `words`."""
    place = Case(
        *(When(role=each, then=Value(n)) for n, each in enumerate(ROLES)), output_field=IntegerField()
    )
    rows = space.memberships.filter(person__is_active=True)
    if role in ROLES:
        rows = rows.filter(role=role)
    if words:
        rows = rows.filter(
            Q(person__name_key__contains=words.casefold())
            | Q(person__name_he__contains=words)
            | Q(person__username__contains=words.casefold())
        )
    return rows.select_related("person__unit").order_by(place, "person__name_key", "pk")


def rows_of(space: Space, memberships: Sequence[Membership]) -> list[Row]:
    """What the list shows about `memberships`; two queries."""
    arrivals = {
        arrival.membership_id: arrival
        for arrival in Arrival.objects.filter(membership__in=memberships).select_related("by", "rule__unit")
    }
    topics: dict[int, list[Tag]] = {}
    held = Expertise.objects.filter(
        space=space, outcome=Outcome.ACCEPTED, person__in=[row.person_id for row in memberships]
    )
    for line in held.select_related("tag").order_by("tag__name"):
        topics.setdefault(line.person_id, []).append(line.tag)
    return [Row(row, _came(arrivals.get(row.pk)), topics.get(row.person_id, [])) for row in memberships]


def _came(arrival: Arrival | None) -> SafeString | str:
    """How somebody came in, in words; empty for who joined by themselves."""
    if arrival is None or arrival.way == Way.JOINED:
        return ""
    if arrival.way == Way.RULE and arrival.rule is None:
        return ""
    return format_html(
        str(Way(arrival.way).label),
        name=bdi(arrival.by.display_name if arrival.by else "–"),
        unit=bdi(arrival.rule.unit.label if arrival.rule else ""),
    )
