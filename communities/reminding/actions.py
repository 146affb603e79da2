"""The clock speaks: reminders at half the time and at its end, then the duty holder, then the owner; and the asker."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from communities.questions import states
from communities.questions.agenda import Step, agenda
from communities.questions.models import QuestionDetail, QuestionState
from communities.questions.promises import promise_of
from communities.reminding.audience import audience, speaker
from communities.reminding.models import Nudge
from communities.reminding.verbs import VERBS
from intranet.activity.log import record
from intranet.content.kinds import PostState
from intranet.content.models import Revision
from intranet.people.models import User

MOST = 500
"""Questions of one run; the next one, minutes later, goes on."""


def speak(now: datetime | None = None) -> int:
    """Say all that is due at `now`; how many people were told. Safe to run twice and in parallel."""
    moment = now or timezone.now()
    due = QuestionDetail.objects.filter(
        speaks_at__lte=moment, post__state=PostState.PUBLISHED, post__space__archived_at=None
    )
    ids = list(due.order_by("speaks_at").values_list("pk", flat=True)[:MOST])
    return sum(_speak_of(pk, moment) for pk in ids)


def _speak_of(pk: int, now: datetime) -> int:
    """Say what is due about one question. Another run that holds it says it instead."""
    with transaction.atomic():
        rows = QuestionDetail.objects.select_for_update(of=("self",), skip_locked=True)
        rows = rows.select_related(
            "post__author", "post__space__charter", "post__space__office_hours", "mark_by"
        )
        detail = rows.filter(pk=pk, speaks_at__lte=now).first()
        if detail is None:
            return 0
        plan = agenda(detail, promise_of(detail.post.space))
        passed = {step for moment, step in plan if moment <= now}
        if Step.DUE in passed:
            passed.discard(Step.HALF)  # a worker that slept through both says the stronger one
        told = sum(
            _tell(detail, step, person, now) for step in sorted(passed) for person in audience(detail, step)
        )
        detail.speaks_at = min((moment for moment, _step in plan if moment > now), default=None)
        detail.save(update_fields=["speaks_at"])
        return told


def _tell(detail: QuestionDetail, step: Step, person: User, now: datetime) -> bool:
    if speaker(detail, step) == person:
        return False
    _row, new = Nudge.objects.get_or_create(post=detail.post, step=step, person=person, defaults={"at": now})
    if new:
        record(VERBS[step], speaker(detail, step), about=person, post=detail.post, at=now)
    return new


def hear_edits(now: datetime | None = None) -> int:
    """Take "needs info" back where the asker edited the question by a way that does not say so itself."""
    moment = now or timezone.now()
    edits = Revision.objects.filter(
        post=OuterRef("post"), editor=OuterRef("post__author"), at__gt=OuterRef("mark_at")
    )
    waiting = QuestionDetail.objects.filter(Exists(edits), state=QuestionState.NEEDS_INFO).select_related(
        "post__space", "post__author"
    )[:MOST]
    for detail in waiting:
        with transaction.atomic():
            states.settle(detail.post, moment)
    return len(waiting)
