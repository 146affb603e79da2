"""The cast, a second administrator, and folders of the test's own."""

from __future__ import annotations

import pytest
from django.test import Client

from intranet.people.roles import Role
from tests.factories.cast import Cast, make_cast, person


@pytest.fixture(autouse=True)
def folders(settings, tmp_path) -> None:
    settings.AUDIT_ROOT = tmp_path / "audit"
    settings.TAKEOUTS_ROOT = tmp_path / "takeouts"
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"


@pytest.fixture
def cast(db: None) -> Cast:
    cast = make_cast()
    cast.people["admin2"] = person("admin2", Role.EMPLOYEE, Role.ADMIN, name="Ada Kedem")
    return cast


@pytest.fixture
def sign_in():
    """`sign_in(person)` gives a browser without scripts in which `person` is signed in."""

    def make(who) -> Client:
        client = Client()
        client.force_login(who)
        return client

    return make
