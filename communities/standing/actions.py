"""Deeds that say where a question stands: it needs more, it was asked before, it is no longer current, it is open again.

Each takes the state that is wanted, so saying it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.questions import states
from communities.questions.models import Mark, QuestionDetail, QuestionState
from communities.standing import carrying
from communities.standing.rights import may_mark, may_unmark
from communities.verbs import ASKED_BACK, DUPLICATED, REOPENED, RETIRED
from intranet.access import visibility
from intranet.access.deeds import Deed
from intranet.access.verdict import Refused, Verdict, refuse
from intranet.activity.log import record
from intranet.content import voices
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Post
from intranet.moderation import gate
from intranet.people.models import User
from intranet.text.lines import clean_line

NOTE_MAX = 500
VERBS = {Mark.NEEDS_INFO: ASKED_BACK, Mark.DUPLICATE: DUPLICATED, Mark.OBSOLETE: RETIRED}


def ask_back(*, actor: User, question: Post, note: str, at: datetime | None = None) -> QuestionDetail:
    """Say what `question` lacks: the asker is told, and the clock stands until they answer. Raises `Refused`."""
    note = _checked_note(note, _("Say in a sentence what is missing."))
    return _mark(actor, question, Mark.NEEDS_INFO, at, note=note)


def retire(*, actor: User, question: Post, note: str, at: datetime | None = None) -> QuestionDetail:
    """Say that `question` is no longer current, and why. Raises `Refused`."""
    note = _checked_note(note, _("Say in a sentence why it is no longer current."))
    return _mark(actor, question, Mark.OBSOLETE, at, note=note)


def repeat(*, actor: User, question: Post, original: Post, at: datetime | None = None) -> QuestionDetail:
    """Say that `question` was asked before as `original`, and take its followers there. Raises `Refused`."""
    return _mark(actor, question, Mark.DUPLICATE, at, original=original)


def reopen(
    *, actor: User, question: Post, mark: str | None = None, at: datetime | None = None
) -> QuestionDetail:
    """Take back the mark of `question`, or only if it is `mark`; the followers it carried away come back.

    Raises `Refused` for somebody who neither put it there nor may close the question.
    """
    with _marking(actor, question) as (permit, detail):
        if not detail.mark or mark not in (None, detail.mark):
            return detail
        _demand(may_unmark(permit.actor, detail))
        carrying.take_back(detail.carried)
        states.clear_mark(detail)
        detail.save()
        record(
            REOPENED,
            voices.voice_of(permit.actor, permit.root),
            about=permit.root.author,
            post=permit.root,
            at=at,
        )
        return states.settle(permit.root, at)


def _checked_note(note: str, missing: Any) -> str:
    line = clean_line(note)[:NOTE_MAX]
    if not line:
        raise Refused(refuse("no_note", missing))
    return line


@contextmanager
def _marking(actor: User, question: Post) -> Iterator[tuple[gate.Permit, QuestionDetail]]:
    """The permit to say where `question` stands, and its row."""
    if question.kind != PostKind.QUESTION:
        raise Refused(refuse("not_a_question", _("Only a question has such a state.")))
    with gate.permit(actor, Deed.ACCEPT, post=question) as permit:
        detail = QuestionDetail.objects.select_for_update(of=("self",)).get(post=permit.root)
        detail.post = permit.root
        yield permit, detail


def _mark(
    actor: User,
    question: Post,
    mark: Mark,
    at: datetime | None,
    *,
    note: str = "",
    original: Post | None = None,
) -> QuestionDetail:
    with _marking(actor, question) as (permit, detail):
        if (detail.mark, detail.mark_note, detail.original_id) == (mark, note, original and original.pk):
            return detail
        _demand(may_mark(permit.actor, permit.root, mark))
        if mark == Mark.NEEDS_INFO and detail.state != QuestionState.NEEDS_INFO:
            _demand_open(detail)
        if original:
            _check_original(permit.actor, permit.root, original)
        carrying.take_back(detail.carried)
        states.clear_mark(detail)
        detail.mark, detail.mark_note, detail.original = mark, note, original
        speaker = voices.voice_of(permit.actor, permit.root)
        detail.mark_by, detail.mark_at = speaker, at or timezone.now()
        detail.carried = carrying.carry(permit.root, original) if original else []
        detail.save()
        record(VERBS[mark], speaker, about=permit.root.author, post=permit.root, at=at)
        return states.settle(permit.root, at)


def _demand(verdict: Verdict) -> None:
    if not verdict:
        raise Refused(verdict)


def _demand_open(detail: QuestionDetail) -> None:
    if detail.state not in (QuestionState.UNANSWERED, QuestionState.ANSWERED):
        raise Refused(refuse("closed", _("This question is settled, so nothing is missing any more.")))


def _check_original(actor: User, question: Post, original: Post) -> None:
    """A duplicate leads, in one step, to another question that is there to be read."""
    usable = (
        original.kind == PostKind.QUESTION
        and original.pk != question.pk
        and original.state == PostState.PUBLISHED
        and visibility.sees_post(actor, original)
    )
    if not usable:
        raise Refused(refuse("no_original", _("Choose another question that was asked here before.")))
    if QuestionDetail.objects.filter(post=original, mark=Mark.DUPLICATE).exists():
        raise Refused(refuse("no_original", _("That one is a duplicate itself: choose its original.")))
    if question.duplicates.exists():
        raise Refused(
            refuse("no_original", _("Other questions lead here as their original: move them first."))
        )
