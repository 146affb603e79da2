"""Where a question stands, derived from its answers and marks. Called under the row lock of the thread, which the gate
holds."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from communities.questions.agenda import agenda
from communities.questions.models import Mark, QuestionDetail, QuestionState
from communities.questions.promises import promise_of
from communities.verbs import RETURNED
from intranet.activity.log import record
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Post, Revision


def settle(question: Post, now: datetime | None = None) -> QuestionDetail:
    """Bring state, first answer, acceptance, clock and reminders of `question` in line with what was written in it.

    `now` is the moment of the deed that changed something; an imported past has its own.
    """
    moment = now or timezone.now()
    detail = _locked(question)
    answers = Post.objects.filter(root=question, kind=PostKind.ANSWER, state=PostState.PUBLISHED)
    detail.first_answer = answers.order_by("created").values_list("created", flat=True).first()
    if detail.accepted_id and not answers.filter(pk=detail.accepted_id).exists():
        detail.accepted = detail.accepted_by = detail.accepted_at = None
    if detail.mark == Mark.NEEDS_INFO:
        _hear(detail, answers, moment)
    detail.state = _state(detail)
    _run_clock(detail, moment)
    detail.save()
    return detail


def settle_after(written: Post) -> QuestionDetail | None:
    """Settle the question in which `written` is a new answer; where it landed was decided under the lock."""
    return settle(written.root, written.created) if written.kind == PostKind.ANSWER else None


def _locked(question: Post) -> QuestionDetail:
    """The row of `question`, held until commit, with the post as the caller has it."""
    detail = QuestionDetail.objects.select_for_update(of=("self",)).get(post=question)
    detail.post = question
    return detail


def _hear(detail: QuestionDetail, answers: QuerySet[Post], now: datetime) -> None:
    """Take "needs info" back once the asker wrote or edited since, or somebody could answer without."""
    since, asker = detail.mark_at, detail.post.author_id
    written = Post.objects.filter(
        root=detail.post, author=asker, kind=PostKind.COMMENT, state=PostState.PUBLISHED, created__gt=since
    )
    edited = Revision.objects.filter(post=detail.post, editor=asker, at__gt=since)
    told = written.exists() or edited.exists()
    if not (told or detail.accepted_id or answers.filter(created__gt=since).exists()):
        return
    if told:
        record(RETURNED, detail.post.author, about=detail.mark_by, post=detail.post, at=now)
    clear_mark(detail)


def clear_mark(detail: QuestionDetail) -> None:
    """Make `detail` carry no mark; the caller settles and saves."""
    detail.mark, detail.mark_note, detail.carried = "", "", []
    detail.mark_by = detail.mark_at = detail.original = None


def _state(detail: QuestionDetail) -> QuestionState:
    if detail.mark:
        return QuestionState(detail.mark)
    if detail.accepted_id:
        return QuestionState.SOLVED
    return QuestionState.ANSWERED if detail.first_answer else QuestionState.UNANSWERED


def _run_clock(detail: QuestionDetail, now: datetime) -> None:
    """Let the clock stand while a mark lies on an open question, and go on with what is left afterwards."""
    promise = promise_of(detail.post.space)
    to_stand = bool(detail.mark) and detail.first_answer is None
    if to_stand != detail.stands:
        moment = now if to_stand or detail.first_answer is None else detail.first_answer
        detail.stops = [*detail.stops, max([moment, *detail.stops[-1:]])]
        if not to_stand:
            detail.due = promise.due(detail.post.created, detail.pauses(now))
    plan = agenda(detail, promise)
    detail.speaks_at = plan[0][0] if plan else None
