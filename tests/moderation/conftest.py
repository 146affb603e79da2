"""A question somebody may flag, and a policy to cite."""

import pytest

from intranet.content.models import Post
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
