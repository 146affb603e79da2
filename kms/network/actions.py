"""What a knowledge manager does with the network: ask for a report, approve one, look at one, get one each month."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.content.models import Space
from intranet.people.models import User
from intranet.settings import product
from kms.consent.readers import check_reader, may_decide
from kms.network.computing import enqueue
from kms.network.models import Snapshot, SnapshotView, Subscription
from kms.network.terms import Broadcast, Definition, Level, State

USUAL = frozenset(
    (definition, level) for definition in Definition for level in (Level.UNIT, Level.DIVISION, Level.TOPIC)
)
"""Kinds of report that were agreed on with the product, or with the forum; every other needs a second person the first time."""

UNWEIGHED = _(
    "Old deeds can only weigh less where every deed counts. Choose that a tie is made of every deed."
)


def needs_second(definition: str, level: str, floor: int) -> bool:
    """Whether a report needs a second person: a lower floor always, a kind that nobody agreed to yet the first time."""
    if floor < product.SNA_FLOOR:
        return True
    if (definition, level) in USUAL:
        return False
    known = Snapshot.objects.filter(definition=definition, level=level).exclude(decided_by=None)
    return not known.exclude(state=State.DENIED).exists()


def ask_for_report(
    *,
    asked_by: User,
    definition: str,
    level: str,
    purpose: str,
    start: datetime,
    end: datetime,
    against: tuple[datetime, datetime] | None = None,
    half_life: int | None = None,
    broadcast: str = Broadcast.OUT,
    floor: int = product.SNA_FLOOR,
    reason: str = "",
    forum: Space | None = None,
) -> Snapshot:
    """Order a report; the worker computes it, after a second person agreed where one is needed. Raises Refused.

    With a `half_life` in days (7, 30 or 90) old deeds weigh less, which only ties that are weighed can show. With a `forum`
    it is on the authors of an imported site, by topic, when two people agreed that they may be counted.
    """
    check_reader(asked_by)
    if half_life and definition != Definition.WEIGHTED:
        raise Refused(refuse("half_life", UNWEIGHED))
    if floor < product.SNA_HARD_FLOOR:
        raise Refused(refuse("floor", _("No group under 5 people is ever shown.")))
    _check_forum(forum, level)
    held = needs_second(definition, level, floor)
    if held and not reason.strip():
        raise Refused(
            refuse("reason", _("A second person has to agree to this report. Say why it is needed."))
        )
    with transaction.atomic():
        snapshot = Snapshot.objects.create(
            asked_by=asked_by,
            definition=definition,
            level=level,
            forum=forum,
            purpose=purpose,
            start=start,
            end=end,
            against_start=against[0] if against else None,
            against_end=against[1] if against else None,
            half_life=half_life,
            broadcast=broadcast,
            floor=floor,
            reason=reason.strip(),
            state=State.HELD if held else State.WAITING,
        )
        if not held:
            enqueue(snapshot)
    return snapshot


def _check_forum(forum: Space | None, level: str) -> None:
    """Raise Refused when topics are asked of the organisation, or the authors of a forum may not be counted."""
    if (forum is not None) != (level == Level.TOPIC):
        raise Refused(refuse("level", _("Only the authors of an imported forum are grouped by topic.")))
    if forum and not forum.forum_requests.counted().exists():
        raise Refused(refuse("forum", _("Nobody has agreed that the authors of this forum are counted.")))


@transaction.atomic
def decide(*, actor: User, snapshot: Snapshot, agree: bool) -> Snapshot:
    """Agree to a report that waits for a second person, or not. Safe to repeat. Raises Refused, also to who asked."""
    if not may_decide(actor):
        raise Refused(refuse("role", _("A knowledge manager or an administrator decides.")))
    held = Snapshot.objects.select_for_update(of=("self",)).get(pk=snapshot.pk)
    if held.asked_by_id == actor.pk:
        raise Refused(refuse("own", _("You asked for it, so somebody else decides.")))
    if held.state != State.HELD:
        return held
    held.state = State.WAITING if agree else State.DENIED
    held.decided_by = actor
    held.save(update_fields=["state", "decided_by"])
    if agree:
        enqueue(held)
    return held


def look(*, person: User, snapshot: Snapshot, form: str = "page") -> SnapshotView:
    """Write down that a person looked at a report, on the page or as a file. Raises Refused."""
    check_reader(person)
    return SnapshotView.objects.create(snapshot=snapshot, person=person, form=form)


def subscribe(*, person: User, definition: str, level: str, wanted: bool) -> None:
    """Get this kind of report by mail each month, or no longer; safe to repeat. Raises Refused."""
    check_reader(person)
    _check_forum(None, level)
    if needs_second(definition, level, product.SNA_FLOOR):
        raise Refused(refuse("kind", _("Nobody has agreed to this kind of report yet.")))
    kind: dict[str, Any] = {"person": person, "definition": definition, "level": level}
    if wanted:
        Subscription.objects.get_or_create(**kind)
    else:
        Subscription.objects.filter(**kind).delete()
