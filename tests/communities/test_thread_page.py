"""The page of a thread: what it says, how far it reaches and what it costs."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.questions import actions as questions
from intranet.notify.positions import read_up_to
from tests.factories import threads as make


class Elements(HTMLParser):
    """Counts the elements of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def handle_starttag(self, tag, attrs):
        self.count += 1


def queries(client, address) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        response = client.get(address)
    assert response.status_code == 200
    return [query["sql"] for query in caught.captured_queries]


def ids(page: str) -> list[str]:
    return re.findall(r'id="p-(\w+)"', page)


@pytest.mark.parametrize("posts", [1, 20, 500])
def test_a_thread_costs_eight_queries_whatever_its_length(cast, sign_in, settings, posts):
    settings.KESHER_RATE_LIMITS = False
    root = make.discussion(cast.noa, cast.open)
    for n in range(posts - 1):
        make.reply((cast.noa, cast.alex, cast.hiba)[n % 3], root, f"Reply {n}")
    client = sign_in(cast.alex)
    address = root.get_absolute_url()
    client.get(address)
    assert len(queries(client, address)) <= 8


def test_twenty_posts_fit_into_the_budget_of_a_page(cast, sign_in, settings):
    settings.KESHER_RATE_LIMITS = False
    asked = make.question(
        cast.noa, cast.open, source="After the burn-in it drifts. " * 8, tags=["AX-40", "torque"]
    )
    for n in range(19):
        make.answer(
            (cast.hiba, cast.alex, cast.owner)[n % 3],
            asked,
            f"Answer {n}. " + "Zero it again when warm. " * 6,
        )
    page = sign_in(cast.noa).get(asked.get_absolute_url()).content.decode()
    elements = Elements()
    elements.feed(page)
    assert len(ids(page)) == 20
    assert len(page.encode()) <= 40_000
    assert elements.count <= 800


