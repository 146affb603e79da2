"""The API keeps to its own description, whatever is sent to it."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from intranet.people.models import ApiToken
from intranet.wsgi import application
from tests.factories import threads as make
from tests.factories.cast import make_cast


@pytest.fixture
def described(transactional_db, settings):
    """The description as served, with a token and a thread that the paths can name."""
    settings.KESHER_RATE_LIMITS = False
    cast = make_cast()
    make.answer(cast.alex, make.question(cast.noa, cast.open))
    token = ApiToken.issue(cast.alex, "tests")
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    schema.config.update(headers={"Authorization": f"Bearer {token}"})
    return schema
