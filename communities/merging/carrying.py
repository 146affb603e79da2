"""One batch of a merger, or of taking it back. Each batch looks at what is left, so any number of runs end the same."""

from __future__ import annotations

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.charters.models import Charter
from communities.merging.belongings import hold_belongings
from communities.merging.bringing import bring_members, bring_the_rest, take_back_all
from communities.merging.models import Merger, MergerState
from communities.merging.reading import threads_left, to_give_back
from communities.moving import layout
from communities.moving.models import Surgery, SurgeryKind
from communities.moving.surgery import operate, put_back
from communities.reviewing.models import UNDECIDED, Decision, Review
from communities.verbs import CARRIED, SPACE_MERGED
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.models import Post, Space
from intranet.moderation import gate
from intranet.moderation.gate import Permit, Want
from intranet.settings.product import MERGE_BATCH

MERGER_LOCK = 7304


def carry_on(public_id: str) -> bool:
    """Do the next batch of the merger; whether there is more to do here. A refusal stops it and says why.

    While another worker is at the same merger there is nothing to do here: that one goes on.
    """
    merger = Merger.objects.get(public_id=public_id)
    try:
        with transaction.atomic():
            if not _alone_at(merger.pk):
                return False
            return _next(merger.pk)
    except Refused as refusal:
        _stop(merger, str(refusal.verdict.message))
        return False


def _alone_at(pk: int) -> bool:
    """Take the merger for this transaction; it comes before the locks of the gate and is waited for by nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [MERGER_LOCK, pk])
        return cursor.fetchone()[0]


def _next(pk: int) -> bool:
    people = ("source", "target", "asked_by", "answered_by", "undone_by")
    merger = Merger.objects.select_related(*people).get(pk=pk)
    if not merger.under_way:
        return False
    return _bring(merger) if merger.state == MergerState.RUNNING else _give_back(merger)


def _stop(merger: Merger, why: str) -> None:
    with transaction.atomic():
        row = Merger.objects.select_for_update(of=("self",)).get(pk=merger.pk)
        if row.under_way:
            row.state, row.stopped = MergerState.STOPPED, why[:300]
            row.save(update_fields=["state", "stopped"])


def _held(merger: Merger, state: str) -> Merger | None:
    """The row of `merger`, held until commit, while it stands in `state`."""
    rows = Merger.objects.select_for_update(of=("self",)).select_related(
        "source", "target", "asked_by", "answered_by", "undone_by"
    )
    return rows.filter(pk=merger.pk, state=state).first()


# Bringing along --------------------------------------------------------------------------------------------------


def _bring(merger: Merger) -> bool:
    """People first, so that none of them loses sight; then threads; the last batch closes the source."""
    batch = list(threads_left(merger.source)[:MERGE_BATCH])
    last = len(batch) < MERGE_BATCH
    wants = [
        Want(merger.asked_by, Deed.MERGE, space=merger.source, whole_space=last),
        Want(merger.answered_by, Deed.TAKE, space=merger.target),
        *(Want(merger.asked_by, Deed.MERGE, post=thread) for thread in batch),
    ]
    hold_belongings(merger)
    with gate.permit_all(*wants) as permits:
        row = _held(merger, MergerState.RUNNING)
        if row is None:
            return False
        if permits[1].space.visibility != row.visibility:
            raise Refused(
                refuse("changed", _("Who reads in the receiving community was changed on the way."))
            )
        if bring_members(row, MERGE_BATCH):
            row.save(update_fields=["before"])
            return True
        for permit in permits[2:]:
            _carry(row, permit)
        row.carried += len(permits) - 2
        if last and not threads_left(row.source).exists():
            _finish(row, permits[0])
        row.save()
        return row.state == MergerState.RUNNING


def _carry(merger: Merger, permit: Permit) -> None:
    """Move one thread, unless somebody moved it elsewhere meanwhile."""
    if permit.post.space_id != merger.source_id:
        return
    surgery = operate(
        actor=permit.actor,
        kind=SurgeryKind.MOVE,
        threads=[permit.post],
        change=lambda here: [layout.moved(here, merger.target_id)],
        target=merger.target,
    )
    surgery.merger = merger
    surgery.save(update_fields=["merger"])
    record(CARRIED, permit.actor, post=Post.objects.select_related("space").get(pk=permit.post.pk))


def _finish(merger: Merger, permit: Permit) -> None:
    """Bring what else there is, and make the source something that can be read and leads on."""
    now = timezone.now()
    bring_the_rest(merger)
    Charter.objects.filter(space=merger.source).update(merged_into=merger.target)
    Space.objects.filter(pk=merger.source_id).update(archived_at=now)
    Review.objects.filter(space=merger.source, decision__in=UNDECIDED).update(
        decision=Decision.MERGED, into=merger.target, decided=now, decided_by=permit.actor
    )
    merger.state, merger.done_at = MergerState.DONE, now
    record(SPACE_MERGED, permit.actor, space=merger.source)


# Taking back -----------------------------------------------------------------------------------------------------


def _give_back(merger: Merger) -> bool:
    """Put threads back where nothing else was done to them since; then everything else."""
    batch = list(to_give_back(merger)[:MERGE_BATCH])
    roots = {
        surgery.pk: surgery.touched.select_related("post__space").get(first=True).post for surgery in batch
    }
    wants = [
        Want(merger.undone_by, Deed.MERGE, space=merger.target),
        Want(merger.undone_by, Deed.GIVE_BACK, space=merger.source),
        *(Want(merger.undone_by, Deed.MERGE, post=root) for root in roots.values()),
    ]
    hold_belongings(merger)
    with gate.permit_all(*wants) as permits:
        row = _held(merger, MergerState.UNDOING)
        if row is None:
            return False
        for surgery in Surgery.objects.standing().filter(pk__in=roots).select_related("source", "target"):
            for post in put_back(actor=permits[0].actor, surgery=surgery):
                record(CARRIED, permits[0].actor, post=post)
        if batch:
            return True
        take_back_all(row, permits[0].actor)
        row.state = MergerState.UNDONE
        row.save()
        return False
