"""The desk of rules, the test box and the API, as moderators, managers and others use them."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intranet.content.kinds import PostState
from intranet.people.models import ApiToken
from intranet.rules.models import Rule, RuleSetVersion, Trial
from intranet.runtime.tasks import drain
from tests.factories.knowledge import ask

TYPED = {
    "name": "Secrets",
    "name_he": "סודות",
    "kind": "words",
    "words": "סוד מסחרי",
    "action": "flag",
    "clause": "terms#kind-words",
}


@pytest.fixture
def sign_in():
    def make(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return make


def test_a_moderator_adds_changes_and_switches_off_a_rule(cast, clause, sign_in) -> None:
    desk = sign_in(cast.moderator)
    assert desk.post("/moderation/rules/add/", TYPED | {"do": "save"}).status_code == 302
    rule = Rule.objects.get()
    assert (rule.name, rule.what, rule.space, rule.on) == ("Secrets", "סוד מסחרי", None, True)
    changed = TYPED | {"do": "save", "words": "סוד מסחרי\nסוד מקצועי"}
    assert desk.post(f"/moderation/rules/{rule.pk}/", changed).status_code == 302
    assert desk.post(f"/moderation/rules/{rule.pk}/switch/", {"on": "0"}).status_code == 302
    versions = RuleSetVersion.objects.order_by("number").values_list("number", "change", "before", "after")
    assert list(versions) == [
        (1, "added", {}, versions[0][3]),
        (2, "changed", {"what": "סוד מסחרי"}, {"what": "סוד מסחרי\nסוד מקצועי"}),
        (3, "switched_off", {}, {}),
    ]
    assert RuleSetVersion.objects.first().rules == []
    page = desk.get("/moderation/rules/").content.decode()
    assert "סוד מקצועי" in page
    assert "switched off" in page


def test_a_manager_keeps_the_rules_of_the_own_place_alone(cast, clause, sign_in) -> None:
    owner = sign_in(cast.owner)
    everywhere = owner.post("/moderation/rules/add/", TYPED | {"do": "save"})
    assert everywhere.status_code == 422
    ours = TYPED | {"do": "save", "space": cast.secret.pk}
    assert owner.post("/moderation/rules/add/", ours).status_code == 302
    rule = Rule.objects.get()
    moderator = sign_in(cast.moderator)
    assert "Secrets" not in moderator.get("/moderation/rules/").content.decode()
    assert moderator.get(f"/moderation/rules/{rule.pk}/").status_code == 404
    assert moderator.post(f"/moderation/rules/{rule.pk}/switch/", {"on": "0"}).status_code == 404
    assert sign_in(cast.noa).get("/moderation/rules/").status_code == 403


def test_a_pattern_that_cannot_be_used_says_why_and_keeps_what_was_typed(cast, clause, sign_in) -> None:
    typed = TYPED | {"kind": "pattern", "pattern": r"(?=a)b", "do": "save"}
    answer = sign_in(cast.moderator).post("/moderation/rules/add/", typed)
    assert answer.status_code == 422
    assert "RE2 understands" in answer.content.decode()
    assert "(?=a)b" in answer.content.decode()
    assert not Rule.objects.exists()


def test_the_test_box_shows_what_was_found_and_nothing_that_the_tester_may_not_see(
    cast, clause, sign_in
) -> None:
    ask(cast.noa, cast.open, "שאלה", source="מדובר בסוד המסחרי של הספק, 054-123-4567")
    ask(cast.noa, cast.secret, "Merger", source="סוד מסחרי אחר")
    typed = TYPED | {"do": "try", "text": "שלסוד המסחרי"}
    page = sign_in(cast.moderator).post("/moderation/rules/add/", typed).content.decode()
    assert "<mark>בסוד המסחרי</mark>" in page
    assert "<bdi>שלסוד המסחרי</bdi>" in page
    assert "054-123-4567" not in page
    assert "סוד מסחרי אחר" not in page
    trial = Trial.objects.get()
    assert (trial.count, trial.looked_at) == (1, 1)
    assert not Rule.objects.exists()


def test_a_large_try_is_counted_in_the_background(cast, clause, sign_in, monkeypatch) -> None:
    monkeypatch.setattr("intranet.rules.trying.RULE_TRY_AT_ONCE", 0)
    ask(cast.noa, cast.open, "סוד מסחרי")
    desk = sign_in(cast.moderator)
    page = desk.post("/moderation/rules/add/", TYPED | {"do": "try"}).content.decode()
    trial = Trial.objects.get()
    assert f"/moderation/rules/tries/{trial.pk}/" in page
    drain()
    assert "<mark>סוד מסחרי</mark>" in desk.get(f"/moderation/rules/tries/{trial.pk}/").content.decode()
    assert sign_in(cast.moderator2).get(f"/moderation/rules/tries/{trial.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({"kind": "links", "limit": 1}, 1),
        ({"kind": "newcomer", "limit": 5}, 2),
        ({"kind": "volume", "limit": 1}, 1),
        ({"kind": "disclosure", "what": "interest"}, 2),
        ({"kind": "age", "limit": 1}, 0),
        ({"kind": "words", "what": "plain", "tag": "Oil"}, 1),
        ({"kind": "links", "limit": 1, "newer_than": 5}, 1),
        ({"kind": "personal", "what": "card"}, 0),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else None,
)
def test_every_kind_can_be_tried_by_a_program(cast, facts, count) -> None:
    ask(cast.noa, cast.open, "Plain", source="https://a.example https://b.example", tags=["Oil"])
    ask(cast.noa, cast.open, "Plain again")
    answer = call(cast.moderator, "post", "/api/v1/moderation/rules/try", facts)
    assert (answer.status_code, answer.json()["count"]) == (200, count)


def call(person, method, path, body=None):
    token = ApiToken.issue(person, "tests")
    more = {"data": json.dumps(body), "content_type": "application/json"} if body is not None else {}
    return getattr(Client(), method)(path, headers={"authorization": f"Bearer {token}"}, **more)


def test_programs_of_moderators_read_the_rules(cast, rule) -> None:
    rule("hold")
    answer = call(cast.moderator, "get", "/api/v1/moderation/rules").json()
    assert [(each["name"], each["clause"], each["on"]) for each in answer["items"]] == [
        ("Rule to hold", "terms#kind-words", True)
    ]
    assert answer["version"] == 1
    assert call(cast.noa, "get", "/api/v1/moderation/rules").status_code == 403


def test_a_hinting_rule_adds_its_clause_beside_the_text_and_stops_nothing(cast, rule, sign_in) -> None:
    rule("hint")
    writer = sign_in(cast.alex)
    said = {"community": "open-talk", "title": "", "tags": "", "source": "This is a trade secret of ours"}
    page = writer.post("/policies/hint/", said).content.decode()
    assert "Write as you would speak." in page
    assert "trade secret" in page
    assert writer.post("/policies/hint/", said | {"source": "Plain words"}).content.decode().strip() == ""
    assert ask(cast.alex, cast.open, "Trade secret").state == PostState.PUBLISHED


def test_two_rules_under_one_clause_make_one_line(cast, rule, sign_in) -> None:
    rule("hint")
    rule("hint", name="Cards", kind="personal", what="card")
    said = {"community": "open-talk", "source": "A trade secret on 4111 1111 1111 1111"}
    page = sign_in(cast.alex).post("/policies/hint/", said).content.decode()
    assert page.count("clausehint") == 1
    assert "trade secret" in page
    assert "•••• •••• •••• ••••" in page
    assert "4111" not in page


def test_the_list_asks_the_same_with_one_rule_and_with_three(cast, rule, sign_in) -> None:

    desk = sign_in(cast.moderator)

    def queries() -> int:
        desk.get("/moderation/rules/")
        with CaptureQueriesContext(connection) as seen:
            desk.get("/moderation/rules/")
        return len(seen)

    rule("flag")
    one = queries()
    rule("hold")
    rule("lock")
    assert queries() == one
