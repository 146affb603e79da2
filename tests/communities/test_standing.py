"""Where a question stands: marks, the clock below them, claims, and more than one good answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from communities.standing import actions, claims
from communities.standing.praise import praise
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.activity.readers import catch_up_all
from intranet.content.models import Reaction
from intranet.notify.following import follow
from intranet.notify.models import Follow, Notification
from intranet.posting import actions as posting
from tests.factories import threads as make

ZONE = ZoneInfo("Asia/Jerusalem")
SUNDAY = datetime(2026, 11, 22, 10, tzinfo=ZONE)
HOUR = timedelta(hours=1)


def detail(asked):
    return QuestionDetail.objects.get(post=asked)


def code_of(deed) -> str:
    with pytest.raises(Refused) as refusal:
        deed()
    return refusal.value.verdict.code


def test_asking_back_stops_the_clock_until_the_asker_answers(cast):
    asked = make.question(cast.noa, cast.open, at=SUNDAY)
    assert detail(asked).due == SUNDAY + timedelta(days=1)
    actions.ask_back(actor=cast.alex, question=asked, note="Which rig?", at=SUNDAY + 2 * HOUR)
    now = detail(asked)
    assert (now.state, now.stands, now.mark_by) == ("needs_info", True, cast.alex)
    make.comment(cast.noa, asked, "Rig B.", at=SUNDAY + 7 * HOUR)
    back = detail(asked)
    assert (back.state, back.stands, back.mark) == ("unanswered", False, "")
    assert back.due == SUNDAY + timedelta(days=1) + 5 * HOUR


def test_the_asker_and_who_asked_back_are_told(cast):
    asked = make.question(cast.noa, cast.open)
    actions.ask_back(actor=cast.alex, question=asked, note="Which rig?")
    make.comment(cast.noa, asked, "Rig B.")
    catch_up_all()
    told = Notification.objects.filter(event__verb__in=("asked_back", "returned"))
    assert sorted((row.event.verb, row.recipient.username) for row in told) == [
        ("asked_back", "noa"),
        ("returned", "alex"),
    ]


def test_a_comment_of_somebody_else_leaves_it_waiting(cast):
    asked = make.question(cast.noa, cast.open)
    actions.ask_back(actor=cast.alex, question=asked, note="Which rig?")
    make.comment(cast.hiba, asked, "I wonder too.")
    assert detail(asked).state == "needs_info"


def test_an_edit_of_the_question_brings_it_back(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    actions.ask_back(actor=cast.alex, question=asked, note="Which rig?")
    sent = {"title": asked.title, "source": "It drifts on rig B.", "tags": "", "base_revision": "1"}
    sign_in(cast.noa).post(f"/p/{asked.public_id}/edit/", sent)
    assert detail(asked).state == "unanswered"


def test_an_answer_needs_no_more_facts(cast):
    asked = make.question(cast.noa, cast.open, at=SUNDAY)
    actions.ask_back(actor=cast.alex, question=asked, note="Which rig?", at=SUNDAY + HOUR)
    make.answer(cast.hiba, asked, at=SUNDAY + 3 * HOUR)
    now = detail(asked)
    assert (now.state, now.stands, now.due) == ("answered", False, SUNDAY + timedelta(days=1) + 2 * HOUR)


def test_closing_late_does_not_move_the_time_that_was_missed(cast):
    asked = make.question(cast.noa, cast.open, at=SUNDAY)
    late = SUNDAY + timedelta(days=2)
    actions.ask_back(actor=cast.alex, question=asked, note="Which rig?", at=late)
    actions.reopen(actor=cast.alex, question=asked, at=late + 3 * HOUR)
    assert detail(asked).due == SUNDAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("who", "needs_info", "closing"),
    [
        ("noa", "own_question", ""),
        ("hiba", "", "not_asker"),
        ("owner", "", ""),
        ("moderator", "", ""),
        ("outsider", "not_member", "not_asker"),
        ("suspended", "suspended", "suspended"),
        ("guest", "not_found", "not_found"),
    ],
    ids=["who asked", "a member", "the owner", "a moderator", "no member", "paused", "a guest"],
)
def test_who_says_where_a_question_stands(cast, who, needs_info, closing):
    asked = make.question(cast.noa, cast.open)
    person = cast.people[who]
    deeds = {
        needs_info: lambda: actions.ask_back(actor=person, question=asked, note="Which rig?"),
        closing: lambda: actions.retire(actor=person, question=asked, note="Out of use."),
    }
    for code, deed in deeds.items():
        assert (code_of(deed) == code) if code else deed()


def test_a_duplicate_leads_to_the_original_and_takes_its_followers_along(cast, sign_in):
    original = make.question(cast.alex, cast.open, "Why does it drift after burn-in?")
    asked = make.question(cast.noa, cast.open, "It drifts, why?")
    follow(person=cast.hiba, level="watching", post=asked)
    follow(person=cast.owner, level="muted", post=asked)
    actions.repeat(actor=cast.owner, question=asked, original=original)
    followers = dict(Follow.objects.filter(post=original).values_list("person__username", "level"))
    assert followers == {"noa": "following", "hiba": "watching"}
    page = sign_in(cast.hiba).get(asked.get_absolute_url()).content.decode()
    assert "This was asked before:" in page and original.get_absolute_url() in page
    actions.reopen(actor=cast.noa, question=asked)
    assert not Follow.objects.filter(post=original).exists()
    assert detail(asked).state == "unanswered"


def test_a_follow_that_was_there_before_stays_when_the_duplicate_is_undone(cast):
    original, asked = make.question(cast.alex, cast.open), make.question(cast.noa, cast.open)
    follow(person=cast.noa, level="watching", post=original)
    actions.repeat(actor=cast.noa, question=asked, original=original)
    actions.reopen(actor=cast.noa, question=asked)
    assert Follow.objects.get(post=original).level == "watching"


def test_the_title_of_an_original_in_a_secret_place_is_shown_to_nobody_outside(cast, sign_in, settings):
    original = make.question(cast.alex, cast.secret, "Zephyr takeover dates?")
    asked = make.question(cast.noa, cast.open, "When is the date?")
    follow(person=cast.hiba, level="watching", post=asked)
    actions.repeat(actor=cast.noa, question=asked, original=original)
    outside = sign_in(cast.hiba).get(asked.get_absolute_url()).content.decode()
    assert "Zephyr" not in outside and original.public_id not in outside
    assert "in a place you do not see into" in outside
    cast.noa.language = "en"
    cast.noa.save()
    assert "Zephyr" in sign_in(cast.noa).get(asked.get_absolute_url()).content.decode()
    assert list(Follow.objects.filter(post=original).values_list("person__username", flat=True)) == ["noa"]


def test_a_chain_of_duplicates_is_refused(cast):
    first, second, third = (make.question(cast.noa, cast.open, f"Question {n}") for n in range(3))
    actions.repeat(actor=cast.noa, question=second, original=first)
    for question, original in ((third, second), (first, third), (first, first)):
        assert code_of(
            lambda q=question, o=original: actions.repeat(actor=cast.noa, question=q, original=o)
        ) == ("no_original")


def test_obsolete_says_why_and_can_be_undone(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    owner = sign_in(cast.owner)
    address = f"/t/{asked.public_id}/state/"
    assert owner.post(address, {"do": "obsolete", "note": ""}).status_code == 422
    assert owner.post(address, {"do": "obsolete", "note": "AX-20 is out of use."}).status_code == 302
    page = owner.get(asked.get_absolute_url()).content.decode()
    assert "No longer current:" in page and "AX-20 is out of use." in page
    owner.post(address, {"do": "reopen"})
    assert detail(asked).state == "unanswered"


def test_a_refused_sentence_stays_in_the_form(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    answered = make.answer(cast.hiba, asked)
    hiba = sign_in(cast.hiba)
    questions.accept(actor=cast.noa, question=asked, answer=answered)
    sent = hiba.post(f"/t/{asked.public_id}/state/", {"do": "needs_info", "note": "Which rig was it?"})
    assert sent.status_code == 403
    page = sent.content.decode()
    assert "nothing is missing any more" in page


def test_marks_said_twice_leave_one_event(cast):
    asked = make.question(cast.noa, cast.open)
    for _n in range(2):
        actions.ask_back(actor=cast.alex, question=asked, note="Which rig?")
    for _n in range(2):
        actions.reopen(actor=cast.alex, question=asked)
    verbs = Event.objects.filter(verb__in=("asked_back", "reopened")).values_list("verb", flat=True)
    assert sorted(verbs) == ["asked_back", "reopened"]


def test_a_claim_is_seen_by_others_and_ends_by_itself(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    now = timezone.now()
    claims.claim(actor=cast.alex, question=asked, at=now)
    page = sign_in(cast.hiba).get(asked.get_absolute_url()).content.decode()
    assert "is writing an answer, until" in page and "Claim while I write" not in page
    assert code_of(lambda: claims.claim(actor=cast.hiba, question=asked, at=now + 9 * HOUR / 60)) == "claimed"
    later = claims.claim(actor=cast.hiba, question=asked, at=now + 11 * HOUR / 60)
    assert later.claimed_by == cast.hiba


def test_an_answer_or_a_press_ends_the_claim(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    claims.claim(actor=cast.alex, question=asked)
    assert code_of(lambda: claims.release(actor=cast.hiba, question=asked)) == "not_holder"
    sign_in(cast.alex).post(f"/t/{asked.public_id}/state/", {"do": "release"})
    assert detail(asked).claimant() is None
    claims.claim(actor=cast.alex, question=asked)
    make.answer(cast.hiba, asked)
    assert detail(asked).claimant() == cast.alex
    make.answer(cast.alex, asked)
    assert detail(asked).claimant() is None


def test_a_taken_claim_is_answered_with_409_and_a_reason(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    claims.claim(actor=cast.alex, question=asked)
    taken = sign_in(cast.hiba).post(f"/t/{asked.public_id}/state/", {"do": "claim"})
    assert taken.status_code == 409
    assert "Alex Dromi is writing an answer at the moment." in taken.content.decode()


def test_several_answers_can_be_good_and_say_who_thinks_so(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    first, second, third = (make.answer(who, asked) for who in (cast.hiba, cast.alex, cast.owner))
    posting.react(person=cast.hiba, post=second, value=1)
    questions.accept(actor=cast.noa, question=asked, answer=first)
    praise(actor=cast.noa, answer=third, good=True)
    praise(actor=cast.noa, answer=third, good=True)
    assert Event.objects.filter(verb="praised").count() == 1
    page = sign_in(cast.hiba).get(asked.get_absolute_url()).content.decode()
    places = [page.index(f'id="p-{post.public_id}"') for post in (first, third, second)]
    assert places == sorted(places)
    assert 'says <a href="/people/noa/"><bdi>Noa Tiltan</bdi></a>' in page
    assert code_of(lambda: praise(actor=cast.hiba, answer=second, good=True)) == "not_asker"
    assert code_of(lambda: praise(actor=cast.noa, answer=first, good=True)) == "accepted"
    questions.accept(actor=cast.noa, question=asked, answer=third)
    assert "Also a good answer" not in sign_in(cast.hiba).get(asked.get_absolute_url()).content.decode()


def test_later_readers_say_that_it_helped_them_too(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    answered = make.answer(cast.hiba, asked)
    questions.accept(actor=cast.noa, question=asked, answer=answered)
    alex, address = sign_in(cast.alex), f"/t/{asked.public_id}/deed/"
    assert "Did this help?" in alex.get(asked.get_absolute_url()).content.decode()
    for _n in range(2):
        alex.post(address, {"helped": f"{answered.public_id}:1"})
    assert Reaction.objects.filter(kind="helped", post=answered).count() == 1
    assert "Yes · 1" in alex.get(asked.get_absolute_url()).content.decode()
    alex.post(address, {"helped": f"{answered.public_id}:0"})
    assert Reaction.objects.filter(kind="helped").count() == 0