def test_a_question_stands_with_its_answers_best_first_and_comments_below(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    plain = make.answer(cast.hiba, asked, "Swap the shunt.")
    accepted = make.answer(cast.alex, asked, "Zero it warm.")
    note = make.comment(cast.hiba, accepted, "On rig B as well.")
    questions.accept(actor=cast.noa, question=asked, answer=accepted)
    page = sign_in(cast.hiba).get(asked.get_absolute_url()).content.decode()
    assert ids(page) == [asked.public_id, accepted.public_id, note.public_id, plain.public_id]
    assert 'by <a href="/people/noa/"><bdi>Noa Tiltan</bdi></a>, who asked' in page


def test_the_address_of_a_reply_leads_to_the_page_it_is_on(cast, sign_in, settings):
    settings.KESHER_RATE_LIMITS = False
    root = make.discussion(cast.noa, cast.open)
    replies = [make.reply(cast.alex, root, f"Reply {n}") for n in range(45)]
    client = sign_in(cast.hiba)
    assert (
        replies[44].get_absolute_url()
        == f"/t/{root.public_id}/?at={replies[44].public_id}#p-{replies[44].public_id}"
    )
    for place, page in ((0, 1), (19, 1), (20, 2), (44, 3)):
        text = client.get(replies[place].get_absolute_url()).content.decode()
        assert replies[place].public_id in ids(text)
        assert f"page {page} of 3" in text
    assert ids(client.get(f"/t/{root.public_id}/?page=2").content.decode()) == [
        root.public_id,
        *(reply.public_id for reply in replies[20:40]),
    ]


def weight(page: str) -> tuple[int, int]:
    """Bytes and elements."""
    elements = Elements()
    elements.feed(page)
    return len(page.encode()), elements.count


@pytest.mark.parametrize(
    ("answers", "comments", "shown"), [(19, 10, 0), (9, 20, 20), (4, 47, 25), (1, 188, 10)]
)
def test_a_thread_with_188_comments_fits_into_the_budget_of_a_page(
    cast, sign_in, settings, answers, comments, shown
):
    settings.KESHER_RATE_LIMITS = False
    for somebody in (cast.hiba, cast.owner):
        somebody.language = "he"
        somebody.save()
    asked = make.question(cast.noa, cast.open, source="After the burn-in it drifts. " * 8, tags=["AX-40"])
    hosts = [
        asked,
        *(make.answer(cast.alex, asked, f"Answer {n}. " + "Zero it when warm. " * 5) for n in range(answers)),
    ]
    for n in range(188):
        make.comment(
            cast.hiba, hosts[n % len(hosts)], f"Note {n}: as the drawing of this spring says it should."
        )
    for reader in (cast.noa, cast.hiba, cast.owner):
        page = sign_in(reader).get(asked.get_absolute_url()).content.decode()
        assert len(ids(page)) == 1 + answers + shown
        bytes_, elements = weight(page)
        assert (bytes_ <= 40_000, elements <= 800) == (True, True), (bytes_, elements)


def test_the_first_comment_of_each_post_goes_before_the_second_of_any(cast, sign_in, settings):
    settings.KESHER_RATE_LIMITS = False
    asked = make.question(cast.noa, cast.open)
    answers = [make.answer(cast.alex, asked, f"Answer {n}") for n in range(17)]
    notes = {n: [make.comment(cast.hiba, answers[n], f"Note {n} {m}") for m in range(2)] for n in (0, 1, 2)}
    page = sign_in(cast.hiba).get(asked.get_absolute_url()).content.decode()
    assert [note.public_id in ids(page) for pair in notes.values() for note in pair] == [
        *(True, True),
        *(True, False),
        *(True, False),
    ]
    assert page.count("1 more comment<") == 2


def test_a_fold_is_not_taken_for_read(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    notes = [make.comment(cast.alex, asked, f"Note {n}") for n in range(8)]
    make.answer(cast.alex, asked, "An answer.")
    hiba = sign_in(cast.hiba)
    folded = hiba.get(asked.get_absolute_url()).content.decode()
    assert 'data-folded="6-8"' in folded
    assert f"/inbox/read/{asked.public_id}/?to=5" in folded
    asked.refresh_from_db()
    read_up_to(person=cast.hiba, thread=asked, number=8)
    assert f"/inbox/read/{asked.public_id}/?to=9" in hiba.get(asked.get_absolute_url()).content.decode()
    opened = hiba.get(notes[7].get_absolute_url()).content.decode()
    assert ("data-folded" in opened, f"/inbox/read/{asked.public_id}/?to=9" in opened) == (False, True)


def test_a_fold_opens_on_the_page_of_its_post(cast, sign_in, settings):
    settings.KESHER_RATE_LIMITS = False
    asked = make.question(cast.noa, cast.open)
    answers = [make.answer(cast.alex, asked, f"Answer {n}") for n in range(21)]
    notes = [make.comment(cast.hiba, answers[20], f"Note {n}") for n in range(7)]
    client = sign_in(cast.hiba)
    page = client.get(f"{asked.get_absolute_url()}?comments={answers[20].number}").content.decode()
    assert ids(page) == [asked.public_id, answers[20].public_id, *(note.public_id for note in notes)]


def test_a_long_tail_of_comments_is_one_link_away(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    notes = [make.comment(cast.alex, asked, f"Note {n}") for n in range(8)]
    client = sign_in(cast.hiba)
    short = client.get(asked.get_absolute_url()).content.decode()
    assert ids(short) == [asked.public_id, *(note.public_id for note in notes[:5])]
    assert "3 more comments" in short
    whole = client.get(f"{asked.get_absolute_url()}?comments=0").content.decode()
    assert ids(whole) == [asked.public_id, *(note.public_id for note in notes)]
    assert notes[7].public_id in ids(client.get(notes[7].get_absolute_url()).content.decode())


def test_a_removed_reply_keeps_its_place_without_its_text(cast, sign_in):
    root = make.discussion(cast.noa, cast.open)
    gone = make.reply(cast.alex, root, "Something hasty")
    client = sign_in(cast.alex)
    assert client.post(f"/p/{gone.public_id}/remove/").status_code == 302
    page = sign_in(cast.hiba).get(root.get_absolute_url()).content.decode()
    assert "Something hasty" not in page
    assert "This post was removed." in page
    assert gone.public_id in ids(page)


def test_a_lock_shows_its_clause_and_closes_the_composer(cast, sign_in):
    asked = make.question(cast.noa, cast.open)
    make.lock(cast.moderator, asked)
    page = sign_in(cast.hiba).get(asked.get_absolute_url()).content.decode()
    assert "Prices stay in the Purchasing space." in page
    assert "version 1" in page
    assert "data-composer" not in page
    assert 'name="vote"' not in page


def test_disclosures_and_topics_stand_with_the_post(cast, sign_in):
    asked = make.question(cast.noa, cast.open, tags=["AX-40"], disclosures=["ai_assisted"])
    page = sign_in(cast.hiba).get(asked.get_absolute_url()).content.decode()
    assert "Written with AI help" in page
    assert '<a class="tag" href="/search/?tag=ax-40"><bdi>AX-40</bdi></a>' in page


def test_the_page_reads_in_hebrew(cast, sign_in):
    asked = make.question(cast.alex, cast.open)
    page = sign_in(cast.noa).get(asked.get_absolute_url()).content.decode()
    assert '<html lang="he" dir="rtl">' in page
    assert "<bdi>מפעילים</bdi>" in page
