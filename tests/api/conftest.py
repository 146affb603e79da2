"""What tests of the API start from: the cast, and programs that act for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from intranet.people.models import ApiToken, User
from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and spaces of the tests."""
    return make_cast()


class Program:
    """Sends requests with the token of one person, or with none."""

    def __init__(self, person: User | None) -> None:
        self.client = Client()
        token = ApiToken.issue(person, "tests") if person else ""
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def send(self, method: str, path: str, body: Any = None) -> HttpResponse:
        return self.client.generic(
            method,
            f"/api/v1{path}",
            data=json.dumps(body) if body is not None else "",
            content_type="application/json",
            headers=self.headers,
        )

    def get(self, path: str) -> HttpResponse:
        return self.send("GET", path)

    def post(self, path: str, body: Any) -> HttpResponse:
        return self.send("POST", path, body)

    def put(self, path: str, body: Any) -> HttpResponse:
        return self.send("PUT", path, body)

    def patch(self, path: str, body: Any) -> HttpResponse:
        return self.send("PATCH", path, body)

    def delete(self, path: str) -> HttpResponse:
        return self.send("DELETE", path)


@pytest.fixture
def program() -> Callable[[User | None], Program]:
    """`program(person)` is a program with that person's token."""
    return Program
