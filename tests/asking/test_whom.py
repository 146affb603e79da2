"""Whom a question is put to, how urgent it is, ready answers, and "did this help?"."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from communities.canned.actions import save_canned
from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from communities.questions.urgency import urgent_left
from communities.roles.models import Expertise
from intranet.access.verdict import Refused
from intranet.activity.models import Event
from intranet.content.models import Membership, Reaction, Tag
from tests.factories import threads as make

SUNDAY = datetime(2026, 11, 22, 10, tzinfo=ZoneInfo("Asia/Jerusalem"))


def asked_of(question) -> list[str]:
    return sorted(
        Event.objects.filter(verb="asked_of", post=question).values_list("about__username", flat=True)
    )


def code_of(deed) -> str:
    with pytest.raises(Refused) as refusal:
        deed()
    return refusal.value.verdict.code


def make_expert(person, space):
    tag = Tag.objects.get_or_create(name="drift", slug="drift")[0]
    Expertise.objects.create(space=space, person=person, tag=tag, outcome="accepted")
    Membership.objects.update_or_create(space=space, person=person, defaults={"role": "expert"})
    person.__dict__.pop("space_roles", None)


def test_a_person_a_unit_and_the_experts_are_asked(cast):
    make_expert(cast.alex, cast.open)
    assert asked_of(make.question(cast.noa, cast.open, to="@hiba")) == ["hiba"]
    assert asked_of(make.question(cast.noa, cast.open, to="experts")) == ["alex"]
    field = asked_of(make.question(cast.noa, cast.open, to="@u/service-field"))
    assert len(field) == 3
    assert "noa" not in field


def test_nobody_is_asked_who_does_not_read_there(cast):
    assert code_of(lambda: make.question(cast.owner, cast.secret, to="@outsider")) == "bad_addressee"
    assert code_of(lambda: make.question(cast.noa, cast.open, to="@nobody")) == "bad_addressee"
    assert code_of(lambda: make.question(cast.noa, cast.open, to="experts")) == "bad_addressee"
    make.question(cast.owner, cast.secret, to="@u/service-field")
    readers = set(cast.secret.memberships.values_list("person__username", flat=True))
    assert set(Event.objects.filter(verb="asked_of").values_list("about__username", flat=True)) <= readers


def test_an_anonymous_asker_is_never_asked_themselves(cast):
    cast.open.charter.anonymous_allowed = True
    cast.open.charter.save()
    make_expert(cast.noa, cast.open)
    make_expert(cast.alex, cast.open)
    question = make.question(cast.noa, cast.open, to="experts", anonymous=True)
    assert asked_of(question) == ["alex"]


def test_the_card_says_who_is_asked_before_a_word_is_typed(cast, sign_in):
    make_expert(cast.alex, cast.open)
    cast.noa.language = "en"
    cast.noa.save()
    noa = sign_in(cast.noa)
    assert "Alex Dromi" in noa.get(f"/c/{cast.open.slug}/ask/").content.decode()
    assert "Hiba Zeituni" in noa.get(f"/c/{cast.open.slug}/asked/?to=name&name=@hiba").content.decode()
    assert "Nobody of that name" in noa.get(f"/c/{cast.open.slug}/asked/?to=name&name=@zz").content.decode()
    assert sign_in(cast.outsider).get(f"/c/{cast.secret.slug}/asked/").status_code == 404


def test_urgent_speaks_earlier_and_is_scarce(cast):
    plain = make.question(cast.noa, cast.open, at=SUNDAY)
    hurried = make.question(cast.noa, cast.open, urgent="The line stands", at=SUNDAY)
    details = [QuestionDetail.objects.get(post=post) for post in (plain, hurried)]
    assert [detail.due for detail in details] == [SUNDAY + timedelta(days=1)] * 2
    assert [detail.speaks_at - SUNDAY for detail in details] == [timedelta(hours=12), timedelta(hours=6)]
    assert urgent_left(cast.noa, SUNDAY) == 1
    make.question(cast.noa, cast.open, urgent="Again", at=SUNDAY)
    assert code_of(lambda: make.question(cast.noa, cast.open, urgent="Third", at=SUNDAY)) == "quota"
    assert urgent_left(cast.noa, SUNDAY + timedelta(days=20)) == 2


def test_asking_by_the_form(cast, sign_in):
    said = {
        "title": "Why does it drift?",
        "source": "Cold.",
        "to": "name",
        "name": "@hiba",
        "urgent": "Line stands",
        "client_token": "form-one-0123456789",
    }
    answer = sign_in(cast.noa).post(f"/c/{cast.open.slug}/ask/", said)
    assert answer.status_code == 302
    page = sign_in(cast.alex).get(answer["Location"]).content.decode()
    assert "Line stands" in page
    refused = sign_in(cast.noa).post(
        f"/c/{cast.open.slug}/ask/", said | {"name": "@zz", "client_token": "form-two-0123456789"}
    )
    assert (refused.status_code, "Why does it drift?" in refused.content.decode()) == (422, True)


def test_ready_answers_are_written_by_experts_and_put_into_an_answer(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    assert (
        code_of(lambda: save_canned(actor=cast.noa, space=cast.open, name="Zero", body="Zero it warm."))
        == "not_expert"
    )
    make_expert(cast.alex, cast.open)
    alex = sign_in(cast.alex)
    assert (
        alex.post(
            f"/c/{cast.open.slug}/ready-answers/", {"name": "Zero", "body": "Zero it **warm**."}
        ).status_code
        == 302
    )
    assert "Zero it warm.</p>" in alex.get(f"/c/{cast.open.slug}/ready-answers/").content.decode()
    page = alex.get(f"/t/{asked.public_id}/").content.decode()
    row = cast.open.canned.get()
    assert f"?ready={row.pk}#h-reply" in page
    assert (
        "Zero it **warm**."
        in alex.get(f"/t/{asked.public_id}/?ready={row.pk}").context["composer"].form["source"].value()
    )
    assert "Zero it" not in sign_in(cast.noa).get(f"/t/{asked.public_id}/").content.decode()


def test_did_this_help_is_yes_or_no_and_one_for_each(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    answered = make.answer(cast.alex, asked)
    questions.accept(actor=cast.noa, question=asked, answer=answered)
    hiba, address = sign_in(cast.hiba), f"/t/{asked.public_id}/deed/"
    for value in ("1", "-1", "-1"):
        hiba.post(address, {"helped": f"{answered.public_id}:{value}"})
    assert list(Reaction.objects.filter(kind="helped").values_list("person__username", "value")) == [
        ("hiba", -1)
    ]
    page = hiba.get(f"/t/{asked.public_id}/").content.decode()
    assert "No · 1" in page
    hiba.post(address, {"helped": f"{answered.public_id}:0"})
    assert Reaction.objects.filter(kind="helped").count() == 0
