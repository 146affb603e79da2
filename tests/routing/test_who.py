"""Who will be asked: somebody who knows, is here, has room, and may read the question."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from communities.questions.actions import ask
from experts.finder.find import find
from experts.profiles.models import Profile
from intranet.activity import readers
from intranet.notify.models import Notification
from intranet.routing.candidates import Asked, who
from tests.factories.cast import Cast, make_cast
from tests.factories.knowledge import catch_up, solved


@pytest.fixture
def cast(db) -> Cast:
    made = make_cast()
    for person in (made.alex, made.hiba, made.owner):
        solved(made.noa, person, made.open, "Drift of the torque", tags=["AX-40"])
    catch_up()
    return made


def asked(cast: Cast, space=None, reader=None, **question) -> list[str]:
    question = {"title": "torque drift"} | question
    return [each.person.username for each in who(Asked(reader=reader or cast.noa, space=space, **question))]


def test_another_unit_comes_first_among_equals(cast):
    assert asked(cast)[0] == "hiba"
    assert set(asked(cast)) == {"hiba", "alex", "owner"}


def test_topics_count_as_words_do(cast):
    assert set(asked(cast, title="", topics=("AX-40",))) == {"hiba", "alex", "owner"}
    assert asked(cast, title="holiday calendar") == []


def test_the_asker_is_not_asked(cast):
    assert "hiba" not in asked(cast, reader=cast.hiba)


@pytest.mark.parametrize("says", [{"paused": True}, {"weekly_cap": 1}, {"weekly_cap": 0}])
def test_who_is_away_or_full_is_not_asked(cast, says):
    Profile.objects.create(person=cast.hiba, **says)
    assert set(asked(cast)) == {"alex", "owner"}


def test_only_people_who_may_read_the_question_are_asked(cast):
    assert set(asked(cast, space=cast.secret)) == {"alex", "owner"}
    assert set(asked(cast, space=cast.request)) == {"alex", "owner"}
    assert set(asked(cast, space=cast.open)) == {"hiba", "alex", "owner"}


def test_who_is_shown_before_is_asked_and_told_after(cast):
    said = asked(cast, space=cast.open)
    question = ask(author=cast.noa, space=cast.open, title="torque drift").post
    readers.catch_up(readers.reader_named("notifications"))
    told = Notification.objects.filter(event__verb="asked_of", event__post=question)
    assert sorted(told.values_list("recipient__username", flat=True)) == sorted(said)


def test_being_asked_counts_as_load(cast):
    for number in range(4):
        ask(author=cast.noa, space=cast.open, title=f"torque drift {number}")
    load = {each.person.username: each.candidate.used for each in find(cast.noa, "torque drift")}
    assert load["hiba"] == 5
    assert "hiba" not in asked(cast)


@pytest.mark.parametrize("lines", [1, 3])
def test_the_number_of_queries_does_not_grow(cast, lines):
    for number in range(lines):
        solved(cast.noa, cast.moderator, cast.open, f"Torque drift {number}")
    catch_up()
    with CaptureQueriesContext(connection) as queries:
        who(Asked(reader=cast.noa, title="torque drift", space=cast.open))
    assert len(queries) == 6
