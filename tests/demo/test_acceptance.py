"""The world that tests from outside rely on."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import TestCase, override_settings

from intranet.content.models import Post
from intranet.demo import acceptance
from intranet.people.models import ApiToken, User

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
PEOPLE = 40


@pytest.fixture
def allowed():
    with override_settings(DEMO_ALLOWED=True):
        yield


def _seed(file: Path, seed: int = 7, people: int = PEOPLE) -> dict:
    call_command("seed_acceptance", seed=seed, people=people, json=file)
    return json.loads(file.read_text(encoding="utf-8"))


@override_settings(DEMO_ALLOWED=True)
class TestTheWorld(TestCase):
    """What the command made, once for all of these."""

    @classmethod
    def setUpTestData(cls) -> None:
        with TemporaryDirectory() as folder:
            cls.made = _seed(Path(folder) / "world.json")

    def test_it_holds_what_the_contract_promises(self) -> None:
        made = self.made
        roles = Counter(role for person in made["people"] for role in person["roles"])
        assert len(made["people"]) == PEOPLE
        assert min(roles[role] for role in ("employee", "moderator", "km", "admin", "guest")) >= 2
        assert [person["username"] for person in made["people"] if person["suspended"]] == ["suspended1"]
        assert Counter(space["visibility"] for space in made["spaces"]) == {
            "open": 2,
            "request": 1,
            "secret": 2,
        }
        assert {post["space"] for post in made["posts"]} >= {space["slug"] for space in made["spaces"]}
        assert {person["language"] for person in made["people"]} == {"en", "he"}
        assert (
            "open-terms"
            in {policy["slug"]: policy["clauses"] for policy in made["policies"]}["writing-at-work"]
        )
        assert Counter(post["kind"] for post in made["posts"])["blog_post"] == 4

    def test_everything_named_is_there(self) -> None:
        made = self.made
        assert {post["id"] for post in made["posts"]} <= set(Post.objects.values_list("public_id", flat=True))
        for space in made["spaces"]:
            held = User.objects.filter(memberships__space__slug=space["slug"])
            assert set(space["members"]) == set(held.values_list("username", flat=True))

    def test_passwords_and_tokens_work(self) -> None:
        person = self.made["people"][0]
        assert self.client.login(username=person["username"], password=person["password"])
        assert ApiToken.person_of(person["token"]).username == person["username"]

    def test_guests_are_members_of_one_place_only(self) -> None:
        made = self.made
        guests = {person["username"] for person in made["people"] if "guest" in person["roles"]}
        assert [space["slug"] for space in made["spaces"] if guests & set(space["members"])] == ["partners"]


def _world_of(seed: int) -> dict:
    """The world of `seed`, described and unmade again."""
    with transaction.atomic():
        described = acceptance.build(seed, people=acceptance.LEAST_PEOPLE, now=NOW).described()
        transaction.set_rollback(True)
    return described


def test_the_same_seed_gives_the_same_world(allowed: None) -> None:
    first = _world_of(7)
    assert _world_of(7) == first
    assert acceptance.token_of(8, "moderator1") != acceptance.token_of(7, "moderator1")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"seed": 1, "people": 3, "json": Path("world.json")}, "at least 40 people"),
        ({"seed": 1, "people": 40, "json": Path("no/such/folder/world.json")}, "its folder does not exist"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_made(
    allowed: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CommandError, match=sentence):
        call_command("seed_acceptance", **options)
    assert not User.objects.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_database_with_people_is_left_alone(allowed: None, tmp_path: Path) -> None:
    User.objects.create_user("noa", name="Noa")
    with pytest.raises(CommandError, match="empty database"):
        call_command("seed_acceptance", seed=1, people=40, json=tmp_path / "world.json")
    assert list(User.objects.values_list("username", flat=True)) == ["noa"]


def test_it_is_refused_where_the_demo_is_not_allowed(tmp_path: Path) -> None:
    with (
        override_settings(DEMO_ALLOWED=False),
        pytest.raises(CommandError, match="not loaded under these settings"),
    ):
        call_command("seed_acceptance", seed=1, people=40, json=tmp_path / "world.json")
    assert not User.objects.exists()
