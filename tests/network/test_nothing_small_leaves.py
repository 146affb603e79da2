"""Units of 1, 4, 5 and 9 people are on no way out, and neither is a cell of few people: page, file, API, mail, print."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail as outbox

from intranet.people.models import ApiToken, User
from intranet.runtime.tasks import drain
from kms.consent.actions import choose
from kms.network import monthly
from kms.network.actions import ask_for_report, subscribe
from kms.network.forms import USUAL_MONTHS, ended_months, span
from kms.network.models import Delivery, Interaction, Snapshot, SnapshotView
from tests.factories.cast import person
from tests.network.organisation import chatter, staff

SMALL = ("alder", "birch", "cedar", "dogwood")
WAYS = ("/", ".json", ".csv", ".graphml", ".gexf", "/pair/?from=elm&to=works", "/people/")


@pytest.fixture
def km(db):
    return person("km", "employee", "km", name="Michal Arvati")


@pytest.fixture
def company(km):
    """Everybody writes to everybody, but elm and works share the mails of three people only."""
    made = staff(alder=1, birch=4, cedar=5, dogwood=9, elm=10, sales=16, works=20)
    User.objects.filter(pk=km.pk).update(unit=made["works"][0].unit)
    chatter(made, inside=0.6, across=0.25, seed=4)
    few = {*made["elm"][:2], made["works"][0]}
    between = Interaction.objects.filter(source__in=made["elm"], target__in=made["works"])
    between |= Interaction.objects.filter(source__in=made["works"], target__in=made["elm"])
    between.exclude(source__in=few, target__in=few).delete()
    months = ended_months()
    Interaction.objects.update(at=span(months[0], months[0], compared=False)["start"] + timedelta(days=2))
    return made


@pytest.fixture
def finished(km, company):
    months = ended_months()
    snapshot = ask_for_report(
        asked_by=km,
        definition="any",
        level="unit",
        purpose="gaps",
        **span(months[USUAL_MONTHS - 1], months[0], compared=True),
    )
    drain()
    snapshot.refresh_from_db()
    return snapshot


def letters(km):
    subscribe(person=km, definition="any", level="unit", wanted=True)
    monthly.send_all()
    return [f"{one.subject}\n{one.body}" for one in outbox.outbox]


def test_every_way_out(client, km, company, finished):
    matrix = finished.report["tie_matrix"]
    place = {name: code for code, name in enumerate(matrix["order"])}
    assert matrix["observed"][place["elm"]][place["works"]] is None
    client.force_login(km)
    token = ApiToken.issue(km, "tests")
    out = {way: client.get(f"/km/network/{finished.pk}{way}").content.decode() for way in WAYS}
    api = client.get(
        f"/api/v1/network/reports/{finished.pk}", headers={"Authorization": f"Bearer {token}"}
    ).content.decode()
    for text in [*out.values(), api, *letters(km)]:
        for unit in SMALL:
            assert unit not in text.casefold()
        assert not re.search(r"(sales|works|elm) ?\d", text, re.IGNORECASE)
    assert json.loads(api)["report"] == json.loads(out[".json"]) == finished.report
    hidden = sum(count is None for row in matrix["observed"] for count in row)
    assert hidden == finished.report["meta"]["hidden_cells"] == out["/"].count('<td class="hx')
    assert out[".csv"].count(",hidden" * 7) == hidden
    shown = sum(bool(count) for row in matrix["observed"] for count in row)
    assert out[".graphml"].count("<edge ") == out[".gexf"].count("<edge ") == shown
    assert 'source="elm" target="works"' not in out[".graphml"] + out[".gexf"]
    assert "Hidden: fewer than 5 people." in out["/pair/?from=elm&to=works"]
    assert "Too few people agreed to be shown." in out["/people/"]
    forms = set(SnapshotView.objects.filter(person=km).values_list("form", flat=True))
    assert forms == {"page", "json", "csv", "graphml", "gexf", "pair", "people", "api"}


def test_the_monthly_mail_comes_once_with_findings_and_a_link(km, company, settings):
    settings.WAGTAILADMIN_BASE_URL = "https://kesher.example.org"
    first, again = letters(km), letters(km)
    assert len(first) == len(again) == 1 and Delivery.objects.count() == 1
    snapshot = Snapshot.objects.get(scheduled=True)
    assert f"https://kesher.example.org/km/network/{snapshot.pk}/" in first[0]
    assert "Ties cross groups" in first[0] and "hidden" not in first[0]
    User.objects.filter(pk=km.pk).update(language="he")
    Delivery.objects.all().delete()
    outbox.outbox.clear()
    assert "הקשרים חוצים קבוצות" in letters(km)[0]


def test_only_those_who_agreed_are_drawn_and_only_from_ten_on(client, km, company, finished):
    client.force_login(km)
    shown = company["works"][:10]
    for one in shown[:9]:
        choose(person=one, named=True)
    address = f"/km/network/{finished.pk}"
    assert "<svg" not in _main(client.get(f"{address}/people/"))
    assert client.get(f"{address}.gexf?people=1").status_code == 404
    choose(person=shown[9], named=True)
    page, file = (
        _main(client.get(f"{address}/people/")),
        client.get(f"{address}.gexf?people=1").content.decode(),
    )
    for text in (page, file):
        assert {one.name for one in shown} == set(re.findall(r"Works \d+", text))
        assert "Sales" not in text
    choose(person=shown[9], named=False)
    assert client.get(f"{address}.gexf?people=1").status_code == 404


def _main(answer):
    page = answer.content.decode()
    return page[page.index("<main") : page.index("</main>")].replace('<svg class="i', "")


def test_a_lower_floor_needs_a_second_person(client, km, company):
    months = [f"{month:%Y-%m}" for month in ended_months()]
    order = {"definition": "any", "level": "unit", "purpose": "risk", "first": months[2], "last": months[0]}
    client.force_login(km)
    without = client.post("/km/network/ask/", order | {"floor": "5"})
    assert without.status_code == 422 and "Say why it is needed." in without.content.decode()
    assert client.post("/km/network/ask/", order | {"floor": "4", "reason": "x"}).status_code == 422
    client.post("/km/network/ask/", order | {"floor": "5", "reason": "A merger of two small units"})
    snapshot = Snapshot.objects.get()
    drain()
    snapshot.refresh_from_db()
    assert (snapshot.state, snapshot.report) == ("held", None)
    decide = f"/km/network/requests/{snapshot.pk}/"
    assert client.post(decide, {"agree": "yes"}).status_code == 403
    client.force_login(person("nosy", "employee", "moderator"))
    assert client.post(decide, {"agree": "yes"}).status_code == 404
    assert client.get("/km/network/requests/").status_code == 404
    client.force_login(person("root", "employee", "admin"))
    assert "A network report waits for a second person to agree" in client.get("/").content.decode()
    assert "Network requests" in client.get("/").content.decode()
    assert "A merger of two small units" in client.get("/km/network/requests/").content.decode()
    assert client.get(f"/km/network/{snapshot.pk}/").status_code == 404
    client.post(decide, {"agree": "yes"})
    drain()
    snapshot.refresh_from_db()
    assert snapshot.state == "done" and set(snapshot.report["meta"]["groups"]) >= {"cedar", "dogwood"}
    assert not set(snapshot.report["meta"]["groups"]) & {"alder", "birch"}


def test_a_new_kind_of_report_needs_a_second_person_once(client, km, company):
    months = ended_months()
    terms = {
        "definition": "any",
        "level": "site",
        "purpose": "gaps",
        **span(months[0], months[0], compared=False),
    }
    first = ask_for_report(asked_by=km, reason="Two sites were joined", **terms)
    other = person("km2", "employee", "km")
    client.force_login(other)
    client.post(f"/km/network/requests/{first.pk}/", {"agree": "yes"})
    assert ask_for_report(asked_by=km, **terms).state == "waiting"
