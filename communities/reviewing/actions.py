"""Deciding about the future of a community: renew it, archive it, reopen it. Merging is a package of its own."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.charters.models import Charter
from communities.reviewing.models import UNDECIDED, Decision, Review
from communities.verbs import SPACE_ARCHIVED, SPACE_RENEWED, SPACE_REOPENED
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.models import Space
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


def _close(space: Space) -> None:
    Space.objects.filter(pk=space.pk).update(archived_at=timezone.now())


def _open_review(permit: gate.Permit) -> Review:
    """The review that is open, or one opened now because somebody decides before its day."""
    known = Review.objects.filter(space=permit.space, decision__in=UNDECIDED).first()
    return known or Review.objects.create(space=permit.space, due=timezone.localdate())


def _decide(permit: gate.Permit, decision: str, note: str) -> Review:
    review = _open_review(permit)
    review.decision, review.into, review.note = decision, None, clean_line(note)[:400]
    review.decided, review.decided_by = timezone.now(), permit.actor
    review.save()
    return review
