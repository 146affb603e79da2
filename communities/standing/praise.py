"""More than one answer can be good: one is accepted, others are marked beside it."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.questions.actions import may_accept
from communities.questions.models import GoodAnswer
from communities.verbs import PRAISED, UNPRAISED
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.content import voices
from intranet.content.kinds import PostKind
from intranet.content.models import Post
from intranet.moderation import gate
from intranet.people.models import User


def praise(*, actor: User, answer: Post, good: bool, at: datetime | None = None) -> None:
    """Make `answer` marked as good beside the accepted one, or not. Safe to repeat.

    Raises `Refused` as accepting does, and for the accepted answer, which says more already.
    """
    with gate.permit(actor, Deed.ACCEPT, post=answer) as permit:
        if permit.post.kind != PostKind.ANSWER:
            raise Refused(refuse("not_an_answer", _("That is not an answer to this question.")))
        verdict = may_accept(permit.actor, permit.root, permit.post)
        if not verdict:
            raise Refused(verdict)
        if good:
            _mark(permit, at or timezone.now())
        elif GoodAnswer.objects.filter(answer=permit.post).delete()[0]:
            record(
                UNPRAISED,
                voices.voice_of(permit.actor, permit.root),
                about=permit.post.author,
                post=permit.post,
                at=at,
            )


def _mark(permit: gate.Permit, at: datetime) -> None:
    if permit.root.question_detail.accepted_id == permit.post.pk:
        raise Refused(refuse("accepted", _("This answer is accepted already.")))
    speaker = voices.voice_of(permit.actor, permit.root)
    _row, made = GoodAnswer.objects.get_or_create(answer=permit.post, defaults={"by": speaker, "at": at})
    if made:
        record(PRAISED, speaker, about=permit.post.author, post=permit.post, at=at)
