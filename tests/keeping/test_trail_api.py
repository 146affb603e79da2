"""The audit trail for programs: the same entries as on the page, under the same rule."""

import pytest
from django.test import Client

from intranet.activity import readers
from intranet.audit.models import AuditEntry
from intranet.moderation import locks
from intranet.people.models import ApiToken
from tests.factories import threads as make
from tests.factories.cast import make_cast


@pytest.fixture
def cast(db):
    return make_cast()


def program(person) -> Client:
    return Client(headers={"Authorization": f"Bearer {ApiToken.issue(person, 'a program')}"})


@pytest.fixture
def locked(cast):
    """A lock in an open place and one in a place that administrators do not see."""
    shown, closed = make.question(cast.noa, cast.open), make.question(cast.owner, cast.secret)
    locks.lock(actor=cast.moderator, post=shown, clause=make.clause())
    locks.lock(actor=cast.owner, post=closed, clause=make.clause("other"))
    readers.catch_up_all()
    return shown


def test_an_administrator_reads_entries_with_filters_and_pages(cast, locked, monkeypatch) -> None:
    monkeypatch.setattr("intranet.keeping.api.AUDIT_PAGE", 1)
    admin = program(cast.admin)
    first = admin.get("/api/v1/audit", {"what": "", "about": "noa"}).json()
    (entry,) = first["items"]
    assert (entry["deed"], entry["actor"], entry["about"], entry["post"]) == (
        "locked",
        cast.moderator.username,
        "noa",
        locked.public_id,
    )
    everything = admin.get("/api/v1/audit").json()
    assert len(everything["items"]) == 1
    assert admin.get("/api/v1/audit", {"cursor": everything["next"]}).json()["items"] != everything["items"]
    assert AuditEntry.objects.filter(deed="exported", actor=cast.admin.pk).count() == 3


def test_what_the_reader_does_not_see_is_closed(cast, locked) -> None:
    rows = program(cast.admin).get("/api/v1/audit", {"who": cast.owner.username}).json()["items"]
    closed = [row for row in rows if row["deed"] == "locked"]
    assert [(row["closed"], row["community"], row["post"], row["about"], row["facts"]) for row in closed] == [
        (True, None, None, None, {})
    ]


def test_others_are_refused_and_bad_filters_named(cast, locked) -> None:
    for person in (cast.moderator, cast.noa, cast.km):
        assert program(person).get("/api/v1/audit").status_code == 403
    assert Client().get("/api/v1/audit").status_code == 401
    admin = program(cast.admin)
    for wrong in ({"who": "nobody-here"}, {"since": "soon"}, {"what": "x"}, {"community": "no-such"}):
        assert admin.get("/api/v1/audit", wrong).status_code == 422
