"""What came of the network report in the demo organisation: who takes part, who was introduced, and a survey."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from intranet.demo.credentials import SHOWN
from intranet.people.models import User
from kms.consent.models import Standing
from kms.introductions import actions, drawing, measuring
from kms.introductions.models import Answer, Arm, Candidate, Introduction
from kms.network.models import Snapshot
from kms.survey import actions as surveys

TAKING_PART = 0.7
NAMED = 0.3
FIRST_ROUND = timedelta(days=41)
"""When the pairs of the earlier report were asked: long enough ago to have been looked at once."""
SECOND_ROUND = timedelta(days=3)
ROUND = 6
ANSWERED = 0.45
NAMES = 6
SURVEY_OPENED, SURVEY_LASTS = timedelta(days=5), timedelta(days=14)
PRETEXTS = {
    "en": "You meet the same problem from two sides. Half an hour with a drawing between you may save a week.",
    "he": "שניכם פוגשים אותה בעיה משני צדדים. חצי שעה עם שרטוט ביניכם יכולה לחסוך שבוע.",
}
PLACE = "Canteen, the long table"


def introduce_people(
    people: Mapping[str, User], reports: Sequence[Snapshot], seed: int, now: datetime
) -> None:
    """Consent, two rounds of introductions from two reports, what became of the first, and an open survey."""
    dice = random.Random(seed)
    employees = [person for _, person in sorted(people.items()) if not person.is_guest]
    _consent(employees, dice, now)
    for report, ago in zip(reports, (FIRST_ROUND, SECOND_ROUND), strict=True):
        drawing.draw(report, dice, at=now - ago)
        _round(people["michal"], report, dice, now - ago, now)
    actions.close_overdue(now)
    measuring.measure(now)
    _survey(people["michal"], employees, dice, now)


def _consent(employees: list[User], dice: random.Random, now: datetime) -> None:
    Standing.objects.bulk_create(
        Standing(
            person=person,
            introduced=person.username in SHOWN or dice.random() < TAKING_PART,
            named=dice.random() < NAMED,
            changed=now,
        )
        for person in employees
    )


def _round(manager: User, report: Snapshot, dice: random.Random, at: datetime, now: datetime) -> None:
    """Ask the best pairs, those with people one can sign in as first; some say yes and meet, some never answer."""
    rows = Candidate.objects.filter(snapshot=report, arm=Arm.OFFERED).select_related("low", "high")
    shown = sorted(rows, key=lambda row: (not {row.low.username, row.high.username} & set(SHOWN), row.pk))
    busy: set[int] = set()
    for row in shown:
        if busy & {row.low_id, row.high_id} or len(busy) >= 2 * ROUND:
            continue
        busy |= {row.low_id, row.high_id}
        made = actions.introduce(actor=manager, candidate=row, pretext=PRETEXTS[row.low.language], at=at)
        _answers(made, dice, at, now)


def _answers(made: Introduction, dice: random.Random, at: datetime, now: datetime) -> None:
    """What the two say. People one can sign in as have not answered the newest ones yet."""
    pair = (made.candidate.low, made.candidate.high)
    fresh = timezone.now() - at < timedelta(days=7)
    said = []
    for person in pair:
        if not (fresh and person.username in SHOWN):
            said.append(dice.choice([Answer.YES, Answer.YES, Answer.YES, Answer.NO]))
            made = actions.answer(
                person=person, introduction=made, answer=said[-1], at=min(at + timedelta(days=1), now)
            )
    if said == [Answer.YES, Answer.YES] and dice.random() < 0.7:
        actions.fix_meeting(
            person=pair[0], introduction=made, at=min(at + timedelta(days=4), now), place=PLACE
        )
        actions.say_met(person=pair[1], introduction=made, at=min(at + timedelta(days=5), now))


def _survey(manager: User, employees: list[User], dice: random.Random, now: datetime) -> None:
    """A survey that opened some days ago and that nearly half have answered; those one can sign in as have not."""
    day = timezone.localdate(now)
    survey = surveys.make(
        actor=manager,
        topic="gear noise",
        topic_he="רעש של גירים",
        opens=day - SURVEY_OPENED,
        closes=day - SURVEY_OPENED + SURVEY_LASTS,
    )
    for person in employees:
        if person.username not in SHOWN and dice.random() < ANSWERED:
            surveys.agree(person=person, survey=survey)
            surveys.answer(person=person, survey=survey, named=dice.sample(employees, NAMES))
