"""When the clock of a question speaks, and to what end."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.questions.models import QuestionDetail, QuestionState
from communities.questions.promises import CALENDAR, Promise
from intranet.routing import clock
from intranet.settings.product import OWNER_AT, REMIND_AT, SETTLE_HOURS, URGENT_SHARE


class Step(models.TextChoices):
    """What the clock says, each once to a person."""

    HALF = "half", _("Half the time has passed")
    DUE = "due", _("The time has passed")
    OWNER = "owner", _("Still open after the duty holder was told")
    SETTLE = "settle", _("Answered: does one of the answers solve it?")
    RETURN = "return", _("Asked back: the missing facts have not come")


def agenda(detail: QuestionDetail, promise: Promise) -> list[tuple[datetime, Step]]:
    """The moments at which the clock speaks while the question stands as it does, in order."""
    match detail.state:
        case QuestionState.UNANSWERED:
            asked, pauses = detail.post.created, detail.pauses(detail.due)
            hurry = URGENT_SHARE if detail.is_urgent else 1.0
            return [
                (promise.due(asked, pauses, share=REMIND_AT * hurry), Step.HALF),
                (detail.due, Step.DUE),
                (max(detail.due, promise.due(asked, pauses, share=OWNER_AT * hurry)), Step.OWNER),
            ]
        case QuestionState.ANSWERED if detail.first_answer:
            return [(clock.due(detail.first_answer, SETTLE_HOURS, CALENDAR), Step.SETTLE)]
        case QuestionState.NEEDS_INFO if detail.mark_at:
            return [(clock.due(detail.mark_at, SETTLE_HOURS, CALENDAR), Step.RETURN)]
    return []
