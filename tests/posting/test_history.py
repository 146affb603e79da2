"""The history of a post: who wrote which version, what changed, and the way back."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intranet.content.models import Post
from intranet.people.models import ApiToken
from intranet.posting import actions as posting
from intranet.text.changes import changes
from tests.factories import threads as make


@pytest.fixture
def asked(cast) -> Post:
    """A question in three versions, the last by a moderator."""
    post = make.question(cast.alex, cast.open, "Why?", "One coil.\n\nאחרי 40 דקות")
    posting.edit(editor=cast.alex, post=post, source="Two coils.\n\nאחרי 40 דקות", base_revision=1)
    posting.edit(
        editor=cast.owner, post=post, source="Two coils.\n\nאחרי 45 דקות", title="Why so?", base_revision=2
    )
    post.refresh_from_db()
    return post


def test_every_version_has_its_writer(cast, sign_in, asked):
    token = ApiToken.issue(cast.hiba, "tests")
    client = Client(headers={"Authorization": f"Bearer {token}"})
    items = client.get(f"/api/v1/posts/{asked.public_id}/revisions").json()["items"]
    assert [(each["revision"], each["author"]["username"], each["title"]) for each in items] == [
        (3, "owner", "Why so?"),
        (2, "alex", "Why?"),
        (1, "alex", "Why?"),
    ]


def test_what_changed_is_marked_word_by_word_in_the_direction_of_the_line(cast, sign_in, asked):
    page = sign_in(cast.hiba).get(f"/p/{asked.public_id}/history/?old=1&new=3").content.decode()
    assert '<p class="diff__line diff__line--changed" dir="rtl">אחרי <del>' in page
    assert ": </span>40</del><ins>" in page
    assert ": </span>One coil</del><ins>" in page
    assert 'name="old" value="1"' in page and "From version 1 to 3" in page


def test_without_numbers_the_last_edit_is_compared(cast, sign_in, asked):
    page = sign_in(cast.hiba).get(f"/p/{asked.public_id}/history/").content.decode()
    assert "From version 2 to 3" in page
    assert (
        "From version 1 to 3"
        in sign_in(cast.hiba).get(f"/p/{asked.public_id}/history/?old=3&new=1").content.decode()
    )


def test_an_old_version_comes_back_as_a_new_edit(cast, sign_in, asked):
    address = f"/p/{asked.public_id}/history/"
    back = sign_in(cast.alex).post(address, {"restore": "1", "base_revision": "3"})
    assert back.url == asked.get_absolute_url()
    asked.refresh_from_db()
    assert (asked.revision, asked.title, asked.source) == (4, "Why?", "One coil.\n\nאחרי 40 דקות")
    late = sign_in(cast.alex).post(address, {"restore": "2", "base_revision": "3"})
    assert late.status_code == 409
    asked.refresh_from_db()
    assert asked.revision == 4


@pytest.mark.parametrize(
    "sent", [{"restore": "9", "base_revision": "3"}, {"restore": "x", "base_revision": "3"}]
)
def test_a_version_that_is_none_changes_nothing(cast, sign_in, asked, sent):
    assert sign_in(cast.alex).post(f"/p/{asked.public_id}/history/", sent).status_code in (404, 422)
    asked.refresh_from_db()
    assert asked.revision == 3


def test_who_may_not_edit_brings_nothing_back(cast, sign_in, asked):
    address = f"/p/{asked.public_id}/history/"
    hiba = sign_in(cast.hiba)
    assert "Bring back" not in hiba.get(address).content.decode()
    assert hiba.post(address, {"restore": "1", "base_revision": "3"}).status_code == 403
    make.lock(cast.moderator, asked, scope="edits")
    assert sign_in(cast.alex).post(address, {"restore": "1", "base_revision": "3"}).status_code == 403


@pytest.mark.parametrize("who", ["outsider", "guest", "admin"])
def test_the_history_of_a_secret_post_does_not_exist(cast, sign_in, who):
    post = make.question(cast.noa, cast.secret, "Takeover", "Confidential")
    posting.edit(editor=cast.noa, post=post, source="Confidential too", base_revision=1)
    hidden = sign_in(cast.people[who]).get(f"/p/{post.public_id}/history/")
    assert (hidden.status_code, "Confidential" in hidden.content.decode()) == (404, False)


def test_history_costs_the_same_for_few_and_many_versions(cast, sign_in, asked):
    hiba, address = sign_in(cast.hiba), f"/p/{asked.public_id}/history/"
    hiba.get(address)
    with CaptureQueriesContext(connection) as few:
        hiba.get(address)
    for number in range(3, 8):
        posting.edit(editor=cast.alex, post=asked, source=f"Version {number}", base_revision=number)
    with CaptureQueriesContext(connection) as many:
        hiba.get(address)
    assert len(many) == len(few)


def test_a_conflict_shows_what_differs(cast, sign_in, asked):
    sent = {"title": "Why so?", "source": "Two coils.\n\nאחרי 50 דקות", "tags": "", "base_revision": "2"}
    page = sign_in(cast.alex).post(f"/p/{asked.public_id}/edit/", sent).content.decode()
    assert ": </span>45</del><ins>" in page and ": </span>50</ins>" in page


def test_lines_that_came_and_went():
    lines = changes("a\nb\nc", "a\nx y\nc\nd")
    assert [(line.kind, [piece.text for piece in line.pieces]) for line in lines] == [
        ("same", ["a"]),
        ("changed", ["b", "x y"]),
        ("same", ["c"]),
        ("new", ["d"]),
    ]
