"""Urgent questions: a reason, a badge, earlier reminders, and a number a month that keeps the word worth something."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from communities.questions.models import QuestionDetail
from intranet.access.verdict import Refused, refuse
from intranet.people.models import User
from intranet.settings.product import URGENT_A_MONTH
from intranet.text.lines import clean_line


def urgent_left(person: User, now: datetime | None = None) -> int:
    """How many more questions `person` may mark as urgent this month."""
    local = timezone.localtime(now or timezone.now())
    month = local.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    used = QuestionDetail.objects.filter(post__author=person, urgent_at__gte=month).count()
    return max(0, URGENT_A_MONTH - used)


def columns(asker: User, reason: str, at: datetime, *, anonymous: bool = False) -> dict[str, Any]:
    """The columns of a question that is urgent for `reason`; none without one. Raises `Refused`.

    The row of the asker is locked, so that two questions at the same moment are counted one after the other.
    """
    line = clean_line(reason)[:200]
    if not line:
        return {}
    if anonymous:
        raise Refused(
            refuse(
                "not_anonymous", _("What is urgent is counted by name, so it cannot be anonymous as well.")
            )
        )
    User.objects.select_for_update(no_key=True).get(pk=asker.pk)
    if not urgent_left(asker, at):
        sentence = _("You marked %(n)s questions as urgent this month, which is the most. Ask without it.")
        raise Refused(refuse("quota", sentence % {"n": URGENT_A_MONTH}))
    return {"urgent_note": line, "urgent_at": at}
