"""Saying that one is writing an answer, so that nobody writes the same one: ten minutes, seen by all."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.questions.models import QuestionDetail
from communities.standing.rights import claimable
from communities.verbs import CLAIMED, RELEASED
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.moderation import gate
from intranet.people.models import User
from intranet.settings.product import CLAIM_MINUTES

TAKEN = "claimed"


def claim(*, actor: User, question: Post, at: datetime | None = None) -> QuestionDetail:
    """Make `actor` the one who is writing an answer to `question`, for ten minutes from the first time it is said.

    Raises `Refused` by the gate as for an answer, while somebody else holds the claim (`claimed`), and for a question
    that wants no answer. Of many at the same moment one gets it: the gate holds the row of the thread.
    """
    now = at or timezone.now()
    if question.kind != PostKind.QUESTION:
        raise Refused(refuse("not_a_question", _("Only a question can be answered.")))
    with gate.permit(actor, Deed.REPLY, post=question) as permit:
        detail = _locked(permit.root)
        holder = detail.claimant(now)
        if holder == permit.actor:
            return detail
        if holder:
            message = _("%(name)s is writing an answer at the moment.") % {"name": holder.display_name}
            raise Refused(refuse(TAKEN, message))
        if not claimable(detail):
            raise Refused(refuse("closed", _("This question wants no further answer.")))
        detail.claimed_by, detail.claimed_until = permit.actor, now + timedelta(minutes=CLAIM_MINUTES)
        detail.save(update_fields=["claimed_by", "claimed_until"])
        record(CLAIMED, permit.actor, about=permit.root.author, post=permit.root, at=now)
        return detail


def release(*, actor: User, question: Post, at: datetime | None = None) -> QuestionDetail:
    """Make the question free again. Its holder may, and those who run the community; safe to repeat."""
    if question.kind != PostKind.QUESTION:
        raise Refused(refuse("not_a_question", _("Only a question can be answered.")))
    with gate.permit(actor, Deed.ACCEPT, post=question) as permit:
        detail = _locked(permit.root)
        holder = detail.claimant(at)
        if holder is None:
            return detail
        if holder != permit.actor and not visibility.moderates_space(permit.actor, permit.space):
            raise Refused(refuse("not_holder", _("Only who is writing the answer can give it up.")))
        detail.claimed_by = detail.claimed_until = None
        detail.save(update_fields=["claimed_by", "claimed_until"])
        record(RELEASED, permit.actor, about=permit.root.author, post=permit.root, at=at)
        return detail


def _locked(question: Post) -> QuestionDetail:
    rows = QuestionDetail.objects.select_for_update(of=("self",)).select_related("claimed_by")
    detail = rows.get(post=question)
    detail.post = question
    return detail
