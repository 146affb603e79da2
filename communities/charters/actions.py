"""Opening a community: a space, its charter and its owner, at once. And changing what the charter says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from communities.charters.models import Charter
from communities.verbs import CHARTER_CHANGED, JOINED, OPENED
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import SpaceKind, SpaceRole
from intranet.content.models import Membership, Space
from intranet.moderation import gate
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
    welcome: str = ""
    anonymous_allowed: bool = False
    parent: Space | None = None


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
        _must_fit(space)
        _must_be_parent(owner, space, charter.parent)
        space.save()
        Charter.objects.create(space=space, owner=owner, **vars(charter))
        Membership.objects.create(space=space, person=owner, role=SpaceRole.OWNER)
        record(OPENED, owner, space=space)
        record(JOINED, owner, space=space, role=SpaceRole.OWNER, by=owner.pk)
        return space


def change_charter(*, actor: User, space: Space, columns: Mapping[str, Any], charter: Promise) -> Space:
    """Make `columns` those of the space and `charter` what it promises. Raises `Refused`, as opening one does."""
    with gate.permit(actor, Deed.RUN, space=space, whole_space=True) as permit:
        fresh = Space.objects.select_related("charter").get(pk=permit.space.pk)
        held = getattr(fresh, "charter", None) or Charter(space=fresh, owner=permit.actor)
        if charter.parent and charter.parent.pk != held.parent_id:
            _must_be_parent(permit.actor, fresh, charter.parent)
        before = _says(fresh, held, columns)
        for name, value in columns.items():
            setattr(fresh, name, value)
        for name, value in vars(charter).items():
            setattr(held, name, value)
        _must_fit(fresh)
        fresh.save()
        held.save()
        after = _says(fresh, held, columns)
        changed = sorted(name for name, value in after.items() if before[name] != value)
        if changed:
            record(CHARTER_CHANGED, permit.actor, space=fresh, changed=changed)
        return fresh


def _says(space: Space, charter: Charter, columns: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: getattr(space, name) for name in columns}
    return said | {name: getattr(charter, name) for name in Promise.__dataclass_fields__}


def _must_fit(space: Space) -> None:
    try:
        space.full_clean()
    except ValidationError as problem:
        raise Refused(refuse("bad_community", " ".join(problem.messages))) from None


def may_be_parents(person: User) -> Any:
    """Communities below which `person` may open one: those they run that are themselves below none."""
    return (
        Space.objects.communities()
        .filter(visibility.spaces_run_by(person), charter__parent=None, archived_at=None)
        .order_by("name")
    )


def _must_be_parent(actor: User, space: Space, parent: Space | None) -> None:
    """One level: what is below another has none below it. Raises `Refused`."""
    if parent is None:
        return
    fits = may_be_parents(actor).exclude(pk=space.pk).filter(pk=parent.pk).exists()
    if not fits or (space.pk and Charter.objects.filter(parent=space).exists()):
        raise Refused(
            refuse("bad_parent", _("Choose a community that you run and that is not itself part of another."))
        )
