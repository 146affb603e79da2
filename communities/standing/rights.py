"""Who may say where a question stands."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from communities.questions.actions import may_accept
from communities.questions.models import Mark, QuestionDetail, QuestionState
from intranet.access import visibility
from intranet.access.verdict import ALLOWED, Verdict, refuse
from intranet.content import voices
from intranet.content.models import Post
from intranet.people.models import User


def may_ask_back(person: User, question: Post) -> Verdict:
    """Whether `person` may say that `question` needs more: a member or somebody who runs the place, not the asker."""
    if voices.wrote(person, question):
        return refuse("own_question", _("This question is yours: edit it, or add a comment."))
    inside = question.space_id in person.space_roles or visibility.moderates_space(person, question.space)
    if not inside:
        return refuse("not_member", _("Join this community to write in it."))
    return ALLOWED


def may_close(person: User, question: Post) -> Verdict:
    """Whether `person` may say that `question` was asked before or is no longer current: those who may accept."""
    if may_accept(person, question, None):
        return ALLOWED
    return refuse(
        "not_asker", _("Only the person who asked, an expert or a manager of the community decides that.")
    )


def may_mark(person: User, question: Post, mark: str) -> Verdict:
    """Whether `person` may put `mark` on `question`."""
    return may_ask_back(person, question) if mark == Mark.NEEDS_INFO else may_close(person, question)


def may_unmark(person: User, detail: QuestionDetail) -> Verdict:
    """Whether `person` may take the mark back: who put it there, and those who may close the question."""
    return ALLOWED if detail.mark_by_id == person.pk else may_close(person, detail.post)


def claimable(detail: QuestionDetail) -> bool:
    """Whether an answer to the question is still wanted, so that writing one can be announced."""
    return detail.state in (QuestionState.UNANSWERED, QuestionState.ANSWERED, QuestionState.NEEDS_INFO)
