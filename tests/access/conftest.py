"""The world that leaks are looked for in, and the readers who look."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from intranet.people.models import ApiToken, OrgUnit, User
from intranet.policies.actions import publish_policy
from intranet.policies.models import ClauseVersion
from tests.factories import threads as make
from tests.factories.cast import Cast, make_cast

CLAUSE = {"anchor": "prices", "title_en": "Prices", "text_en": "Prices stay in the Purchasing space."}


@pytest.fixture
def town(db: None, settings, tmp_path) -> Cast:
    """The cast with some life in the open, about the same topics as the secret community."""
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    settings.KESHER_RATE_LIMITS = False
    cast = make_cast()
    User.objects.filter(pk=cast.owner.pk).update(unit=OrgUnit.objects.create(path="Board", name="Board"))
    cast.owner.refresh_from_db()
    asked = make.question(cast.hiba, cast.open, "Why do the seals leak?", "They drip.", tags=["seals"])
    make.answer(cast.alex, asked, "Grease them.")
    make.discussion(cast.noa, cast.request, "Line 3 stands", "Since noon.", tags=["seals"])
    make.discussion(cast.alex, cast.partners, "Which bolts for the pilot?", "M6 or M8?", tags=["seals"])
    return cast


@pytest.fixture
def clause(town: Cast) -> ClauseVersion:
    """A clause everybody can cite."""
    version = publish_policy(
        owner=town.admin, slug="suppliers", title="Suppliers", clauses=[CLAUSE], audience="everyone"
    )
    return version.clauses.get()


class Reader(Client):
    """One person, or nobody, by page and by program."""

    def __init__(self, person: User | None) -> None:
        token = {"Authorization": f"Bearer {ApiToken.issue(person, 'walk')}"} if person else {}
        super().__init__(raise_request_exception=False)
        self.program = Client(raise_request_exception=False, headers=token)
        if person:
            self.force_login(person)

    def through(self, address: str) -> Client:
        """The browser, or the program for addresses of the API."""
        return self.program if address.startswith("/api/v1/") else self


@pytest.fixture
def reader(town: Cast) -> Callable[[str], Reader]:
    """`reader("guest")` reads as that person of the cast; `reader("")` is not signed in."""

    def make_reader(name: str) -> Reader:
        return Reader(town.people[name] if name else None)

    return make_reader
