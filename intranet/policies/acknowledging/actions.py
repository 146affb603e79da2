"""Saying that one has read a policy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intranet.access.verdict import Refused, refuse
from intranet.activity.log import record
from intranet.moderation import locks
from intranet.moderation.kinds import Condition
from intranet.people.models import User
from intranet.policies.acknowledging.due import with_validity
from intranet.policies.acknowledging.models import Question
from intranet.policies.models import Acknowledgement, PolicyPage, PolicyVersion
from intranet.policies.verbs import ACKNOWLEDGED


def wrong_answers(policy: PolicyPage, answers: Sequence[int | None]) -> list[Question]:
    """The questions of the quiz of `policy` that `answers` (numbers from 1, in their order) do not answer rightly."""
    questions = list(policy.questions.all())
    given = [*answers, *[None] * len(questions)]
    return [question for question, answer in zip(questions, given, strict=False) if answer != question.right]


def acknowledge(
    *,
    person: User,
    version: PolicyVersion,
    answers: Sequence[int | None] | None = None,
    at: datetime | None = None,
) -> Acknowledgement:
    """Note that `person` has read `version`; saying it while it counts changes nothing, later it renews.

    `answers` are those of the quiz; None is for what comes from another record of the same fact (an import, a
    demonstration). Raises `Refused` for a policy that the person does not see, for a version that is not the
    current one, and for a quiz that is not answered rightly.
    """
    if not PolicyPage.objects.visible_to(person).filter(pk=version.policy_id).exists():
        raise Refused(refuse("not_found", _("There is nothing here.")))
    if PolicyVersion.objects.filter(policy=version.policy_id).first() != version:
        raise Refused(refuse("old_version", _("A newer version came out meanwhile. Read that one.")))
    if answers is not None and wrong_answers(version.policy, answers):
        raise Refused(refuse("wrong_answers", _("Not all answers fit yet. The lines below say why.")))
    moment = at or timezone.now()
    with transaction.atomic():
        row, made = Acknowledgement.objects.select_for_update().get_or_create(
            person=person, version=version, defaults={"at": moment}
        )
        counts = with_validity(PolicyVersion.objects.filter(pk=version.pk), person.pk).get().has_read
        if not made and not counts:
            row.at = moment
            row.save(update_fields=["at"])
        if made or not counts:
            record(ACKNOWLEDGED, person, post=version.policy.post, at=moment, version=version.number)
            locks.release_when(Condition.ACKNOWLEDGED, actor=person, person=person, policy=version.policy)
        return row
