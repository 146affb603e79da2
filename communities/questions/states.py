"""Where a question stands, derived from its answers. Called under the row lock of the thread, which the gate holds."""

from __future__ import annotations

from communities.questions.models import QuestionDetail, QuestionState
from intranet.content.kinds import PostKind, PostState
from intranet.content.models import Post


def settle(question: Post) -> QuestionDetail:
    """Bring state, first answer and acceptance in line with the published answers of `question`."""
    detail = QuestionDetail.objects.select_for_update(of=("self",)).get(post=question)
    answers = Post.objects.filter(root=question, kind=PostKind.ANSWER, state=PostState.PUBLISHED)
    detail.first_answer = answers.order_by("created").values_list("created", flat=True).first()
    if detail.accepted_id and not answers.filter(pk=detail.accepted_id).exists():
        detail.accepted = detail.accepted_by = detail.accepted_at = None
    detail.state = _state(detail, answered=detail.first_answer is not None)
    detail.save()
    return detail


def settle_after(written: Post) -> None:
    """Settle the question in which `written` is a new answer; where it landed was decided under the lock."""
    if written.kind == PostKind.ANSWER:
        settle(written.root)


def _state(detail: QuestionDetail, *, answered: bool) -> QuestionState:
    if detail.accepted_id:
        return QuestionState.SOLVED
    return QuestionState.ANSWERED if answered else QuestionState.UNANSWERED
