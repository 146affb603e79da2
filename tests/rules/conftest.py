"""People who write, a clause to cite, and a way to add a rule in one line."""

from __future__ import annotations

from typing import Any

import pytest

from intranet.policies.actions import publish_policy
from intranet.policies.models import ClauseVersion
from intranet.rules import actions
from intranet.rules.models import Rule
from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()


@pytest.fixture
def clause(cast: Cast) -> ClauseVersion:
    said = {
        "anchor": "kind-words",
        "title_en": "Kind words",
        "text_en": "Write as you would speak.",
        "title_he": "מילים טובות",
        "text_he": "כותבים כמו שמדברים.",
    }
    version = publish_policy(owner=cast.admin, slug="terms", title="Terms", title_he="תנאים", clauses=[said])
    return version.clauses.get()


@pytest.fixture
def rule(cast: Cast, clause: ClauseVersion):
    """`rule(action, kind="words", what="סוד מסחרי\\ntrade secret", …)` adds a rule, by the moderator."""

    def make(action: str, **more: Any) -> Rule:
        facts = {"name": f"Rule to {action}", "kind": "words", "what": "סוד מסחרי\ntrade secret"}
        return actions.add(actor=cast.moderator, clause=clause, action=action, **(facts | more))

    return make
