"""Two hundred people press at the same moment, with real threads on a real PostgreSQL: one of them is it."""

from __future__ import annotations

from collections import Counter

import pytest

from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from communities.reminding.actions import speak
from communities.reminding.models import Nudge
from communities.standing import actions as standing
from communities.standing.claims import claim
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from tests.factories import threads as make
from tests.factories.cast import Cast, join, make_cast, person
from tests.races.test_writing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 10
ROUNDS = 20
"""Ten threads start together, twenty times: two hundred presses, without more connections than a server has."""


@pytest.fixture
def cast(transactional_db: None, settings) -> Cast:
    settings.KESHER_RATE_LIMITS = False
    return make_cast()


@pytest.fixture
def crowd(cast):
    people = [person(f"writer{n}", "employee") for n in range(PEOPLE)]
    join(cast.open, *people)
    return people


def test_of_two_hundred_claims_one_holds(cast, crowd):
    asked = make.question(cast.noa, cast.open)
    outcomes = []
    for _n in range(ROUNDS):
        outcomes += at_once(*(lambda who=who: claim(actor=who, question=asked) for who in crowd))
    holder = QuestionDetail.objects.get(post=asked).claimed_by
    refused = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    assert {refusal.verdict.code for refusal in refused} == {"claimed"}
    assert len(outcomes) - len(refused) == ROUNDS
    assert {outcome.claimed_by for outcome in outcomes if not isinstance(outcome, Refused)} == {holder}
    assert Event.objects.filter(verb="claimed").count() == 1


def test_a_question_that_is_free_again_goes_to_one_each_time(cast, crowd):
    for n in range(5):
        asked = make.question(cast.noa, cast.open, f"Question {n}")
        outcomes = at_once(*(lambda who=who, q=asked: claim(actor=who, question=q) for who in crowd))
        assert Counter(isinstance(outcome, Refused) for outcome in outcomes) == {True: PEOPLE - 1, False: 1}


def test_two_hundred_double_accepts_leave_one_acceptance(cast):
    for n in range(ROUNDS):
        asked = make.question(cast.noa, cast.open, f"Question {n}")
        answered = make.answer(cast.alex, asked)
        at_once(
            *[lambda q=asked, a=answered: questions.accept(actor=cast.noa, question=q, answer=a)] * PEOPLE
        )
        assert QuestionDetail.objects.get(post=asked).accepted == answered
        assert Event.objects.filter(verb="accepted", post=answered).count() == 1


def test_a_mark_set_by_many_stops_the_clock_once(cast, crowd):
    asked = make.question(cast.noa, cast.open)
    at_once(
        *(lambda who=who: standing.ask_back(actor=who, question=asked, note="Which rig?") for who in crowd)
    )
    detail = QuestionDetail.objects.get(post=asked)
    assert (detail.state, len(detail.stops)) == ("needs_info", 1)
    at_once(*[lambda: standing.reopen(actor=cast.noa, question=asked)] * PEOPLE)
    detail.refresh_from_db()
    assert (detail.state, len(detail.stops)) == ("unanswered", 2)


def test_runs_of_the_clock_at_the_same_moment_tell_each_once(cast):
    asked = [make.question(cast.noa, cast.open, f"Question {n}") for n in range(5)]
    later = max(detail.due for detail in QuestionDetail.objects.all())
    at_once(*[lambda: speak(later)] * 6)
    assert Nudge.objects.count() == len(asked)
    assert Event.objects.filter(verb="came_due").count() == len(asked)
