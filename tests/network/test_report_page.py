"""The network report from the order to the page and the files, and who may see it."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from intranet.access.verdict import Refused
from intranet.people.models import OrgUnit, User
from intranet.runtime.tasks import drain
from kms.network.actions import ask_for_report
from kms.network.computing import again
from kms.network.forms import ended_months
from kms.network.models import Interaction, Snapshot, SnapshotView
from kms.network.monthly import alerts_of, letter
from kms.network.terms import State
from tests.factories.cast import person
from tests.network.organisation import END, START, chatter, mail, staff

TERMS = {"definition": "any", "level": "unit", "purpose": "gaps", "start": START, "end": END}
MONTHS = [f"{month:%Y-%m}" for month in ended_months()]
FORM = {
    "definition": "any",
    "level": "unit",
    "purpose": "gaps",
    "first": MONTHS[2],
    "last": MONTHS[0],
    "compared": "",
}


@pytest.fixture
def km(db):
    return person("km", "employee", "km", name="Michal Arvati")


@pytest.fixture
def company(km):
    """Seven units, of which those of 1, 4, 5 and 9 people may not be named, and mail between all."""
    made = staff(alder=1, birch=4, cedar=5, dogwood=9, elm=10, sales=16, works=20)
    chatter(made)
    return made


@pytest.fixture
def finished(km, company):
    snapshot = ask_for_report(asked_by=km, **TERMS)
    drain()
    snapshot.refresh_from_db()
    return snapshot


def test_a_report_is_ordered_computed_and_shown(client, km, company):
    client.force_login(km)
    answer = client.post("/km/network/ask/", FORM)
    snapshot = Snapshot.objects.get()
    assert answer.headers["Location"] == f"/km/network/{snapshot.pk}/"
    waiting = client.get(answer.headers["Location"]).content.decode()
    assert "The report is waiting for its turn." in waiting and "data-under-way" in waiting
    drain()
    page = client.get(answer.headers["Location"]).content.decode()
    for words in ("Who turns to whom", "How closed is each group", "What this does not say"):
        assert words in page
    assert "data-under-way" not in page
    assert client.get("/km/network/").content.decode().count('id="matrix"') == 1


def test_first_visit_offers_to_ask(client, km):
    client.force_login(km)
    page = client.get("/km/network/").content.decode()
    assert "No report yet." in page and "Compute the report" in page


def test_the_period_is_whole_months_that_are_over_and_may_be_compared(client, km):
    client.force_login(km)
    client.post("/km/network/ask/", FORM | {"compared": "before"})
    snapshot = Snapshot.objects.get()
    start, last = (timezone.localtime(moment) for moment in (snapshot.start, snapshot.last_day))
    assert (f"{start:%Y-%m-%d %H:%M}", f"{last:%Y-%m}") == (f"{MONTHS[2]}-01 00:00", MONTHS[0])
    assert timezone.localtime(snapshot.end).day == 1 and snapshot.end <= timezone.now()
    assert snapshot.against_end == snapshot.start
    assert f"{timezone.localtime(snapshot.against_start):%Y-%m-%d}" == f"{MONTHS[5]}-01"


def test_fading_and_messages_to_many_are_chosen_and_printed_everywhere(client, km, company):
    """Sales wrote to everybody once; whether that ties them is said on page, files, API and mail."""
    sales, works = company["sales"], company["works"]
    crowd = [mail(sales[0], one, audience_size=35) for one in (*sales[1:], *works)]
    Interaction.objects.bulk_create(crowd)
    client.force_login(km)
    chosen = {"definition": "weighted", "half_life": 30, "broadcast": "counted"}
    arcs = {}
    for rule in ("out", "shared", "counted"):
        snapshot = ask_for_report(asked_by=km, **TERMS | chosen | {"broadcast": rule})
        drain()
        snapshot.refresh_from_db()
        arcs[rule] = snapshot.report["meta"]["arcs"]
    written = {a.pk for a in works} | {a.pk for a in sales[1:]}
    known = set(
        Interaction.objects.filter(source=sales[0], audience_size=None).values_list("target", flat=True)
    )
    assert arcs["counted"] - arcs["out"] == len(written - known) == arcs["shared"] - arcs["out"] > 0
    page = client.get(f"/km/network/{snapshot.pk}/").content.decode()
    assert "A deed weighs half after 30 days" in page
    assert "A message to more than 5 people counts for each of them" in page
    assert "half after 30 days · messages to many: counted for each" in page
    lines = client.get(f"/km/network/{snapshot.pk}.csv").content.decode("utf-8-sig").splitlines()
    assert {"# definition,weighted", "# half_life_days,30", "# broadcast,counted"} <= set(lines)
    assert b"counted" in client.get(f"/km/network/{snapshot.pk}.graphml").content
    found = client.get(f"/km/network/{snapshot.pk}.json").json()
    assert (found["meta"]["half_life_days"], found["meta"]["broadcast"]) == (30, "counted")
    assert "half after 30 days" in letter(snapshot)[1]
    assert snapshot.report["findings"] == again(snapshot)["findings"]


def test_the_form_offers_fading_only_where_every_deed_counts(client, km):
    client.force_login(km)
    page = client.get("/km/network/").content.decode()
    for words in (
        "Half after 7 days",
        "Half after 90 days",
        "Shared among those who got it",
        "Counted for each",
    ):
        assert words in page
    refused = client.post("/km/network/ask/", FORM | {"half_life": "30"})
    assert refused.status_code == 422 and not Snapshot.objects.exists()
    assert "Old deeds can only weigh less where every deed counts." in refused.content.decode()
    client.post(
        "/km/network/ask/", FORM | {"definition": "weighted", "half_life": "30", "broadcast": "shared"}
    )
    snapshot = Snapshot.objects.get()
    assert (snapshot.half_life, snapshot.broadcast) == (30, "shared")
    with pytest.raises(Refused):
        ask_for_report(asked_by=km, **TERMS, half_life=30)


def test_reports_are_compared_only_with_reports_of_the_same_ties(km, company):
    """A pair within chance in March that is surely below it in April is an alert; other kinds of ties are no "before"."""
    same = {"ties": 30, "expected": 31.0, "p": 0.8, "q": 0.9}
    below = {"ties": 6, "expected": 30.0, "p": 0.0001, "q": 0.001}
    matrix = {"order": ["sales", "works"]}

    def stored(months, pair, **kind):
        span = {
            name: START + timedelta(days=30 * months + days) for name, days in (("start", 0), ("end", 30))
        }
        report = {"between": {"sales|works": pair}, "tie_matrix": matrix}
        return Snapshot.objects.create(asked_by=km, state=State.DONE, report=report, **span, **kind)

    stored(0, same)
    now = stored(1, below)
    assert [(one.groups, one.seen, one.expected) for one in alerts_of(now)] == [(("sales", "works"), 6, 30)]
    assert alerts_of(stored(2, below)) == []
    assert alerts_of(stored(1, below, definition="weighted", half_life=30)) == []
    stored(0, same, definition="weighted")
    assert alerts_of(stored(1, below, definition="weighted", half_life=30)) == []
    stored(0, same, definition="weighted", half_life=30)
    assert len(alerts_of(stored(1, below, definition="weighted", half_life=30))) == 1


@pytest.mark.parametrize("month", ["this", "2026-13", "2026-05-07"])
def test_a_running_month_or_part_of_one_is_no_period(client, km, month):
    client.force_login(km)
    last = f"{timezone.localdate():%Y-%m}" if month == "this" else month
    assert client.post("/km/network/ask/", FORM | {"last": last}).status_code == 422
    assert not Snapshot.objects.exists()


def test_a_bad_order_is_told_and_nothing_is_made(client, km):
    client.force_login(km)
    answer = client.post("/km/network/ask/", FORM | {"last": MONTHS[5], "purpose": "curiosity"})
    assert answer.status_code == 422
    assert "The last month is before the first." in answer.content.decode()
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("roles", [["employee"], ["employee", "moderator"], ["employee", "admin"], ["guest"]])
def test_for_others_the_report_does_not_exist(client, finished, roles):
    client.force_login(person("other", *roles))
    base = f"/km/network/{finished.pk}"
    for address in ("/km/network/", f"{base}/", f"{base}/progress/", f"{base}.json", f"{base}.csv"):
        assert client.get(address).status_code == 404
    assert client.post("/km/network/ask/", FORM).status_code == 404
    assert Snapshot.objects.count() == 1 and not SnapshotView.objects.exists()


def test_strangers_are_sent_to_the_door(client, finished):
    assert client.get("/km/network/").status_code == 302


def test_the_action_itself_refuses(db):
    with pytest.raises(Refused):
        ask_for_report(asked_by=person("other", "employee"), **TERMS)


FORMS = ("/", ".json", ".csv", ".graphml", ".gexf")


def outputs(client, snapshot):
    """Every way out of a report."""
    base = f"/km/network/{snapshot.pk}"
    return {form: client.get(f"{base}{form}").content.decode() for form in FORMS}


def test_small_units_are_on_no_way_out(client, km, finished):
    client.force_login(km)
    assert finished.report["meta"]["groups"] == {"elm": 10, "other": 20, "sales": 16, "works": 20}
    for text in outputs(client, finished).values():
        for unit in ("alder", "birch", "cedar", "dogwood"):
            assert unit not in text.casefold()
        assert "elm" in text.casefold()
        assert not re.search(r"(sales|works|elm) ?\d", text, re.IGNORECASE)


def test_cells_of_few_people_are_hidden_on_every_way_out(client, km):
    """Everybody writes to everybody, but elm and lab share the mails of three people only."""
    made = staff(elm=10, sales=16, works=20, lab=18)
    User.objects.filter(pk=km.pk).update(unit=made["works"][0].unit)
    chatter(made, inside=0.6, across=0.3, seed=4)
    few = {*made["elm"][:2], made["lab"][0]}
    between = Interaction.objects.filter(source__in=made["elm"], target__in=made["lab"])
    between |= Interaction.objects.filter(source__in=made["lab"], target__in=made["elm"])
    between.exclude(source__in=few, target__in=few).delete()
    Interaction.objects.bulk_create(
        [mail(made["elm"][0], made["lab"][0]), mail(made["lab"][0], made["elm"][1])]
    )
    snapshot = ask_for_report(asked_by=km, **TERMS)
    drain()
    snapshot.refresh_from_db()
    client.force_login(km)
    matrix = snapshot.report["tie_matrix"]
    hidden = [
        (matrix["order"][g], matrix["order"][h])
        for g, row in enumerate(matrix["observed"])
        for h, count in enumerate(row)
        if count is None
    ]
    assert {("elm", "lab"), ("lab", "elm")} < set(hidden)
    assert len(hidden) == snapshot.report["meta"]["hidden_cells"] < 16
    out = outputs(client, snapshot)
    assert out["/"].count('<td class="hx') == len(hidden)
    assert json.loads(out[".json"]) == snapshot.report
    rows = out[".csv"].splitlines()
    for sender, receiver in hidden:
        assert f"{sender},{receiver}" + ",hidden" * 7 in rows


def test_no_person_is_in_the_stored_report(finished, company):
    text = json.dumps(finished.report, ensure_ascii=False)
    assert "person" not in finished.report
    for one in company["works"]:
        assert one.username not in text and one.name not in text


def test_too_few_people_are_no_report(client, km):
    chatter(staff(lab=4))
    snapshot = ask_for_report(asked_by=km, **TERMS)
    drain()
    snapshot.refresh_from_db()
    assert (snapshot.state, snapshot.report) == (State.REFUSED, None)
    client.force_login(km)
    assert (
        "There are too few people for a report." in client.get(f"/km/network/{snapshot.pk}/").content.decode()
    )
    assert client.get(f"/km/network/{snapshot.pk}.json").status_code == 404


def test_every_look_is_written_down_and_stays(client, km, finished):
    client.force_login(km)
    outputs(client, finished)
    client.get(f"/km/network/{finished.pk}/progress/")
    assert list(SnapshotView.objects.order_by("pk").values_list("person", "form")) == [
        (km.pk, "page"),
        (km.pk, "json"),
        (km.pk, "csv"),
        (km.pk, "graphml"),
        (km.pk, "gexf"),
    ]
    look = SnapshotView.objects.first()
    with pytest.raises(TypeError):
        look.save()
    with pytest.raises(TypeError):
        look.delete()


def test_computing_again_leaves_a_finished_report_as_it_is(km, finished):
    from_before = finished.report
    ask_for_report(asked_by=km, **TERMS)
    drain()
    finished.refresh_from_db()
    assert finished.report == from_before
    again = Snapshot.objects.newest_first().first()
    assert again.report | {"meta": 0} == from_before | {"meta": 0}


def test_the_page_is_hebrew_and_mirrored(client, km, finished):
    client.force_login(km)
    page = _page(client, finished, "he")
    assert 'dir="rtl"' in page
    assert "יחידת works" in page and "Works" not in page
    told = re.findall(r"<li>(.*?)</li>", page)
    assert any("E-I" in line and "באקראי" in line for line in told)
    places = {
        language: re.search(r'<circle class="node" cx="([\d.]+)"', _page(client, finished, language))[1]
        for language in ("en", "he")
    }
    assert float(places["en"]) + float(places["he"]) == pytest.approx(720)


def _page(client, snapshot, language):
    User.objects.filter(username="km").update(language=language)
    return client.get(f"/km/network/{snapshot.pk}/").content.decode()


def test_queries_do_not_grow_with_units_or_reports(client, km, finished):
    client.force_login(km)
    client.get("/km/network/")
    with CaptureQueriesContext(connection) as few:
        client.get("/km/network/")
    for _ in range(2):
        ask_for_report(asked_by=km, **TERMS)
    made = {unit.path: list(unit.people.all()) for unit in OrgUnit.objects.all()} | staff(
        more=12, and_more=14
    )
    chatter(made, seed=9)
    drain()
    with CaptureQueriesContext(connection) as many:
        client.get("/km/network/")
    assert len(many) == len(few)


def test_a_unit_with_parts_of_its_own_is_named_as_what_is_left_of_it(client, km):
    """Plant is two groups: its line, and everybody else in it; a sentence on "Plant" would be read as the whole."""
    made = staff(**{"plant": 12, "plant/line": 14, "sales": 16})
    User.objects.filter(pk=km.pk).update(unit=made["sales"][0].unit)
    chatter(made)
    snapshot = ask_for_report(asked_by=km, **TERMS)
    drain()
    client.force_login(km)
    page = client.get(f"/km/network/{snapshot.pk}/").content.decode()
    assert "<bdi>Plant, the rest</bdi>" in page and "<bdi>Plant</bdi>" not in page
    pair = client.get(f"/km/network/{snapshot.pk}/pair/?from=plant&to=sales").content.decode()
    assert "<bdi>Plant, the rest</bdi>" in pair


def test_every_figure_leads_to_what_it_is_made_of(client, km):
    """The sums of the groups, each index from its counts, and each sentence to its pair; the counts give the index back."""
    made = staff(elm=16, sales=16, works=20)
    User.objects.filter(pk=km.pk).update(unit=made["works"][0].unit)
    chatter(made, inside=0.5, across=0.2)
    snapshot = ask_for_report(asked_by=km, **TERMS)
    drain()
    snapshot.refresh_from_db()
    client.force_login(km)
    page = client.get(f"/km/network/{snapshot.pk}/").content.decode()
    matrix = snapshot.report["tie_matrix"]
    assert snapshot.report["meta"]["hidden_cells"] == 0
    sums = snapshot.report["sums"]
    for way in ("sent", "received"):
        assert sum(both[way] for both in sums.values()) == snapshot.report["meta"]["arcs"]
    for g, name in enumerate(matrix["order"]):
        sent, inside, expected = sums[name]["sent"], matrix["observed"][g][g], matrix["expected_degree"][g][g]
        assert sent == sum(matrix["observed"][g])
        assert snapshot.report["silo_index"][name] == pytest.approx((inside - expected) / (sent - expected))
        assert (
            f'<td class="n">{inside}</td><td class="n">{expected:.2f}</td><td class="n">{sent}</td>' in page
        )
    for anchor in ("sizes", "below", "silo-made", "ei-made"):
        assert f'href="#{anchor}"' in page or anchor == "silo-made"
        assert f'id="{anchor}"' in page
    told = [finding for finding in snapshot.report["findings"] if finding["groups"]]
    assert told
    for finding in told:
        one, other = finding["groups"][0], finding["groups"][-1]
        assert f'href="/km/network/{snapshot.pk}/pair/?from={one}&amp;to={other}"' in page
    pair = client.get(f"/km/network/{snapshot.pk}/pair/?from=elm&to=works").content.decode()
    both = snapshot.report["between"]["elm|works"]
    ways = matrix["observed"][0][2] + matrix["observed"][2][0]
    assert f'Ties seen</th><td class="n">{both["ties"]}</td>' in pair
    assert f'Of them answered both ways</th><td class="n">{ways - both["ties"]}</td>' in pair
