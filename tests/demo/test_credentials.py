"""The demo's passwords work where the demo is allowed, and nowhere else."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from intranet.demo import world
from intranet.demo.credentials import PASSWORD, signing_in
from intranet.people.models import ApiToken, User
from intranet.people.roles import Role

pytestmark = pytest.mark.django_db

DETAILS = {"login": "noa", "password": PASSWORD}


@pytest.fixture
def noa() -> User:
    return User.objects.create_user(
        "noa",
        password=PASSWORD,
        name="Noa Tiltan",
        email="noa@ardon.example",
        roles=[Role.EMPLOYEE],
        is_demo=True,
    )


def _is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@override_settings(DEMO_ALLOWED=True)
def test_a_demo_person_signs_in_where_the_demo_is_allowed(client: Client, noa: User) -> None:
    client.post("/accounts/login/", DETAILS)
    assert _is_signed_in(client)


@pytest.mark.parametrize("name", ["noa", "noa@ardon.example"])
@override_settings(DEMO_ALLOWED=False)
def test_a_demo_person_does_not_sign_in_elsewhere(client: Client, noa: User, name: str) -> None:
    client.post("/accounts/login/", DETAILS | {"login": name})
    assert not _is_signed_in(client)


@override_settings(DEMO_ALLOWED=False)
def test_a_token_of_the_demo_opens_nothing_elsewhere(noa: User) -> None:
    token = ApiToken.issue(noa, "acceptance", "known to all")
    assert ApiToken.person_of(token) is None
    with override_settings(DEMO_ALLOWED=True):
        assert ApiToken.person_of(token) == noa


@override_settings(DEMO_ALLOWED=False)
def test_a_real_person_with_that_password_signs_in_anywhere(client: Client, noa: User) -> None:
    User.objects.filter(pk=noa.pk).update(is_demo=False)
    client.post("/accounts/login/", DETAILS)
    assert _is_signed_in(client)


@pytest.mark.parametrize("command", [["demo", "--load-only"], ["demo"]])
@override_settings(DEMO_ALLOWED=False)
def test_the_demo_is_refused_under_settings_that_do_not_allow_it(command: list[str]) -> None:
    with pytest.raises(CommandError, match="not loaded under these settings"):
        call_command(*command)
    assert world.is_empty()


def test_what_is_printed_names_a_person_for_each_role(noa: User) -> None:
    assert signing_in([noa], PASSWORD) == (
        "Sign in with one of these names and the password  kesher-demo\n"
        "  noa      Noa Tiltan         employee (en)"
    )
