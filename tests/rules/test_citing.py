"""A rule among what cites a clause: listed, marked and queued when the clause changes, done once it rests on the new one."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from intranet.activity.models import Event
from intranet.people.models import ApiToken
from intranet.policies.actions import publish_policy
from intranet.policies.citing.models import StaleCitation
from intranet.policies.models import PolicyVersion
from intranet.rules import actions

CLAUSE = {"anchor": "kind-words", "title_en": "Kind words", "text_en": "Write as if you stood face to face."}


@pytest.fixture
def change(cast, clause):
    """`change("new text")` publishes the clause anew and gives it back."""

    def publish(text: str):
        clauses = [CLAUSE | {"text_en": text}]
        return publish_policy(owner=cast.admin, slug="terms", title="Terms", clauses=clauses).clauses.get()

    return publish


def page(person, address: str) -> BeautifulSoup:
    client = Client()
    client.force_login(person)
    return BeautifulSoup(client.get(address).content, "html.parser")


def cited_for(person) -> list[str]:
    found = page(person, "/policies/terms/?view=cited").select("#c-kind-words .item__title")
    return [title.get_text(strip=True) for title in found]


def waiting(cast) -> list[str]:
    return [
        row.get_text(strip=True)
        for row in page(cast.admin, "/policies/care/citations/").select("h2.item__title")
    ]


def test_a_rule_is_listed_where_its_clause_is_cited_for_moderators_of_its_place_alone(
    cast, clause, rule
) -> None:
    rule("flag", name="Everywhere")
    actions.add(
        actor=cast.owner,
        clause=clause,
        space=cast.secret,
        name="Secret",
        kind="words",
        what="plan",
        action="flag",
    )
    assert {who: sorted(cited_for(getattr(cast, who))) for who in ("alex", "moderator", "owner")} == {
        "alex": [],
        "moderator": ["Everywhere"],
        "owner": ["Everywhere", "Secret"],
    }


def test_a_changed_clause_marks_its_rules_and_queues_those_that_are_on(cast, clause, rule, change) -> None:
    rule("flag", name="On")
    actions.switch(actor=cast.moderator, rule=rule("hold", name="Off"), on=False)
    change("Write as if you stood face to face.")
    assert waiting(cast) == ["On"]
    desk = page(cast.moderator, "/moderation/rules/").get_text()
    assert desk.count("Reads otherwise since version 2") == 2
    change("Write as if you stood in the same room.")
    assert waiting(cast) == ["On"], "a second change waits in the place of the first"


def test_a_rule_is_done_once_it_is_saved_under_the_words_that_hold(cast, clause, rule, change) -> None:
    one = rule("flag", name="One")
    change("Write as if you stood face to face.")
    client = Client()
    client.force_login(cast.admin)
    row = StaleCitation.objects.get()
    client.post(reverse("policies:settle", args=[row.pk]), {"outcome": "reconsider"})
    told = Event.objects.get(verb="rule_clause_changed")
    assert (told.about, told.data["ref"]) == (cast.moderator, one.pk)
    client.force_login(cast.moderator)
    typed = {
        "name": "One",
        "kind": "words",
        "words": one.what,
        "action": "flag",
        "clause": "terms#kind-words",
    }
    client.post(f"/moderation/rules/{one.pk}/", typed | {"do": "save"})
    one.refresh_from_db()
    assert one.clause.version == PolicyVersion.objects.get(number=2)
    assert "Reads otherwise" not in page(cast.moderator, "/moderation/rules/").get_text()


def test_what_binds_nobody_any_more_leaves_the_queue(cast, clause, rule, change) -> None:
    one, two = rule("flag", name="One"), rule("flag", name="Two")
    now = change("Write as if you stood face to face.")
    assert sorted(waiting(cast)) == ["One", "Two"]
    actions.switch(actor=cast.moderator, rule=one, on=False)
    actions.change(actor=cast.moderator, rule=two, clause=now)
    assert waiting(cast) == []


def test_a_rule_of_a_secret_place_is_not_named_to_owners_who_do_not_moderate_there(
    cast, clause, change
) -> None:
    actions.add(
        actor=cast.owner,
        clause=clause,
        space=cast.secret,
        name="Secret",
        kind="words",
        what="plan",
        action="flag",
    )
    change("Write as if you stood face to face.")
    assert waiting(cast) == ["In a place or a case that you do not see"]


def test_programs_read_where_a_clause_is_cited_as_far_as_their_owner_sees(cast, clause, rule) -> None:
    rule("flag", name="Everywhere")

    def read(person) -> list[dict]:
        token = ApiToken.issue(person, "reads")
        answer = Client().get(
            "/api/v1/policies/terms/citations", headers={"authorization": f"Bearer {token}"}
        )
        keys = ("clause", "kind", "about", "version", "stands")
        return [{key: row[key] for key in keys} for row in answer.json()["items"]]

    assert read(cast.alex) == []
    assert read(cast.moderator) == [
        {"clause": "terms#kind-words", "kind": "rule", "about": "Everywhere", "version": 1, "stands": True}
    ]
