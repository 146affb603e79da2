"""Opening a community: a space, its charter and its owner, at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.charters.models import Charter
from communities.verbs import JOINED, OPENED
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import SpaceKind, SpaceRole
from intranet.content.models import Membership, Space
from intranet.people.models import User
from intranet.policies.acknowledging.rights import require
from intranet.policies.kinds import Right
from intranet.text.lines import clean_line


@dataclass(frozen=True)
class Promise:
    """What the owner of a new community promises."""

    audience: str = ""
    goal: str = ""
    success_signs: str = ""
    hours_a_week: int = 2
    answer_within_hours: int = 24
    review_date: date | None = None


def open_community(*, owner: User, slug: str, name: str, charter: Promise, **columns: object) -> Space:
    """Open a community that `owner` runs. `columns` are further ones of `Space`.

    Raises `Refused` for guests and suspended people, while a policy is unread that this right rests on, and for an address or a choice that does not fit; nothing is
    opened then.
    """
    if owner.is_guest or owner.is_suspended or not owner.is_active:
        raise Refused(
            refuse(
                "may_not_open", _("Opening a community is for employees whose right to write is not paused.")
            )
        )
    require(owner, Right.OPEN_COMMUNITY)
    space = Space(slug=slug, name=clean_line(name), kind=SpaceKind.COMMUNITY, **columns)
    with transaction.atomic():
        try:
            space.full_clean()
        except ValidationError as problem:
            raise Refused(refuse("bad_community", " ".join(problem.messages))) from None
        space.save()
        Charter.objects.create(space=space, owner=owner, **vars(charter))
        Membership.objects.create(space=space, person=owner, role=SpaceRole.OWNER)
        record(OPENED, owner, space=space)
        record(JOINED, owner, space=space, role=SpaceRole.OWNER, by=owner.pk)
        return space
