"""The sign-in details of the demo: the same for everybody, printed once, and worth nothing where they are not allowed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.core.management.base import CommandError

from intranet.people.models import User
from intranet.people.roles import Role

PASSWORD: Final = "kesher-demo"
SHOWN: Final = ("noa", "gilad", "tomer", "michal", "ronit", "ofer", "anan", "tomasz")
"""Whom the demo offers for signing in: one person for each thing there is to try, and two administrators, since holds and
erasures want two."""

TRIES = {
    Role.GUEST: "a guest from a supplier: sees one community",
    Role.ADMIN: "administrator",
    Role.KM: "knowledge manager: the network report",
    Role.MODERATOR: "moderator: the queue of cases",
    Role.POLICY_OWNER: "policy owner",
    Role.EMPLOYEE: "employee",
}
"""What a role is there to try, the rarest first."""
OWNS: Final = "owner of a community"


def refuse_outside_demo() -> None:
    """Raise `CommandError` where an invented world must not be loaded, such as production."""
    if not settings.DEMO_ALLOWED:
        raise CommandError(
            "Invented people, whose passwords are known, are not loaded under these settings. "
            "Use DJANGO_SETTINGS_MODULE=intranet.settings.dev."
        )


def _tries(person: User) -> str:
    held = next((text for role, text in TRIES.items() if role in person.roles), "")
    return OWNS if held == TRIES[Role.EMPLOYEE] and person.charters.exists() else held


def signing_in(people: Sequence[User], password: str) -> str:
    """What is printed: the password and the names to try it with."""
    rows = "\n".join(
        f"  {person.username:<8} {person.name:<18} {_tries(person)} ({person.language})" for person in people
    )
    return f"Sign in with one of these names and the password  {password}\n{rows}"
