"""What the menu of a post leads to: pinning until a day, how urgent a question is, its history; and the votes beside it."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from communities.pinning.models import Pin
from communities.polls import actions as polls
from communities.questions import actions as questions
from communities.questions.urgency import urgent_left
from intranet.people.models import ApiToken
from tests.factories import threads as make

SCRIPT = {"headers": {"X-Requested-With": "fetch"}}


def menu(client, post) -> str:
    return client.get(f"/p/{post.public_id}/more/", **SCRIPT).content.decode()


def test_a_moderator_pins_a_thread_from_its_menu_until_a_day_and_takes_it_down(cast, sign_in):
    talk = make.discussion(cast.noa, cast.open)
    address, owner = f"/t/{talk.public_id}/pin/", sign_in(cast.owner)
    assert address in menu(owner, talk)
    assert address not in menu(sign_in(cast.noa), talk)
    day = timezone.localdate() + timedelta(days=5)
    assert owner.post(address, {"until": day.isoformat()}).status_code == 302
    assert timezone.localdate(Pin.objects.get(post=talk).until) == day
    assert "Pinned until" in owner.get(talk.get_absolute_url()).content.decode()
    assert f'value="{day.isoformat()}"' in owner.get(address).content.decode()
    assert "Take the pin down" in menu(owner, talk)
    assert owner.post(address, {"unpin": "1"}).status_code == 302
    assert not Pin.objects.exists()


def test_posts_are_arranged_by_those_who_run_the_place_and_answers_by_who_wrote_them(cast, sign_in):
    asked, talk = make.question(cast.noa, cast.open), make.discussion(cast.noa, cast.open)
    posts = [asked, make.answer(cast.alex, asked), talk, make.reply(cast.alex, talk)]

    def arranged_by(person) -> list[bool]:
        client = sign_in(person)
        return [f"/p/{post.public_id}/arrange/" in menu(client, post) for post in posts]

    assert arranged_by(cast.owner) == [True, True, True, True]
    assert arranged_by(cast.noa) == [True, False, True, False]
    assert arranged_by(cast.alex) == [False, True, False, False]
    assert arranged_by(cast.hiba) == [False, False, False, False]


def test_who_does_not_moderate_pins_nothing_and_who_does_not_see_finds_nothing(cast, sign_in):
    talk, hidden = make.discussion(cast.noa, cast.open), make.discussion(cast.noa, cast.secret)
    assert sign_in(cast.noa).get(f"/t/{talk.public_id}/pin/").status_code == 403
    assert sign_in(cast.noa).post(f"/t/{talk.public_id}/pin/").status_code == 403
    assert sign_in(cast.hiba).get(f"/t/{hidden.public_id}/pin/").status_code == 404
    assert not Pin.objects.exists()


def test_an_asker_makes_a_question_urgent_later_and_takes_it_back_without_a_second_count(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    detail = asked.question_detail
    detail.refresh_from_db()
    calm_at, address, noa = detail.speaks_at, f"/t/{asked.public_id}/urgent/", sign_in(cast.noa)
    assert address in menu(noa, asked)
    assert address not in menu(sign_in(cast.alex), asked)
    before = urgent_left(cast.noa)
    assert noa.post(address, {"reason": ""}).status_code == 422
    assert noa.post(address, {"reason": "The line stands"}).status_code == 302
    detail.refresh_from_db()
    assert (detail.is_urgent, detail.urgent_note) == (True, "The line stands")
    assert detail.speaks_at < calm_at
    assert "The line stands" in noa.get(asked.get_absolute_url()).content.decode()
    assert noa.post(address, {"calm": "1"}).status_code == 302
    detail.refresh_from_db()
    assert (detail.is_urgent, detail.speaks_at) == (False, calm_at)
    assert "The line stands" not in noa.get(asked.get_absolute_url()).content.decode()
    assert noa.post(address, {"reason": "It stands again"}).status_code == 302
    assert urgent_left(cast.noa) == before - 1


def test_urgency_is_the_askers_within_the_month_and_while_an_answer_is_missing(cast, sign_in):
    asked = [make.question(cast.noa, cast.open, title=f"Question {n}?") for n in range(4)]
    noa = sign_in(cast.noa)
    answers = [
        noa.post(f"/t/{each.public_id}/urgent/", {"reason": "The line stands"}).status_code
        for each in asked[:3]
    ]
    assert answers == [302, 302, 429]
    assert sign_in(cast.owner).post(f"/t/{asked[3].public_id}/urgent/", {"reason": "x"}).status_code == 403
    make.answer(cast.alex, asked[0])
    assert noa.post(f"/t/{asked[0].public_id}/urgent/", {"reason": "Still"}).status_code == 409


def test_votes_are_a_group_named_after_who_wrote_with_both_arrows_pressed_or_not(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    answer = make.answer(cast.hiba, asked)
    client = sign_in(cast.alex)
    client.post(f"/t/{asked.public_id}/deed/", {"vote": f"{answer.public_id}:1"})
    page = client.get(asked.get_absolute_url()).content.decode()
    groups = re.findall(r'role="group" aria-label="(Votes[^"]*)">(.*?)</div>', page)
    assert [name for name, _buttons in groups] == ["Votes: Noa Tiltan", "Votes: Hiba Zeituni"]
    assert [
        re.findall(r'aria-pressed="(\w+)" aria-labelledby="(\w+)"', inside) for _name, inside in groups
    ] == [
        [("false", "up"), ("false", "down")],
        [("true", "up"), ("false", "down")],
    ]


def test_a_poll_stands_below_the_text_that_opens_its_thread_and_above_the_answers(cast, sign_in):
    talk = make.discussion(cast.noa, cast.open)
    answer = make.reply(cast.alex, talk)
    polls.put(actor=cast.noa, thread=talk, question="When?", options=["Mon", "Tue"])
    page = sign_in(cast.hiba).get(talk.get_absolute_url()).content.decode()
    places = [
        page.index(part) for part in (f'id="p-{talk.public_id}"', 'id="poll"', f'id="p-{answer.public_id}"')
    ]
    assert places == sorted(places)
    inside = page[page.index('<form id="deeds"') :]
    assert inside.index("</form>") < inside.index('<form id="ballot"')


def test_a_changed_post_leads_to_its_history_from_its_menu(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    noa = sign_in(cast.noa)
    assert "/history/" not in menu(noa, asked)
    said = {
        "title": asked.title,
        "source": "Other words.",
        "base_revision": asked.revision,
        "client_token": "x",
    }
    assert noa.post(f"/p/{asked.public_id}/edit/", said).status_code == 302
    assert f"/p/{asked.public_id}/history/" in menu(sign_in(cast.alex), asked)


def test_programs_pin_and_hurry(cast, client):
    asked = make.question(cast.noa, cast.open)

    def put(person, path, body):
        bearer = {"Authorization": f"Bearer {ApiToken.issue(person, path)}"}
        address = f"/api/v1/threads/{asked.public_id}/{path}"
        return client.put(address, body, content_type="application/json", headers=bearer)

    assert put(cast.owner, "pin", {"pinned": True}).json()["pinned"] is True
    assert put(cast.owner, "pin", {"pinned": False}).json()["pinned"] is False
    assert (
        put(cast.noa, "urgent", {"urgent": True, "reason": "The line stands"}).json()["urgent"]
        == "The line stands"
    )
    assert put(cast.noa, "urgent", {"urgent": False}).json()["urgent"] is None
    questions.answer(author=cast.alex, question=asked, source="Zero it.")
    assert put(cast.noa, "urgent", {"urgent": True, "reason": "More"}).status_code == 409
