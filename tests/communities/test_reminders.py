"""The clock speaks: to whom, when, and to nobody twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from communities.promises import actions as promises
from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from communities.reminding.actions import hear_edits, speak
from communities.reminding.models import Nudge
from communities.standing import actions as standing
from intranet.activity.log import record
from intranet.activity.readers import catch_up_all
from intranet.notify.models import Notification
from intranet.posting import actions as posting
from intranet.routing.verbs import ASKED_OF
from tests.factories import threads as make

ZONE = ZoneInfo("Asia/Jerusalem")
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=ZONE)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def told() -> list[tuple[str, str]]:
    return sorted(Nudge.objects.values_list("step", "person__username"))


@pytest.fixture
def asked(cast):
    """A question of Noa's for which routing asked Alex; Hiba is on duty, the owner is Omer."""
    promises.set_turns(actor=cast.owner, space=cast.open, people=[cast.hiba])
    question = make.question(cast.noa, cast.open, at=SUNDAY)
    record(ASKED_OF, cast.noa, about=cast.alex, post=question)
    return question


def test_half_the_time_then_all_of_it_then_the_owner(cast, asked):
    assert speak(SUNDAY + 11 * HOUR) == 0
    assert (speak(SUNDAY + 12 * HOUR), told()) == (1, [("half", "alex")])
    assert speak(SUNDAY + 23 * HOUR) == 0
    speak(SUNDAY + DAY)
    assert told() == [("due", "alex"), ("due", "hiba"), ("half", "alex")]
    speak(SUNDAY + DAY + 12 * HOUR)
    assert told()[2:] == [("half", "alex"), ("owner", "owner")]


def test_the_same_run_twice_tells_nobody_twice(cast, asked):
    for _n in range(3):
        QuestionDetail.objects.update(speaks_at=SUNDAY)
        speak(SUNDAY + 2 * DAY)
    assert told() == [("due", "alex"), ("due", "hiba"), ("owner", "owner")]
    catch_up_all()
    assert sorted(
        Notification.objects.filter(event__verb__in=("half_due", "came_due", "escalated")).values_list(
            "event__verb", "recipient__username"
        )
    ) == [("came_due", "alex"), ("came_due", "hiba"), ("escalated", "owner")]


def test_without_a_rota_what_is_late_goes_to_the_owner_at_once(cast):
    make.question(cast.noa, cast.open, at=SUNDAY)
    speak(SUNDAY + DAY)
    assert told() == [("due", "owner")]


def test_a_clock_that_stands_says_nothing_and_goes_on_where_it_stopped(cast, asked):
    standing.ask_back(actor=cast.alex, question=asked, note="Which rig?", at=SUNDAY + 6 * HOUR)
    assert speak(SUNDAY + 20 * HOUR) == 0
    make.comment(cast.noa, asked, "Rig B.", at=SUNDAY + 20 * HOUR)
    assert speak(SUNDAY + 25 * HOUR) == 0
    speak(SUNDAY + 26 * HOUR)
    assert told() == [("half", "alex")]


def test_an_answer_in_time_keeps_the_clock_quiet_and_the_asker_is_reminded_to_settle(cast, asked):
    make.answer(cast.alex, asked, at=SUNDAY + 2 * HOUR)
    assert speak(SUNDAY + DAY + 12 * HOUR) == 0
    speak(SUNDAY + 2 * DAY + 2 * HOUR)
    assert told() == [("settle", "noa")]
    catch_up_all()
    event = Notification.objects.get(event__verb="to_settle").event
    assert (event.actor, event.about) == (cast.alex, cast.noa)


def test_an_accepted_answer_needs_no_reminder(cast, asked):
    answered = make.answer(cast.alex, asked, at=SUNDAY + 2 * HOUR)
    questions.accept(actor=cast.noa, question=asked, answer=answered, at=SUNDAY + 3 * HOUR)
    assert speak(SUNDAY + 30 * DAY) == 0


def test_an_asker_who_was_asked_back_is_reminded(cast, asked):
    standing.ask_back(actor=cast.alex, question=asked, note="Which rig?", at=SUNDAY + HOUR)
    speak(SUNDAY + 2 * DAY + HOUR)
    assert told() == [("return", "noa")]


def test_a_removed_question_and_an_archived_community_are_left_alone(cast, asked):
    posting.remove(actor=cast.noa, post=asked)
    assert speak(SUNDAY + 9 * DAY) == 0


def test_who_may_no_longer_see_the_question_is_not_told(cast):
    promises.set_turns(actor=cast.owner, space=cast.secret, people=[cast.alex])
    make.question(cast.noa, cast.secret, at=SUNDAY)
    cast.secret.memberships.filter(person=cast.alex).delete()
    speak(SUNDAY + DAY)
    catch_up_all()
    assert not Notification.objects.filter(recipient=cast.alex, event__verb="came_due").exists()


def test_an_edit_that_came_another_way_is_heard_by_the_clock(cast, asked):
    standing.ask_back(actor=cast.alex, question=asked, note="Which rig?")
    posting.edit(editor=cast.owner, post=asked, source="It drifts a lot.", base_revision=1)
    assert hear_edits() == 0
    posting.edit(editor=cast.noa, post=asked, source="On rig B.", base_revision=2)
    assert QuestionDetail.objects.get().state == "needs_info"
    assert hear_edits() == 1
    assert QuestionDetail.objects.get().state == "unanswered"
