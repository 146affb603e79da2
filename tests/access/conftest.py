"""The worlds that leaks are looked for in, and the readers who look.

A world is built once for the tests of a module, in a transaction that is rolled back after them. Its readers change
nothing: `walking.take` takes back what each step wrote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import translation

from intranet.people.models import ApiToken, OrgUnit, User
from intranet.policies.actions import publish_policy
from intranet.policies.models import ClauseVersion
from intranet.ui import frame
from tests.access.hidden import Hidden, plant
from tests.factories import threads as make
from tests.factories.cast import Cast, make_cast, person, space

CLAUSE = {"anchor": "prices", "title_en": "Prices", "text_en": "Prices stay in the Purchasing space."}


def make_town() -> Cast:
    """The cast with some life in the open, about the same topics as the secret community.

    `elsewhere` owns another community, and is nobody in the secret one; `newcomer` is nobody anywhere; `passer` will
    have been a member of the secret community for a while, and have done nothing in it.
    """
    cast = make_cast()
    User.objects.filter(pk=cast.owner.pk).update(unit=OrgUnit.objects.create(path="Board", name="Board"))
    cast.owner.refresh_from_db()
    cast.people["elsewhere"] = person("elsewhere", "employee", name="Ella Sade", unit=cast.noa.unit)
    cast.people["newcomer"] = person("newcomer", "employee", name="Nir Golan", unit=cast.noa.unit)
    cast.people["passer"] = person("passer", "employee", name="Paz Raviv", unit=cast.noa.unit)
    space("workshop", owner=cast.people["elsewhere"], name="Workshop")
    asked = make.question(cast.hiba, cast.open, "Why do the seals leak?", "They drip.", tags=["seals"])
    make.answer(cast.alex, asked, "Grease them.")
    make.discussion(cast.noa, cast.request, "Line 3 stands", "Since noon.", tags=["seals"])
    make.discussion(cast.alex, cast.partners, "Which bolts for the pilot?", "M6 or M8?", tags=["seals"])
    return cast


def make_clause(cast: Cast) -> ClauseVersion:
    """A clause everybody can cite."""
    version = publish_policy(
        owner=cast.admin, slug="suppliers", title="Suppliers", clauses=[CLAUSE], audience="everyone"
    )
    return version.clauses.get()


@contextmanager
def for_a_while(attachments: Path) -> Iterator[None]:
    """Whatever is written in here is gone afterwards; nobody is too fast."""
    settings = {"ATTACHMENTS_ROOT": attachments, "KESHER_RATE_LIMITS": False}
    with override_settings(**settings), translation.override("en"), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[Cast]:
    """The town in which nothing is planted yet."""
    with django_db_blocker.unblock(), for_a_while(tmp_path_factory.mktemp("attachments")):
        yield make_town()


@pytest.fixture(scope="module")
def clause(town: Cast) -> ClauseVersion:
    """A clause everybody can cite."""
    return make_clause(town)


@pytest.fixture(scope="module")
def hidden(town: Cast, clause: ClauseVersion) -> Hidden:
    """What is planted in the town."""
    return plant(town, clause)


class Bare(Client):
    """A client that keeps nothing of an answer: no templates, no contexts, no cookies."""

    def request(self, **request: object) -> HttpResponse:
        return self.handler(self._base_environ(**request))


class Reader(Bare):
    """One person, or nobody, by page and by program."""

    def __init__(self, person: User | None) -> None:
        token = {"Authorization": f"Bearer {ApiToken.issue(person, 'walk')}"} if person else {}
        super().__init__()
        self.program = Bare(headers=token)
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


@pytest.fixture(autouse=True)
def frame_asked_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """What the frame tells a person is the same around every page, so in a walk it is asked for once.

    Gives back what makes it be asked for again, as in a world that changed.
    """
    told: dict[tuple[object, ...], object] = {}

    def once(provider: Callable[[User], object]) -> Callable[[User], object]:
        def ask(person: User) -> object:
            key = (provider, person.pk, translation.get_language())
            if key not in told:
                told[key] = provider(person)
            return told[key]

        return ask

    asked = {field: [once(each) for each in providers] for field, providers in frame._providers.items()}
    monkeypatch.setattr(frame, "_providers", asked)

    def forget() -> None:
        told.clear()
        for cache in caches.all():
            cache.clear()

    return forget
