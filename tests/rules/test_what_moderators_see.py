"""Why a post waits, how often a rule was wrong, and versions that are made at once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from intranet.moderation import actions as moderation
from intranet.moderation.appeals import fairness
from intranet.moderation.appeals.actions import appeal, decide_appeal
from intranet.moderation.kinds import Outcome
from intranet.moderation.models import Case, Lock
from intranet.rules import actions
from intranet.rules.models import RuleSetVersion
from tests.factories.knowledge import ask


def page(person, address: str) -> str:
    client = Client()
    client.force_login(person)
    return client.get(address).content.decode()


def test_a_held_post_says_by_which_rule_in_the_readers_language(cast, rule) -> None:
    rule("hold", name_he="כלל עצירה")
    post = ask(cast.noa, cast.open, "Gear oil", source="This is a Trade Secret.")
    cast.moderator.language = "he"
    cast.moderator.save()
    for address in ("/moderation/held/", f"/moderation/held/{post.public_id}/"):
        shown = page(cast.moderator, address)
        assert "כלל עצירה" in shown
        assert "<bdi>Trade Secret</bdi>" in shown


def test_a_case_says_which_version_judged_the_post(cast, rule) -> None:
    rule("flag")
    rule("tag", then="Oil", what="heron")
    case = Case.objects.get(post=ask(cast.noa, cast.open, "Trade secret"))
    shown = page(cast.moderator, f"/moderation/case/{case.public_id}/")
    assert (
        "Judged by version 2 of the rules: <bdi>Rule to flag</bdi> <mark><bdi>Trade secret</bdi></mark>"
        in shown
    )


def test_the_rate_of_a_rule_counts_what_came_to_nothing_and_what_fell(cast, clause, rule) -> None:
    rule("flag", name_he="כלל דגל")
    rule("lock", what="heron")
    for title, outcome in (("Trade secret one", Outcome.NO_ACTION), ("Trade secret two", Outcome.HIDE)):
        case = Case.objects.get(post=ask(cast.noa, cast.open, title))
        decision = moderation.decide(
            actor=cast.moderator, case=case, outcome=outcome, clause=clause, note="So it is."
        )
    made = appeal(appellant=cast.noa, against=decision, text="It is a brochure.")
    decide_appeal(actor=cast.moderator2, appeal=made, overturned=True, note="Right.")
    locked = ask(cast.noa, cast.open, "The heron")
    appeal(appellant=cast.noa, against=Lock.objects.get(post=locked), text="It is a bird.")
    rates = [
        (rate.label, rate.decisions, rate.needless, rate.appealed, rate.overturned)
        for rate in fairness.by_rule(cast.moderator2, made.due)
    ]
    assert rates == [("Rule to flag", 2, 1, 1, 1), ("Rule to lock", 1, 0, 1, 0)]
    assert fairness.by_rule(cast.owner, made.due) == fairness.by_rule(cast.moderator2, made.due)
    assert fairness.by_rule(cast.noa, made.due) == []
    assert "Rule to lock" in page(cast.moderator, "/moderation/fairness/")


@pytest.mark.django_db(transaction=True)
def test_changes_at_the_same_moment_are_numbered_without_a_gap(cast, clause) -> None:
    def add(number: int) -> None:
        try:
            actions.add(
                actor=cast.moderator,
                clause=clause,
                name=f"Rule {number}",
                kind="words",
                what=f"heron{number}",
                action="flag",
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(8)))
    sizes = RuleSetVersion.objects.order_by("number").values_list("number", "rules")
    assert [(number, len(rules)) for number, rules in sizes] == [(each, each) for each in range(1, 9)]
