"""Following, bookmarks and positions by program."""

import pytest

from intranet.notify.models import Bookmark, Follow
from tests.factories import threads as make


@pytest.fixture
def question(cast):
    question = make.question(cast.noa, cast.open, "Which grease?", "It stops.", tags=["cold"])
    make.answer(cast.alex, question, "The blue one.")
    return question


def test_levels_are_set_and_listed(cast, program, question):
    hiba = program(cast.hiba)
    places = [f"/threads/{question.public_id}", "/communities/open-talk", "/topics/cold", "/people/alex"]
    for place in (*places, places[0]):
        assert hiba.put(f"{place}/follow", {"level": "watching"}).status_code == 200
    listed = hiba.get("/following").json()["items"]
    assert sorted(row["kind"] for row in listed) == ["community", "person", "thread", "topic"]
    hiba.put("/people/alex/follow", {"level": "normal"})
    assert Follow.objects.filter(whom=cast.alex).count() == 0
    assert hiba.put("/people/alex/follow", {"level": "loud"}).status_code == 422
    assert hiba.put("/communities/merger/follow", {"level": "watching"}).status_code == 404


def test_a_bookmark_is_set_listed_and_taken_away(cast, program, question):
    hiba = program(cast.hiba)
    address = f"/posts/{question.public_id}/bookmark"
    said = hiba.put(address, {"note": "Try", "remind_on": "2099-01-03"}).json()
    assert (said["bookmarked"], said["note"], said["remind_on"]) == (True, "Try", "2099-01-03")
    assert [row["id"] for row in hiba.get("/bookmarks").json()["items"]] == [question.public_id]
    assert program(cast.alex).get("/bookmarks").json()["items"] == []
    assert hiba.put(address, {"bookmarked": False}).json()["bookmarked"] is False
    assert Bookmark.objects.count() == 0


def test_a_position_is_set_and_says_what_is_new(cast, program, question):
    hiba = program(cast.hiba)
    address = f"/threads/{question.public_id}/read"
    assert hiba.put(address, {"number": 0}).json() == {"id": question.public_id, "number": 0, "new": 1}
    assert hiba.put(address, {"number": 7}).json() == {"id": question.public_id, "number": 1, "new": 0}
