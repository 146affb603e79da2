"""Merging a community into another one: proposed by those who decide about it, taken in by those who run the other."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.charters.models import Charter
from communities.joining.requests import deciders
from communities.merging.models import ENDED, Merger, MergerState
from communities.merging.reading import going_along, new_readers, threads_left
from communities.merging.tasks import set_out
from communities.reviewing.models import UNDECIDED, Decision, Review
from communities.verbs import MERGE_ASKED, MERGE_DECLINED, MERGE_UNDONE
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.models import Space
from intranet.moderation import gate
from intranet.moderation.gate import Permit, Want
from intranet.people.models import User
from intranet.text.lines import clean_line


def propose(
    *, actor: User, space: Space, into: Space, note: str = "", readers: int = 0, at: datetime | None = None
) -> Merger:
    """Propose to merge `space` into another community; who speaks for that one as well sets it going at once.

    `readers` is how many people the actor has confirmed who will newly read its threads. Raises `Refused` for fewer than
    there are, for the same community, for one the actor may not know of, and for an archived one. A second proposal
    takes the place of the first.
    """
    with gate.permit(actor, Deed.REVIEW, space=space, whole_space=True) as permit:
        target = Space.objects.communities().visible_to(permit.actor).filter(pk=into.pk).first()
        if target is None or target.pk == permit.space.pk or target.archived_at or permit.space.archived_at:
            raise Refused(refuse("bad_merge", _("Choose another community that is not archived.")))
        must_be_confirmed(permit.space, target, readers)
        merger = _proposed(permit, target, clean_line(note)[:400], readers, at or timezone.now())
        if not may_consent(permit.actor, target):
            for decider in deciders(target):
                record(MERGE_ASKED, permit.actor, about=decider, space=target, at=at)
            return merger
    return answer(actor=actor, merger=merger, accept=True, readers=readers)


def _proposed(permit: Permit, target: Space, note: str, readers: int, at: datetime) -> Merger:
    """The merger that waits, with its review. One that is at work is not proposed anew."""
    busy = (
        Merger.objects.filter(source=permit.space).exclude(state__in=ENDED).exclude(state=MergerState.ASKED)
    )
    if busy.exists():
        raise Refused(refuse("bad_merge", _("This community is being merged already.")))
    wanted = {
        "target": target,
        "note": note,
        "readers": readers,
        "visibility": target.visibility,
        "asked_by": permit.actor,
        "asked_at": at,
    }
    merger, _new = Merger.objects.update_or_create(
        source=permit.space, state=MergerState.ASKED, defaults=wanted
    )
    review, _opened = Review.objects.get_or_create(
        space=permit.space, decision__in=UNDECIDED, defaults={"due": timezone.localdate()}
    )
    review.decision, review.into, review.asked_by, review.note = (
        Decision.MERGE_ASKED,
        target,
        permit.actor,
        note,
    )
    review.save()
    return merger


def may_consent(person: User, target: Space) -> bool:
    """Whether `person` speaks for the receiving community: its owners and managers; an administrator where there is none."""
    if person.space_roles.get(target.pk) in visibility.RUNNING_ROLES:
        return True
    return visibility.runs_space(person, target) and not deciders(target)


def may_propose(person: User, space: Space) -> bool:
    """Whether `person` decides about the future of `space`."""
    return visibility.reviews_space(person, space)


def must_be_confirmed(source: Space, target: Space, readers: int) -> None:
    """Raise `Refused` when more people would newly read the threads of `source` than were confirmed."""
    found = new_readers(source, target)
    if found > readers:
        sentence = _(
            "%(n)s people who cannot read this community now would read its threads there. Confirm that number."
        )
        raise Refused(refuse("readers", sentence % {"n": found}))


def answer(
    *, actor: User, merger: Merger, accept: bool, keep_roles: bool = False, readers: int = 0
) -> Merger:
    """Those who run the receiving community take the other one in, or not. Safe to repeat. Raises `Refused`.

    With `keep_roles` its managers, moderators and experts stay what they are, as far as the actor may name such.
    """
    wants = (
        Want(actor, Deed.RUN, space=merger.target),
        Want(merger.asked_by, Deed.MERGE, space=merger.source),
    )
    with gate.permit_all(*wants) as (receiving, giving):
        row = (
            Merger.objects.select_for_update(of=("self",))
            .select_related("source", "target")
            .get(pk=merger.pk)
        )
        if row.state != MergerState.ASKED:
            return row
        if not Merger.objects.waiting().filter(pk=row.pk).exists():
            raise Refused(refuse("answered", _("This proposal was withdrawn meanwhile.")))
        if not may_consent(receiving.actor, receiving.space):
            sentence = _("Only its own owners and managers take another community in.")
            raise Refused(refuse("not_runner", sentence))
        row.answered_by, row.answered_at = receiving.actor, timezone.now()
        if not accept:
            return _decline(row, receiving)
        if row.target.visibility != row.visibility:
            raise Refused(refuse("changed", _STALE))
        must_be_confirmed(giving.space, receiving.space, readers)
        row.readers, row.keep_roles, row.state = readers, keep_roles, MergerState.RUNNING
        row.total = threads_left(row.source).count()
        row.save()
    set_out(row, people=going_along(row.source).count())
    row.refresh_from_db()
    return row


_STALE = _(
    "Who reads in the receiving community was changed since this was proposed. It has to be proposed anew."
)


def withdraw(*, actor: User, merger: Merger) -> Merger:
    """Take a proposal back while nobody answered it; the review is open again. Safe to repeat. Raises `Refused`."""
    with gate.permit(actor, Deed.REVIEW, space=merger.source):
        row = (
            Merger.objects.select_for_update(of=("self",))
            .select_related("source", "target")
            .get(pk=merger.pk)
        )
        return _drop(row) if row.state == MergerState.ASKED else row


def _drop(merger: Merger) -> Merger:
    merger.state = MergerState.DECLINED
    merger.save()
    Review.objects.filter(space=merger.source, decision=Decision.MERGE_ASKED).update(
        decision=Decision.OPEN, into=None
    )
    return merger


def _decline(merger: Merger, permit: Permit) -> Merger:
    _drop(merger)
    record(MERGE_DECLINED, permit.actor, about=merger.asked_by, space=permit.space)
    return merger


def resume(*, actor: User, merger: Merger) -> Merger:
    """Go on with a merger that stopped on its way, once what stopped it is settled. Raises `Refused`."""
    with gate.permit(actor, Deed.RUN, space=merger.target) as permit:
        row = (
            Merger.objects.select_for_update(of=("self",))
            .select_related("source", "target")
            .get(pk=merger.pk)
        )
        if row.state != MergerState.STOPPED:
            return row
        if permit.space.visibility != row.visibility:
            raise Refused(refuse("changed", _STALE))
        row.state, row.stopped = MergerState.RUNNING, ""
        row.save()
    set_out(row, people=going_along(row.source).count())
    row.refresh_from_db()
    return row


def take_back(*, actor: User, merger: Merger) -> Merger:
    """Give everything back within a day: the old community opens again, its threads return to it.

    Those who decide about the receiving community may. Raises `Refused`; safe to repeat.
    """
    with gate.permit(actor, Deed.MERGE, space=merger.target) as permit:
        row = (
            Merger.objects.select_for_update(of=("self",))
            .select_related("source", "target")
            .get(pk=merger.pk)
        )
        if row.state in (MergerState.UNDOING, MergerState.UNDONE):
            return row
        if not row.undoable:
            raise Refused(refuse("too_late", _("This can no longer be undone: a day has passed.")))
        row.state, row.undone_by = MergerState.UNDOING, permit.actor
        row.save()
        Space.objects.filter(pk=row.source_id).update(archived_at=None)
        Charter.objects.filter(space=row.source).update(merged_into=None)
        record(MERGE_UNDONE, permit.actor, space=row.source)
    set_out(row, people=len(row.before.get("members", [])))
    row.refresh_from_db()
    return row
