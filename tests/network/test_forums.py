"""Authors of an imported site are counted only in reports of their own, when two people agreed, and never with the units."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from intranet.access.verdict import Refused
from intranet.content.models import Space
from intranet.people.models import ApiToken, User
from intranet.runtime.tasks import drain
from kms.forums import actions as deciding
from kms.forums import reading
from kms.forums.models import ForumRequest, Ground, Stand
from kms.mine.reading import looks
from kms.network import sources
from kms.network.actions import ask_for_report, subscribe
from kms.network.computing import again, gather
from kms.network.frame import network_desk, requests
from kms.network.models import Snapshot
from kms.network.terms import State
from tests.factories.cast import make_cast
from tests.factories.stackexchange import Size, write_dump

SPRING = {"start": datetime(2018, 3, 1, tzinfo=UTC), "end": datetime(2018, 7, 1, tzinfo=UTC)}
TERMS = {"definition": "any", "level": "topic", "purpose": "gaps", **SPRING}
WHY = "To see which topics do not meet"
ADDRESS = "/km/network/forums/quantum/"


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def site(tmp_path):
    return write_dump(
        tmp_path / "site", seed=3, size=Size(people=60, questions=40, answers=100, comments=160, votes=30)
    )


@pytest.fixture
def forum(cast, site):
    call_command("import_stackexchange", site, community="quantum", verbosity=0)
    return Space.objects.get(slug="quantum")


@pytest.fixture
def counted(cast, forum):
    request = deciding.ask_to_count(actor=cast.admin, community=forum, ground=Ground.OWN, reason=WHY)
    return deciding.agree(actor=cast.km, request=request)


def finished(cast, forum, **terms):
    snapshot = ask_for_report(asked_by=cast.km, forum=forum, **TERMS | terms)
    drain()
    snapshot.refresh_from_db()
    return snapshot


def test_nobody_of_a_site_is_counted_by_rule(cast, forum):
    authors = set(map(str, User.objects.exclude(attribution="").values_list("pk", flat=True)))
    assert len(authors) > 30
    units = Snapshot(asked_by=cast.km, **SPRING)
    assert not authors & {one.id for one in sources.people(units)}
    with pytest.raises(Refused, match="Nobody has agreed"):
        ask_for_report(asked_by=cast.km, forum=forum, **TERMS)
    assert sources.people(Snapshot(asked_by=cast.km, forum=forum, **SPRING)) == []


def test_the_command_asks_and_a_second_person_decides(cast, site, client, capsys):
    call_command(
        "import_stackexchange", site, community="quantum", count_authors="own", reason=WHY, verbosity=0
    )
    asked = ForumRequest.objects.get()
    assert (asked.stand, asked.ground, asked.reason) == (Stand.HELD, "own", WHY)
    with pytest.raises(Refused, match="somebody else decides"):
        deciding.agree(actor=asked.asked_by, request=asked)
    assert ADDRESS in [one.url for one in requests(cast.km)]
    client.force_login(cast.km)
    assert WHY in client.get("/km/network/requests/").content.decode()
    assert client.post(f"{ADDRESS}decide/", {"agree": "yes"}).status_code == 302
    asked.refresh_from_db()
    assert (asked.stand, asked.decided_by) == (Stand.COUNTED, cast.km)
    assert ADDRESS not in [one.url for one in requests(cast.km)]


def test_the_command_wants_a_reason_before_it_imports(cast, site):
    with pytest.raises(CommandError, match="--reason"):
        call_command("import_stackexchange", site, community="quantum", count_authors="own", verbosity=0)
    assert not Space.objects.filter(slug="quantum").exists()


def test_a_report_of_the_forum_is_by_topic_and_of_its_authors_alone(cast, forum, counted, client):
    snapshot = finished(cast, forum)
    assert snapshot.state == State.DONE
    groups = snapshot.report["meta"]["groups"]
    assert sum(groups.values()) == len(reading.authors(forum, [tuple(SPRING.values())]))
    assert all(name.startswith("#") or name == "other" for name in groups) and min(groups.values()) >= 10
    assert again(snapshot)["tie_matrix"] == snapshot.report["tie_matrix"]
    client.force_login(cast.km)
    page = client.get(f"/km/network/{snapshot.pk}/").content.decode()
    assert "Quantum" in page and "Our own forum" in page and cast.admin.display_name in page
    assert "/km/network/subscribe/" not in page and "#entanglement" not in page
    assert f"/km/network/{snapshot.pk}/" in client.get(ADDRESS).content.decode()


def test_ties_are_answers_comments_and_acceptances_between_two_authors(cast, forum, counted):
    snapshot = Snapshot(asked_by=cast.km, forum=forum, **SPRING)
    found = sources.deeds(gather(snapshot, sources.people(snapshot)), "any")
    assert set(found.kinds) == {"answered", "commented", "accepted"}
    assert set(found.weight.tolist()) == {1.0} and (found.source != found.target).all()


def test_the_forum_stays_out_of_everything_about_the_organisation(cast, forum, counted, client):
    snapshot = finished(cast, forum)
    client.force_login(cast.km)
    client.get(f"/km/network/{snapshot.pk}/")
    assert looks() == []
    assert "No report yet" in client.get("/km/network/").content.decode()
    with pytest.raises(Refused):
        subscribe(person=cast.km, definition="any", level="topic", wanted=True)
    with pytest.raises(Refused, match="by topic"):
        ask_for_report(asked_by=cast.km, **TERMS)


def test_taken_back_no_later_report_counts_them(cast, forum, counted, client):
    waiting = ask_for_report(asked_by=cast.km, forum=forum, **TERMS)
    client.force_login(cast.admin)
    client.post(f"{ADDRESS}decide/", {"agree": "no"})
    drain()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.report) == (State.REFUSED, None)
    client.post(f"{ADDRESS}count/", {"ground": "published", "reason": "Again"})
    assert [one.stand for one in ForumRequest.objects.all()] == [Stand.STOPPED, Stand.HELD]


def test_a_secret_community_is_neither_named_nor_read(cast, forum, counted, client):
    snapshot = finished(cast, forum)
    Space.objects.filter(pk=forum.pk).update(visibility="secret")
    client.force_login(cast.km)
    assert client.get(ADDRESS).status_code == 404
    for address in ("/km/network/forums/", f"/km/network/{snapshot.pk}/"):
        assert "Quantum" not in client.get(address).content.decode()
    forum.refresh_from_db()
    assert reading.authors(forum, [tuple(SPRING.values())]) == []


def test_the_pages_are_for_those_who_decide(cast, forum, client):
    client.force_login(cast.noa)
    for address in ("/km/network/forums/", ADDRESS):
        assert client.get(address).status_code == 404
    for deed in ("count", "decide", "ask"):
        assert client.post(f"{ADDRESS}{deed}/").status_code == 404
    assert not ForumRequest.objects.exists()
    client.force_login(cast.km)
    refused = client.post(f"{ADDRESS}count/", {"ground": "own", "reason": " "})
    assert refused.status_code == 422 and not ForumRequest.objects.exists()


def test_programs_order_one_too(cast, forum, counted, client):
    headers = {"Authorization": f"Bearer {ApiToken.issue(cast.km, 'reports')}"}
    body = {"forum": "quantum", "first": "2018-03-01", "last": "2018-05-01", "compared": False}
    answer = client.post("/api/v1/network/reports", body, "application/json", headers=headers)
    assert (answer.status_code, answer.json()["forum"], answer.json()["level"]) == (202, "quantum", "topic")
    for wrong in ({"forum": "open-talk"}, {"forum": "nowhere"}):
        refused = client.post("/api/v1/network/reports", body | wrong, "application/json", headers=headers)
        assert refused.status_code == 404


def test_the_desk_counts_reports_and_forums_that_wait_for_somebody_else(cast):
    now = timezone.now()
    for _each in range(2):
        Snapshot.objects.create(asked_by=cast.km, start=now - timedelta(days=60), end=now, state="held")
    ForumRequest.objects.create(community=cast.open, ground="own", reason="Our own.", asked_by=cast.km)
    assert [[place.count for place in network_desk(person)] for person in (cast.admin, cast.km)] == [[3], [0]]
