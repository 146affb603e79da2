"""Old reports can be computed again to the digit, and packed days say what the log says."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from communities.verbs import ANSWERED
from intranet.activity.log import record
from intranet.runtime.tasks import drain
from kms.consent.actions import choose
from kms.network import packing
from kms.network.actions import ask_for_report
from kms.network.completing import complete_all
from kms.network.computing import again
from kms.network.freezing import forget_old
from kms.network.keeping import keep
from kms.network.models import Freeze, Interaction, Snapshot, TiePack
from kms.network.tasks import look_after_packs
from kms.network.terms import State
from tests.factories.cast import make_cast, person
from tests.network.organisation import END, START, chatter, mail, staff

TERMS = {"definition": "weighted", "level": "unit", "purpose": "gaps", "start": START, "end": END}
DAY = timedelta(days=1)


@pytest.fixture
def km(db):
    return person("km", "employee", "km")


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def company(km):
    made = staff(lab=14, sales=16, works=18)
    chatter(made)
    return made


def finished(km, **more):
    snapshot = ask_for_report(asked_by=km, **(TERMS | more))
    drain()
    snapshot.refresh_from_db()
    return snapshot


def test_an_old_report_is_computed_again_to_the_digit(km, company):
    snapshot = finished(km, against=(START - 30 * DAY, START))
    Interaction.objects.all().delete()
    for one in company["lab"]:
        one.unit = company["works"][0].unit
        one.save()
    choose(person=company["sales"][0], counted=False)
    report = again(snapshot)
    assert report | {"meta": report["meta"] | {"seconds": 0}} == snapshot.report | {
        "meta": snapshot.report["meta"] | {"seconds": 0}
    }


def test_what_was_frozen_too_long_ago_is_let_go(km, company):
    snapshot = finished(km)
    Snapshot.objects.update(created=timezone.now() - timedelta(days=401))
    assert forget_old() == 1 and not Freeze.objects.filter(snapshot=snapshot).exists()


def test_who_objects_is_left_out_of_the_next_report(km, company):
    before = finished(km).report["meta"]
    for one in company["works"][:5]:
        choose(person=one, counted=False)
    after = finished(km).report["meta"]
    assert (before["people"], after["people"]) == (49, 44)
    assert after["rows"] < before["rows"]


def test_two_reports_that_differ_by_a_few_people_do_not_stand_side_by_side(client, km, company):
    finished(km)
    choose(person=company["works"][0], counted=False)
    second = finished(km)
    assert (second.state, second.report) == (State.REFUSED, None)
    client.force_login(km)
    assert "nearly the same people" in client.get(f"/km/network/{second.pk}/").content.decode()
    for one in company["works"][1:5]:
        choose(person=one, counted=False)
    assert finished(km).state == State.DONE


def rows_of(found):
    return sorted((found.kinds[row[2]], *row[:2], *row[3:]) for row in found.array.tolist())


def test_packed_days_say_what_the_log_says(cast):
    with transaction.atomic():
        for place, at in (
            (cast.open, START + DAY),
            (cast.secret, START + 2 * DAY),
            (cast.open, START + 3 * DAY),
        ):
            record(ANSWERED, cast.noa, about=cast.alex, space=place, at=at)
    Interaction.objects.bulk_create([mail(cast.noa, cast.hiba, START + DAY, audience_size=4)])
    fresh = packing.read(START, END)
    look_after_packs.func()
    assert TiePack.objects.count() == 3
    assert rows_of(packing.read(START, END)) == rows_of(fresh) and len(fresh) == 3
    assert len(packing.read(START + DAY, START + 2 * DAY)) == 2
    assert len(packing.read(START + 1.5 * DAY, END)) == 1


def test_what_becomes_secret_later_is_not_read_from_a_pack(cast):
    with transaction.atomic():
        record(ANSWERED, cast.noa, about=cast.alex, space=cast.open, at=START + DAY)
    look_after_packs.func()
    cast.open.visibility = "secret"
    cast.open.save()
    assert len(packing.read(START, END)) == 0


def test_a_late_row_is_read_at_once_and_packed_at_night(cast):
    keep([mail(cast.noa, cast.hiba, START + DAY)])
    look_after_packs.func()
    keep([mail(cast.noa, cast.alex, START + DAY)])
    assert len(packing.read(START, END)) == 2
    with transaction.atomic():  # an import of a whole site writes under old dates
        record(ANSWERED, cast.noa, about=cast.alex, space=cast.open, at=START + DAY)
    assert packing.pack_days() == 1
    assert len(packing.read(START, END)) == 3
    assert packing.pack_days() == 0


def of_before(snapshot, **changed):
    """Make a report one that was stored when sums and clusters were not told yet."""
    report = {key: value for key, value in snapshot.report.items() if key != "sums"} | changed
    report["clusters"] = {key: value for key, value in report["clusters"].items() if key != "table"}
    Snapshot.objects.filter(pk=snapshot.pk).update(report=report)
    return report


def test_a_report_of_before_is_completed_and_what_it_told_stays(km, company):
    snapshot = finished(km)
    of_before(snapshot, findings=["as it was said"])
    assert (complete_all(), complete_all()) == (1, 0)
    now = Snapshot.objects.get().report
    assert now == snapshot.report | {"findings": ["as it was said"]}


def test_a_report_that_comes_out_otherwise_or_lost_its_source_stays(km, company):
    other, lost = finished(km), finished(km, definition="any")
    of_before(other, tie_matrix=other.report["tie_matrix"] | {"q": []})
    was = of_before(lost)
    Freeze.objects.filter(snapshot=lost).delete()
    assert (complete_all(), complete_all()) == (0, 0)
    other.refresh_from_db()
    lost.refresh_from_db()
    assert "sums" not in other.report and other.report["clusters"]["table"] is None
    assert lost.report == was
