"""Queues by where questions stand: what is in each, for whom, and at what cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities.questions import actions as questions
from communities.questions.models import QuestionDetail
from communities.queues.kinds import QUEUES
from communities.queues.reading import counts, questions_for
from communities.standing import actions as standing
from communities.standing import claims
from tests.factories import threads as make


@pytest.fixture
def stood(cast):
    """One question for each way to stand, by its title."""
    places = {name: make.question(cast.noa, cast.open, f"It is {name}") for name in ("claimed", *QUEUES)}
    claims.claim(actor=cast.alex, question=places["claimed"])
    make.comment(cast.hiba, places["unanswered"])
    QuestionDetail.objects.filter(post=places["overdue"]).update(due=timezone.now() - timedelta(hours=1))
    standing.ask_back(actor=cast.alex, question=places["needs_info"], note="Which rig?")
    make.answer(cast.alex, places["answered"])
    answered = make.answer(cast.alex, places["solved"])
    questions.accept(actor=cast.noa, question=places["solved"], answer=answered)
    standing.repeat(actor=cast.noa, question=places["duplicate"], original=places["solved"])
    standing.retire(actor=cast.noa, question=places["obsolete"], note="Out of use.")
    return places


WITHIN = {
    "new": ["new"],
    "unanswered": ["claimed", "new", "overdue", "unanswered"],
    "overdue": ["overdue"],
    "needs_info": ["needs_info"],
    "answered": ["answered"],
    "solved": ["solved"],
    "duplicate": ["duplicate"],
    "obsolete": ["obsolete"],
}


@pytest.mark.parametrize("address", ["/c/open-talk/queues/", "/queues/"])
@pytest.mark.parametrize("name", WITHIN)
def test_each_queue_holds_what_its_sentence_says(cast, sign_in, stood, address, name):
    page = sign_in(cast.hiba).get(address, {"queue": name}).content.decode()
    assert str(QUEUES[name].hint) in page
    shown = [other for other, post in stood.items() if f'href="/t/{post.public_id}/"' in page]
    assert sorted(shown) == WITHIN[name]


def test_the_numbers_are_those_of_the_lists(cast, stood):
    found = counts(questions_for(cast.hiba, cast.open), timezone.now())
    assert found == {name: len(titles) for name, titles in WITHIN.items()}


def test_a_claim_can_be_made_from_the_queue(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    hiba = sign_in(cast.hiba)
    page = hiba.get("/c/open-talk/queues/").content.decode()
    assert f'action="/t/{asked.public_id}/state/"' in page
    hiba.post(f"/t/{asked.public_id}/state/", {"do": "claim"})
    page = sign_in(cast.alex).get("/c/open-talk/queues/").content.decode()
    assert "<bdi>Hiba Zeituni</bdi> is writing" in page
    assert f'action="/t/{asked.public_id}/state/"' not in page


def test_nobody_sees_queues_of_a_place_they_do_not_see_into(cast, sign_in):
    asked = make.question(cast.noa, cast.secret, "Zephyr takeover dates?")
    for person in (cast.hiba, cast.outsider, cast.guest, cast.moderator):
        client = sign_in(person)
        assert client.get("/c/merger/queues/").status_code == 404
        assert client.get("/c/merger/promise/").status_code == 404
        page = client.get("/queues/").content.decode()
        assert "Zephyr" not in page and asked.public_id not in page
    assert "Zephyr" in sign_in(cast.alex).get("/queues/").content.decode()


@pytest.mark.parametrize(
    "address", ["/c/open-talk/queues/", "/queues/", "/c/open-talk/promise/", "/c/open-talk/?kind=question"]
)
def test_one_and_three_of_everything_cost_the_same(cast, sign_in, address):
    client = sign_in(cast.alex)
    numbers = []
    for times in (1, 2):
        for n in range(times):
            asked = make.question(cast.noa, cast.open, f"Question {times}{n}", tags=[f"t{n}"])
            claims.claim(actor=cast.hiba, question=asked)
            QuestionDetail.objects.filter(post=asked).update(due=timezone.now() - timedelta(hours=1))
        client.get(address)
        with CaptureQueriesContext(connection) as caught:
            client.get(address)
        numbers.append(len(caught))
    assert numbers[0] == numbers[1]
