"""The promise of a community: its hours, its turns, how it was kept, and who may change it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from communities.promises import actions
from communities.promises.actions import Working
from communities.promises.duty import on_duty, turns_of
from communities.promises.keeping import explained, keeping_of
from communities.questions.models import QuestionDetail
from communities.standing import actions as standing
from intranet.access.verdict import Refused
from intranet.activity.log import record
from intranet.content.models import Space
from intranet.posting import actions as posting
from intranet.routing.rota import WEEK
from intranet.routing.verbs import ASKED_OF
from tests.factories import threads as make

ZONE = ZoneInfo("Asia/Jerusalem")
THURSDAY = datetime(2026, 11, 19, 15, tzinfo=ZONE)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HOURS_FORM = {
    "hours": "6",
    "counting": "hours",
    "week": "mon_fri",
    "opens": "08:00",
    "closes": "16:00",
    "zone": "Europe/Warsaw",
    "holidays": "2026-12-25 Christmas\n2027-01-01 New Year\n",
}


def fresh(space):
    return Space.objects.get(pk=space.pk)


def due_of(cast, at):
    return QuestionDetail.objects.get(post=make.question(cast.noa, fresh(cast.open), at=at)).due


def test_a_community_works_its_own_days_hours_and_holidays(cast, sign_in):
    assert due_of(cast, THURSDAY) == datetime(2026, 11, 22, 15, tzinfo=ZONE)
    saved = sign_in(cast.owner).post("/c/open-talk/promise/hours/", HOURS_FORM)
    assert saved.url == "/c/open-talk/promise/"
    warsaw = ZoneInfo("Europe/Warsaw")
    assert due_of(cast, THURSDAY) == datetime(2026, 11, 20, 12, tzinfo=warsaw)
    assert due_of(cast, datetime(2026, 12, 24, 15, tzinfo=warsaw)) == datetime(
        2026, 12, 28, 13, tzinfo=warsaw
    )
    page = sign_in(cast.hiba).get("/c/open-talk/promise/").content.decode()
    for said in (
        "Working hours only",
        "Monday to Friday",
        "08:00–16:00",
        "Europe/Warsaw",
        "Christmas",
        "6 hours",
    ):
        assert said in page, said


def test_questions_that_are_open_keep_the_time_they_were_told(cast):
    asked = make.question(cast.noa, cast.open, at=THURSDAY)
    before = QuestionDetail.objects.get(post=asked).due
    actions.set_hours(actor=cast.owner, space=cast.open, working=Working(hours=2))
    assert QuestionDetail.objects.get(post=asked).due == before


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"holidays": "soon Passover"}, "“soon Passover” does not begin with a date such as 2027-04-22."),
        ({"closes": "07:00"}, "With these days and hours nobody would ever work. Check them."),
        ({"hours": "0"}, "greater than or equal to 1"),
        ({"zone": "Mars/Base"}, "Select a valid choice."),
    ],
)
def test_hours_that_do_not_fit_come_back_with_a_reason(cast, sign_in, wrong, said):
    sent = sign_in(cast.owner).post("/c/open-talk/promise/hours/", HOURS_FORM | wrong)
    assert sent.status_code == 422
    assert said in sent.content.decode()
    assert due_of(cast, THURSDAY) == datetime(2026, 11, 22, 15, tzinfo=ZONE)


def test_only_those_who_run_a_community_change_it(cast, sign_in):
    for page in ("hours", "rota"):
        for person, status in ((cast.hiba, 403), (cast.outsider, 403), (cast.guest, 404), (cast.owner, 200)):
            assert sign_in(person).get(f"/c/open-talk/promise/{page}/").status_code == status
    sign_in(cast.hiba).post("/c/open-talk/promise/rota/", {"people": "hiba"})
    sign_in(cast.hiba).post("/c/open-talk/promise/hours/", HOURS_FORM)
    assert on_duty(fresh(cast.open)) is None
    assert due_of(cast, THURSDAY) == datetime(2026, 11, 22, 15, tzinfo=ZONE)


def test_turns_go_round_and_a_week_can_be_swapped(cast, sign_in):
    owner = sign_in(cast.owner)
    owner.post("/c/open-talk/promise/rota/", {"people": "@hiba\nalex"})
    turns = turns_of(fresh(cast.open), weeks=3)
    assert [turn.person for turn in turns] == [cast.hiba, cast.alex, cast.hiba]
    next_week = turns[1].week
    owner.post("/c/open-talk/promise/swap/", {"week": next_week.isoformat(), "person": "hiba"})
    assert [turn.person for turn in turns_of(fresh(cast.open), weeks=3)] == [cast.hiba] * 3
    owner.post("/c/open-talk/promise/swap/", {"week": next_week.isoformat(), "person": ""})
    assert turns_of(fresh(cast.open), weeks=2)[1].person == cast.alex
    page = sign_in(cast.outsider).get("/c/open-talk/promise/").content.decode()
    assert '<a href="/people/hiba/"><bdi>Hiba Zeituni</bdi></a>' in page


@pytest.mark.parametrize("names", ["hiba hiba", "hiba nobody", "guest", "inactive", "outsider"])
def test_turns_of_people_who_cannot_take_them_are_refused(cast, sign_in, names):
    sent = sign_in(cast.owner).post("/c/open-talk/promise/rota/", {"people": names})
    assert sent.status_code == 422
    assert on_duty(fresh(cast.open)) is None


def test_a_week_that_is_over_cannot_be_swapped(cast):
    actions.set_turns(actor=cast.owner, space=cast.open, people=[cast.hiba, cast.alex])
    first = turns_of(fresh(cast.open))[0].week
    for week in (first - WEEK, first + DAY, first + 27 * WEEK):
        with pytest.raises(Refused):
            actions.swap(actor=cast.owner, space=cast.open, week=week, person=cast.alex)


def test_somebody_who_left_takes_no_turns(cast):
    actions.set_turns(actor=cast.owner, space=cast.open, people=[cast.hiba, cast.alex])
    cast.hiba.is_active = False
    cast.hiba.save()
    assert on_duty(fresh(cast.open)) == cast.alex


@pytest.fixture
def month(cast):
    """Questions of the last days, each with another end; the time is long over for all."""
    start = timezone.now() - 10 * DAY
    titles = ("in time", "late", "never", "asked back", "closed in time", "closed late", "gone")
    made = {title: make.question(cast.noa, cast.open, title, at=start) for title in titles}
    due = QuestionDetail.objects.get(post=made["late"]).due
    make.answer(cast.alex, made["in time"], at=due - HOUR)
    make.answer(cast.alex, made["late"], at=due + 3 * DAY)
    standing.ask_back(actor=cast.alex, question=made["asked back"], note="Which?", at=due - HOUR)
    standing.retire(actor=cast.owner, question=made["closed in time"], note="Old.", at=due - HOUR)
    standing.retire(actor=cast.owner, question=made["closed late"], note="Old.", at=due + HOUR)
    make.question(cast.noa, cast.open, "today")
    make.question(cast.noa, cast.open, "last year", at=start - 300 * DAY)
    make.question(cast.noa, cast.request, "elsewhere", at=start)
    posting.remove(actor=cast.noa, post=made["gone"])
    return made


def test_the_rate_counts_what_came_due_and_names_every_miss(cast, month):
    kept = keeping_of(cast.open)
    assert (kept.kept, kept.due, kept.percent, kept.waiting, kept.left_out) == (1, 4, 25, 2, 1)
    assert sorted(detail.post.title for detail in kept.missed) == ["closed late", "late", "never"]


def test_each_miss_says_what_is_known_about_it(cast, month, sign_in):
    actions.explain(actor=cast.owner, question=month["late"], reason="The expert was ill.")
    kept = keeping_of(cast.open)
    known = {
        miss.post.title: miss for miss in explained(kept.missed, fresh(cast.open), cast.hiba, kept.until)
    }
    assert known["late"].detail.miss_note == "The expert was ill."
    assert known["late"].late > HOUR
    page = sign_in(cast.hiba).get("/c/open-talk/promise/").content.decode()
    assert "25%" in page and "1 of 4 questions" in page
    assert "Why: <bdi>The expert was ill.</bdi>" in page
    assert "Nobody was known for it, so nobody was asked in person." in page
    assert "Say why" not in page


def test_a_guest_is_told_of_nobody_outside_their_community(cast, sign_in):
    asked = make.question(cast.noa, cast.partners, at=timezone.now() - 9 * DAY)
    with transaction.atomic():
        for person in (cast.outsider, cast.alex):
            record(ASKED_OF, cast.noa, about=person, post=asked)
    shown = {
        person: sign_in(cast.people[person]).get("/c/partners/promise/").content.decode()
        for person in ("guest", "hiba")
    }
    assert "Alex Dromi" in shown["guest"] and "Olga Stern" not in shown["guest"]
    assert "Alex Dromi" in shown["hiba"] and "Olga Stern" in shown["hiba"]


def test_only_those_who_run_it_explain_a_miss(cast, month, sign_in):
    address = f"/c/open-talk/promise/misses/{month['late'].public_id}/"
    assert sign_in(cast.hiba).post(address, {"reason": "Mine"}).status_code == 403
    assert QuestionDetail.objects.get(post=month["late"]).miss_note == ""
    assert sign_in(cast.owner).post(address, {"reason": "A holiday"}).status_code == 302
    assert QuestionDetail.objects.get(post=month["late"]).miss_note == "A holiday"


def test_a_community_without_questions_has_no_rate(cast, sign_in):
    assert keeping_of(cast.open, now=datetime(2026, 1, 1, tzinfo=UTC)).percent is None
    assert (
        "No promise was missed in this time."
        in sign_in(cast.hiba).get("/c/open-talk/promise/").content.decode()
    )
