"""What tests of merging communities start from."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.factories.cast import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The people and spaces of the tests."""
    return make_cast()


@pytest.fixture
def sign_in():
    """`sign_in(person)` gives a browser without scripts in which `person` is signed in."""

    def make(person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return make
