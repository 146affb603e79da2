"""The API keeps to its own description, whatever is sent to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from ninja import Schema
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from intranet.people.models import ApiToken
from intranet.wsgi import application
from tests.factories.cast import make_cast

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture
def one_connection(db: None) -> Iterator[None]:
    """Requests of the server's own kind leave the connection of the test open, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def described(one_connection, settings):
    """The description as it is served."""
    settings.KESHER_RATE_LIMITS = False
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)


@pytest.fixture
def token(one_connection: None) -> str:
    return ApiToken.issue(make_cast().alex, "tests")


OURS = {"intranet", "communities", "blogs", "experts", "kms"}
schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
def test_every_route_answers_as_described(case, token):
    case.call_and_validate(headers={"Authorization": f"Bearer {token}"}, checks=CHECKS)


def test_no_two_shapes_have_one_name(described):
    """Of two shapes with one name the description keeps one, and tells of one route what holds for another."""
    found: dict[str, set[str]] = {}
    waiting = [Schema]
    while waiting:
        for shape in waiting.pop().__subclasses__():
            waiting.append(shape)
            found.setdefault(shape.__name__, set()).add(shape.__module__)
    ours = {name: {each for each in modules if each.split(".")[0] in OURS} for name, modules in found.items()}
    assert {name: modules for name, modules in ours.items() if len(modules) > 1} == {}
