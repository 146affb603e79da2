"""The trail on a page and as a table: filters, paging, and what a reader may know."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intranet.audit import trail
from intranet.audit.models import AuditEntry
from tests.factories.knowledge import ask

PAGE = "/moderation/audit/"


@pytest.fixture
def entries(cast) -> None:
    trail.write("takeout_requested", cast.admin, about=cast.noa, reason="by letter")
    trail.write("hold_requested", cast.admin2, space=cast.secret, reason="Project Birch")
    trail.write("hold_requested", cast.admin2, post=ask(cast.noa, cast.secret, "Whom do we buy"))


def test_only_administrators_read_it(cast, entries, sign_in):
    assert sign_in(cast.admin).get(PAGE).status_code == 200
    for person in (cast.moderator, cast.km, cast.noa, cast.guest):
        assert sign_in(person).get(PAGE).status_code == 403


def test_secret_places_stay_without_a_name(cast, entries, sign_in):
    for address in (PAGE, f"{PAGE}export.csv"):
        answer = sign_in(cast.admin).get(address)
        body = (b"".join(answer) if answer.streaming else answer.content).decode()
        assert "A legal hold was asked for" in body
        assert [word for word in ("Merger", "merger", "Birch", "Whom do we buy") if word in body] == []


def test_filters_find(cast, entries, sign_in):
    client = sign_in(cast.admin)

    def shown(**query) -> list[str]:
        return sorted({line.entry.deed for line in client.get(PAGE, query).context["lines"]})

    assert shown(about="noa", what="keeping") == ["takeout_requested"]
    assert shown(who="admin2") == ["hold_requested"]
    assert shown(what="decisions") == []
    assert shown(until=(timezone.now() - timedelta(days=2)).date().isoformat()) == []
    assert client.get(PAGE, {"who": "nobody-here"}).status_code == 422
    assert client.get(PAGE, {"space": "merger"}).status_code == 422


def test_pages_cost_the_same_however_many_entries(cast, sign_in):
    client = sign_in(cast.admin)
    AuditEntry.objects.order_by("pk").first()
    counts = []
    for _round in range(2):
        trail.write("takeout_requested", cast.admin, about=cast.noa, space=cast.open)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(PAGE, {"what": "keeping"})
        counts.append(len(queries))
        for person in (cast.alex, cast.hiba):
            trail.write("takeout_requested", person, about=person, space=cast.partners)
    assert counts[0] == counts[1]


def test_older_entries_are_behind_the_link(cast, sign_in, monkeypatch):
    monkeypatch.setattr("intranet.keeping.audit_views.AUDIT_PAGE", 2)
    for number in range(3):
        trail.write("takeout_requested", cast.admin, about=cast.noa, number=number)
    client = sign_in(cast.admin)
    first = client.get(PAGE, {"about": "noa"})
    assert [line.entry.facts["number"] for line in first.context["lines"]] == [2, 1]
    second = client.get(PAGE, {"about": "noa", "cursor": first.context["next"]})
    assert [line.entry.facts["number"] for line in second.context["lines"]] == [0]


def test_taking_the_table_leaves_an_entry(cast, entries, sign_in):
    answer = sign_in(cast.admin).get(f"{PAGE}export.csv", {"who": "admin"})
    table = b"".join(answer).decode()
    assert table.splitlines()[0].startswith("\ufeffid,at,deed")
    entry = AuditEntry.objects.get(deed="exported")
    assert (entry.actor, entry.facts) == (cast.admin.pk, {"path": f"{PAGE}export.csv", "asked": "who=admin"})


@pytest.mark.parametrize("address", ["retention/", "holds/", "people/"])
def test_the_other_pages_open_for_administrators_alone(cast, sign_in, address):
    assert sign_in(cast.admin).get(PAGE + address).status_code == 200
    assert sign_in(cast.moderator).get(PAGE + address).status_code == 403


def test_everybody_reads_their_own_data(cast, sign_in):
    assert "Take a copy" in sign_in(cast.alex).get("/me/data/").content.decode()
    assert sign_in(cast.guest).get("/me/data/").status_code == 200
