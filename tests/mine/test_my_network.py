"""My network: my ties by unit, one-press choices, what is held about me, who looked; by page and by program."""

import json
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from communities.verbs import ANSWERED
from intranet.activity.log import record
from intranet.people.models import ApiToken
from kms.consent.actions import standing_of
from kms.network.models import Interaction, Snapshot, SnapshotView
from kms.network.terms import State
from tests.factories.cast import make_cast
from tests.network.organisation import END, START, mail

NOW = timezone.now()


@pytest.fixture
def cast(db):
    return make_cast()


@pytest.fixture
def ties(cast):
    """Noa and Hiba turn to each other, Noa to Alex; a mail to many and a deed in a secret place are no ties."""
    with transaction.atomic():
        record(ANSWERED, cast.noa, about=cast.hiba, space=cast.open)
        record(ANSWERED, cast.hiba, about=cast.noa, space=cast.open)
        record(ANSWERED, cast.owner, about=cast.noa, space=cast.secret)
    Interaction.objects.bulk_create(
        [
            mail(cast.noa, cast.alex, NOW - timedelta(days=2)),
            mail(cast.noa, cast.km, NOW - timedelta(days=2), audience_size=50),
            mail(cast.noa, cast.admin, NOW - timedelta(days=200)),
        ]
    )


def bearer(person):
    return {"Authorization": f"Bearer {ApiToken.issue(person, 'tests')}"}


def test_my_ties_by_unit(client, cast, ties):
    found = client.get("/api/v1/network/mine", headers=bearer(cast.noa)).json()
    assert (found["people"], found["outside"], found["effective_size"]) == (2, 1, None)
    assert sorted((row["people"], row["both_ways"], row["own"]) for row in found["units"]) == [
        (1, 0, True),
        (1, 1, False),
    ]
    client.force_login(cast.noa)
    page = client.get("/network/mine/").content.decode()
    assert cast.hiba.name not in page and "שירות שטח" in page


def test_choices_are_one_press_each(client, cast):
    client.force_login(cast.alex)
    page = client.get("/network/mine/").content.decode()
    assert page.count('action="/network/mine/choice/"') == 3
    client.post("/network/mine/choice/", {"choice": "introduced", "value": "yes"})
    assert standing_of(cast.alex).introduced
    client.post("/network/mine/choice/", {"choice": "counted", "value": "no"})
    standing = standing_of(cast.alex)
    assert (standing.counted, standing.introduced, standing.named) == (False, False, False)
    assert client.post("/network/mine/choice/", {"choice": "is_staff", "value": "yes"}).status_code == 404


def test_choices_by_program(client, cast):
    answer = client.patch(
        "/api/v1/network/mine",
        json.dumps({"introduced": True}),
        content_type="application/json",
        headers=bearer(cast.alex),
    )
    assert answer.json() == {"counted": True, "introduced": True, "named": False}


def test_what_is_held_about_me_can_be_taken_along(client, cast, ties):
    Interaction.objects.bulk_create(
        [mail(cast.alex, cast.noa, NOW, origin="survey-1"), mail(cast.noa, cast.alex, NOW, origin="survey-1")]
    )
    client.force_login(cast.noa)
    rows = json.loads(client.get("/network/mine.json").content)
    assert sorted((row["from"], row["to"]) for row in rows["deeds"]) == [("hiba", "noa"), ("noa", "hiba")]
    told = sorted((row["from"], row["to"], row["origin"]) for row in rows["imported"])
    assert told == [("noa", "admin", ""), ("noa", "alex", ""), ("noa", "alex", "survey-1")]


def test_who_looked_is_shown_to_those_who_are_counted(client, cast):
    snapshot = Snapshot.objects.create(asked_by=cast.km, start=START, end=END, state=State.DONE)
    for form in ("page", "csv", "page"):
        SnapshotView.objects.create(snapshot=snapshot, person=cast.km, form=form)
    client.force_login(cast.alex)
    page = client.get("/network/mine/").content.decode()
    assert "Michal Arvati" in page and '<td class="n">3</td>' in page


@pytest.mark.parametrize("language", ["en", "he"])
def test_how_it_works_is_told_to_everybody(client, cast, language):
    cast.hiba.language = language
    cast.hiba.save()
    client.force_login(cast.hiba)
    page = client.get("/network/about/").content.decode()
    assert "5" in page and "10" in page and f'lang="{language}"' in page


def test_programs_find_reports_only_for_knowledge_managers(client, cast):
    month = timezone.localdate().replace(day=1) - timedelta(days=1)
    order = {"first": f"{month:%Y-%m}-01", "last": f"{month:%Y-%m}-01"}

    def ask(who, **more):
        return client.post(
            "/api/v1/network/reports",
            json.dumps(order | more),
            content_type="application/json",
            headers=bearer(who),
        )

    made = ask(cast.km)
    assert (made.status_code, made.json()["state"]) == (202, "waiting")
    assert ask(cast.km, floor=5).status_code in {403, 422}
    assert (
        ask(
            cast.km, first=f"{timezone.localdate():%Y-%m}-01", last=f"{timezone.localdate():%Y-%m}-01"
        ).status_code
        == 422
    )
    assert ask(cast.alex).status_code == 404
    listed = client.get("/api/v1/network/reports", headers=bearer(cast.km)).json()
    assert [row["id"] for row in listed["items"]] == [made.json()["id"]]
    assert (
        client.get(f"/api/v1/network/reports/{made.json()['id']}", headers=bearer(cast.alex)).status_code
        == 404
    )


def test_who_objected_is_told_that_taking_part_counts_again(client, cast):
    client.force_login(cast.alex)
    warning = "Saying yes here counts you in reports again."
    assert warning not in client.get("/network/mine/").content.decode()
    client.post("/network/mine/choice/", {"choice": "counted", "value": "no"})
    page = client.get("/network/mine/").content.decode()
    assert page.count(warning) == 2 and "Nobody looked so far." in page
