"""Deciding about the future of a community: renew it, merge it into another, archive it, reopen it."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.charters.models import Charter
from communities.joining.entering import enter
from communities.joining.models import Way
from communities.joining.requests import deciders
from communities.reviewing.models import UNDECIDED, Decision, Review
from communities.verbs import MERGE_ASKED, SPACE_ARCHIVED, SPACE_MERGED, SPACE_RENEWED, SPACE_REOPENED
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import SpaceRole
from intranet.content.models import Membership, Space
from intranet.moderation import gate
from intranet.people.models import User
from intranet.settings.product import REVIEW_MONTHS
from intranet.text.lines import clean_line


def renew(*, actor: User, space: Space, until: date | None = None, note: str = "") -> Review:
    """Keep the community until the next review, half a year from now unless `until` says when. Raises `Refused`."""
    with gate.permit(actor, Deed.REVIEW, space=space, whole_space=True) as permit:
        today = timezone.localdate()
        later = until or today + timedelta(days=REVIEW_MONTHS * 365 // 12)
        if later <= today:
            raise Refused(refuse("bad_date", _("Choose a day in the future for the next review.")))
        if permit.space.archived_at:
            raise Refused(refuse("archived", _("Reopen the community first.")))
        Charter.objects.filter(space=permit.space).update(review_date=later)
        review = _decide(permit, Decision.RENEWED, note)
        record(SPACE_RENEWED, permit.actor, space=permit.space, until=later.isoformat())
        return review


def archive(*, actor: User, space: Space, note: str = "") -> Review | None:
    """Make the community read-only; an archived one stays as it is. Reversible by `reopen`. Raises `Refused`."""
    with gate.permit(actor, Deed.REVIEW, space=space, whole_space=True) as permit:
        if permit.space.archived_at:
            return None
        review = _decide(permit, Decision.ARCHIVED, note)
        _close(permit.space)
        record(SPACE_ARCHIVED, permit.actor, space=permit.space)
        return review


def reopen(*, actor: User, space: Space) -> None:
    """Let people write again; the next review is in half a year when the last date has passed."""
    with gate.permit(actor, Deed.REVIEW, space=space, whole_space=True) as permit:
        if permit.space.archived_at is None:
            return
        Space.objects.filter(pk=permit.space.pk).update(archived_at=None)
        charter = Charter.objects.filter(space=permit.space)
        charter.update(merged_into=None)
        later = timezone.localdate() + timedelta(days=REVIEW_MONTHS * 365 // 12)
        charter.filter(review_date__lte=timezone.localdate()).update(review_date=later)
        record(SPACE_REOPENED, permit.actor, space=permit.space)


def ask_to_merge(*, actor: User, space: Space, into: Space, note: str = "") -> Review:
    """Merge `space` into another community, at once for who runs both; otherwise those who run the other are asked.

    Raises `Refused` for the same community, for one the actor may not know of, and for an archived one.
    """
    with gate.permit(actor, Deed.REVIEW, space=space, whole_space=True) as permit:
        target = Space.objects.communities().visible_to(permit.actor).filter(pk=into.pk).first()
        if target is None or target.pk == permit.space.pk or target.archived_at or permit.space.archived_at:
            raise Refused(refuse("bad_merge", _("Choose another community that is not archived.")))
        if visibility.runs_space(permit.actor, target):
            return _merge(permit, target, note)
        review = _open_review(permit)
        review.decision, review.into, review.asked_by = Decision.MERGE_ASKED, target, permit.actor
        review.note = clean_line(note)[:400]
        review.save()
        for decider in deciders(target):
            record(MERGE_ASKED, permit.actor, about=decider, space=target)
        return review


def answer_merge(*, actor: User, review: Review, accept: bool) -> Review:
    """Those who run the receiving community take the other one in, or leave its review open. Raises `Refused`."""
    row = Review.objects.select_related("space", "into", "asked_by").get(pk=review.pk)
    if row.decision != Decision.MERGE_ASKED:
        return row
    with gate.permit_all(
        gate.Want(actor, Deed.RUN, None, row.into, True),
        gate.Want(row.asked_by, Deed.REVIEW, None, row.space, True),
    ) as (receiving, giving):
        row.refresh_from_db()
        if row.decision != Decision.MERGE_ASKED or row.into_id != receiving.space.pk:
            return row
        if accept:
            return _merge(giving, receiving.space, row.note)
        row.decision, row.into = Decision.OPEN, None
        row.save()
        return row


def _merge(permit: gate.Permit, target: Space, note: str) -> Review:
    """Its people become members of `target`, its threads stay readable where they are. Guests are not taken along."""
    people = Membership.objects.filter(space=permit.space, person__is_active=True)
    for row in people.exclude(role=SpaceRole.GUEST).select_related("person"):
        if not row.person.is_guest:
            enter(target, row.person, SpaceRole.MEMBER, way=Way.MERGE, by=permit.actor)
    Charter.objects.filter(space=permit.space).update(merged_into=target)
    review = _decide(permit, Decision.MERGED, note, into=target)
    _close(permit.space)
    record(SPACE_MERGED, permit.actor, space=permit.space)
    return review


def _close(space: Space) -> None:
    Space.objects.filter(pk=space.pk).update(archived_at=timezone.now())


def _open_review(permit: gate.Permit) -> Review:
    """The review that is open, or one opened now because somebody decides before its day."""
    known = Review.objects.filter(space=permit.space, decision__in=UNDECIDED).first()
    return known or Review.objects.create(space=permit.space, due=timezone.localdate())


def _decide(permit: gate.Permit, decision: str, note: str, *, into: Space | None = None) -> Review:
    review = _open_review(permit)
    review.decision, review.into, review.note = decision, into, clean_line(note)[:400]
    review.decided, review.decided_by = timezone.now(), permit.actor
    review.save()
    return review
