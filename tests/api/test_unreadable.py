"""A body that is not JSON gets one answer on every route that takes one, and the description says so."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from intranet.api import api
from intranet.people.models import ApiToken
from tests.factories.cast import make_cast


@pytest.mark.django_db
def test_every_route_that_takes_json_says_when_it_is_none():
    client = Client(headers={"Authorization": f"Bearer {ApiToken.issue(make_cast().alex, 'tests')}"})
    answers, described = {}, set()
    for path, operations in api.get_openapi_schema()["paths"].items():
        for method, operation in operations.items():
            if "application/json" not in operation.get("requestBody", {}).get("content", {}):
                continue
            if operation["responses"].keys() >= {400, 413}:
                described.add((method, path))
            sent = client.generic(method, re.sub(r"{[^}]*}", "1", path), "{", content_type="application/json")
            answers[method, path] = (sent.status_code, sent.json()["error"]["code"])
    assert len(answers) > 40
    assert described == answers.keys()
    assert set(answers.values()) == {(400, "bad_request")}
