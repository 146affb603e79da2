"""The finder ranks people by evidence that its reader may see, and says why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from experts.evidence.actions import endorse, judge
from experts.evidence.models import Evidence
from experts.finder.find import find
from experts.profiles.models import Profile
from intranet.content.models import Tag
from intranet.posting.actions import react, remove
from tests.factories.cast import Cast, make_cast
from tests.factories.knowledge import answer, ask, catch_up, solved

NOW = timezone.now()


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()


def found(reader, question: str) -> list[str]:
    catch_up()
    return [expert.person.username for expert in find(reader, question)]


def why(reader, question: str) -> str:
    catch_up()
    return find(reader, question)[0].candidate.why


def test_more_and_fresher_evidence_ranks_higher(cast):
    for number in range(3):
        solved(cast.noa, cast.alex, cast.open, f"Bearing noise {number}")
    solved(cast.noa, cast.hiba, cast.open, "Bearing noise in the field")
    solved(cast.noa, cast.owner, cast.open, "Bearing noise long ago", at=NOW - timedelta(days=3 * 365))
    assert found(cast.outsider, "bearing noise") == ["alex", "hiba", "owner"]


def test_a_person_whose_lines_are_about_something_else_is_not_found(cast):
    solved(cast.noa, cast.alex, cast.open, "Bearing noise")
    solved(cast.noa, cast.hiba, cast.open, "Holiday calendar")
    assert found(cast.outsider, "bearing") == ["alex"]
    assert found(cast.outsider, "gearbox") == []
    assert found(cast.outsider, "the of and") == []


def test_words_meet_topics_and_texts_in_both_languages(cast):
    Tag.objects.create(slug="seals", name="Seals", name_he="אטמים")
    solved(cast.noa, cast.alex, cast.open, "למה השמן דולף?", tags=["Seals"])
    for question in ("seal", "האטמים", "דליפת השמן", "oil seals for dust"):
        assert found(cast.outsider, question) == ["alex"], question


def test_why_counts_what_is_behind_the_rank(cast):
    for number in range(3):
        solved(cast.noa, cast.alex, cast.open, f"Drift {number}", tags=["Current loop"])
    solved(cast.noa, cast.alex, cast.open, "Drift", tags=["Current loop"], at=NOW - timedelta(days=90))
    endorse(actor=cast.hiba, person=cast.alex, topic="current loop")
    endorse(actor=cast.noa, person=cast.alex, topic="current loop")
    react(
        person=cast.noa,
        post=answer(cast.alex, ask(cast.noa, cast.open, "Loop", tags=["Current loop"])),
        value=1,
    )
    assert why(cast.outsider, "current loop") == (
        "4 accepted answers on Current loop, 3 of them in the last month; "
        "endorsed by 2 people, 1 from another unit; marked as useful 1× on 1 post"
    )


def test_why_names_a_topic_only_when_all_accepted_answers_are_on_it(cast):
    solved(cast.noa, cast.alex, cast.open, "Loop drift", tags=["Loop"])
    solved(cast.noa, cast.alex, cast.open, "Another loop", tags=["Belts"])
    assert why(cast.outsider, "loop").startswith("2 accepted answers, 2 of them in the last month")


def test_a_word_that_everybody_uses_makes_nobody_an_expert(cast):
    for number in range(4):
        solved(cast.noa, cast.hiba, cast.open, f"Motor question {number}")
    solved(cast.noa, cast.alex, cast.open, "Motor encoder glitch")
    assert found(cast.outsider, "motor encoder glitch") == ["alex"]


def test_why_says_when_nothing_is_new(cast):
    solved(cast.noa, cast.alex, cast.open, "Drift", at=NOW - timedelta(days=400))
    month = (NOW - timedelta(days=400)).strftime("%B %Y")
    assert why(cast.outsider, "drift") == f"1 accepted answer; nothing since {month}, so it counts less"


def test_who_is_away_or_full_stands_lower_but_is_still_found(cast):
    solved(cast.noa, cast.alex, cast.open, "Drift")
    solved(cast.noa, cast.owner, cast.open, "Drift again", at=NOW - timedelta(days=2))
    assert found(cast.moderator, "drift") == ["alex", "owner"]
    profile = Profile.objects.create(person=cast.alex, paused=True)
    assert found(cast.moderator, "drift") == ["owner", "alex"]
    profile.paused, profile.weekly_cap = False, 1
    profile.save()
    assert found(cast.moderator, "drift") == ["owner", "alex"]
    assert [(each.candidate.used, each.candidate.cap) for each in find(cast.moderator, "drift")] == [
        (1, 5),
        (1, 1),
    ]


def test_somebody_from_another_unit_gets_a_little_extra(cast):
    solved(cast.noa, cast.alex, cast.open, "Drift")
    solved(cast.noa, cast.hiba, cast.open, "Drift again")
    assert found(cast.moderator, "drift") == ["hiba", "alex"]
    assert found(cast.moderator2, "drift") == ["alex", "hiba"]


def test_hidden_and_contested_lines_count_for_nobody(cast):
    solved(cast.noa, cast.alex, cast.open, "Drift")
    catch_up()
    judge(actor=cast.alex, line=Evidence.objects.get(), state="hidden")
    assert found(cast.outsider, "drift") == found(cast.alex, "drift") == []


def test_a_removed_answer_counts_no_more(cast):
    made = solved(cast.noa, cast.alex, cast.open, "Drift")
    remove(actor=cast.alex, post=made)
    assert found(cast.outsider, "drift") == found(cast.alex, "drift") == found(cast.moderator, "drift") == []


def test_people_who_left_are_not_found_and_those_of_an_imported_site_are(cast):
    solved(cast.noa, cast.alex, cast.open, "Drift")
    solved(cast.noa, cast.hiba, cast.open, "Drift too")
    type(cast.alex).objects.filter(pk=cast.alex.pk).update(is_active=False)
    type(cast.hiba).objects.filter(pk=cast.hiba.pk).update(
        is_active=False, attribution="Wrote this elsewhere"
    )
    assert found(cast.outsider, "drift") == ["hiba"]


@pytest.mark.parametrize("reader", ["outsider", "former", "hiba", "guest", "admin", "moderator", "km"])
def test_evidence_from_a_secret_space_does_not_exist_for_outsiders(cast, reader):
    for number in range(3):
        solved(cast.noa, cast.alex, cast.secret, f"Zephyr merger step {number}", tags=["Zephyr"])
    solved(cast.noa, cast.hiba, cast.open, "Merger of two bearings")
    someone = getattr(cast, reader)
    assert found(someone, "zephyr") == []
    names = found(someone, "merger")
    assert "alex" not in names
    assert [each.candidate.used for each in find(someone, "merger") if each.person == cast.alex] == []
    assert found(cast.noa, "zephyr") == ["alex"]


def test_secret_answers_change_neither_rank_nor_counts_nor_words_for_outsiders(cast):
    solved(cast.noa, cast.alex, cast.open, "Drift of AX-40", tags=["AX-40"])
    catch_up()
    before = [
        (each.score, each.candidate.why, each.candidate.used, len(each.lines))
        for each in find(cast.hiba, "drift")
    ]
    solved(cast.noa, cast.alex, cast.secret, "Drift of the secret AX-90", tags=["AX-90"])
    catch_up()
    after = [
        (each.score, each.candidate.why, each.candidate.used, len(each.lines))
        for each in find(cast.hiba, "drift")
    ]
    assert [row[1:] for row in after] == [row[1:] for row in before]
    assert [len(each.lines) for each in find(cast.noa, "drift")] == [2]


def test_a_guest_finds_fellow_members_only_and_hears_of_no_stranger(cast):
    solved(cast.noa, cast.alex, cast.partners, "Drift at the partner")
    solved(cast.noa, cast.hiba, cast.open, "Drift inside")
    endorse(actor=cast.hiba, person=cast.alex, topic="drift")
    endorse(actor=cast.noa, person=cast.alex, topic="drift")
    assert found(cast.guest, "drift") == ["alex"]
    assert why(cast.guest, "drift") == "1 accepted answer; endorsed by 1 person"


def test_words_are_said_in_hebrew(cast):
    solved(cast.noa, cast.alex, cast.open, "Drift")
    with translation.override("he"):
        assert why(cast.outsider, "drift").startswith("תשובה אחת שהתקבלה")


@pytest.mark.parametrize("people", [1, 3])
def test_the_number_of_queries_does_not_grow(cast, people):
    for person in [cast.alex, cast.hiba, cast.owner][:people]:
        for number in range(people):
            solved(cast.noa, person, cast.open, f"Drift {number}", tags=["AX-40"])
        endorse(actor=cast.noa, person=person, topic="drift")
        Profile.objects.create(person=person, cover=cast.noa)
    catch_up()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(find(cast.outsider, "drift of AX-40")) == people
    assert len(queries) == 6
