"""A question somebody may flag, and a policy to cite."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from intranet.content.models import Post
from intranet.moderation import actions
from intranet.moderation.models import Case, Decision
from intranet.policies.actions import publish_policy
from intranet.policies.models import ClauseVersion
from tests.factories.cast import Cast, make_cast
from tests.factories.knowledge import ask


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def clause(cast: Cast) -> ClauseVersion:
    clauses = [
        {
            "anchor": "kind-words",
            "title_en": "Kind words",
            "text_en": "Write as you would speak.",
            "title_he": "מילים טובות",
            "text_he": "כותבים כמו שמדברים.",
        }
    ]
    version = publish_policy(owner=cast.admin, slug="terms", title="Terms", title_he="תנאים", clauses=clauses)
    return version.clauses.get()


@pytest.fixture
def question(cast: Cast) -> Post:
    return ask(cast.noa, cast.open, "Why is it always him", source="He breaks everything.")


@pytest.fixture
def case(cast: Cast, clause: ClauseVersion, question: Post) -> Case:
    """A case about the question of Noa, opened by a flag of Alex."""
    return actions.flag(reporter=cast.alex, post=question, clause=clause, note="This is about Ferid.").case


@pytest.fixture
def decide(cast: Cast, clause: ClauseVersion, case: Case):
    """`decide(outcome, …)` ends the case in the name of the moderator."""

    def end(outcome: str, **more: Any) -> Decision:
        facts = {"actor": cast.moderator, "case": case, "clause": clause, "note": "Leave him out of it."}
        return actions.decide(outcome=outcome, **(facts | more))

    return end


@pytest.fixture
def sign_in():
    """`sign_in(person)` gives a browser without scripts in which `person` is signed in."""

    def make(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return make
