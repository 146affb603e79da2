"""What tests of moving start from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from intranet.content.models import Post
from intranet.people.models import ApiToken
from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and spaces of the tests."""
    return make_cast()


@pytest.fixture
def sign_in() -> Callable[[Any], Client]:
    """`sign_in(person)` gives a browser without scripts in which `person` is signed in."""

    def make(person: Any) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return make


@pytest.fixture
def program() -> Callable[[Any], Client]:
    """`program(person)` gives a client of the API with a token of `person`."""

    def make(person: Any) -> Client:
        return Client(headers={"Authorization": f"Bearer {ApiToken.issue(person, 'tests')}"})

    return make


def outline(root: Post) -> list[tuple[int, str, str, str]]:
    """A thread as `(number, kind, text, text of the parent)`, its root first."""
    posts = Post.objects.filter(root=root).select_related("parent").order_by("number")
    head = Post.objects.get(pk=root.pk)
    assert head.reply_count == len(posts)
    assert {post.space_id for post in posts} <= {head.space_id}
    return [
        (0, head.kind, head.text, ""),
        *((post.number, post.kind, post.text, post.parent.text) for post in posts),
    ]


@pytest.fixture(name="outline")
def _outline() -> Callable[[Post], list]:
    return outline
