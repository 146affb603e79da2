"""Whom do you ask? Consent before names, answers that become ties, and nobody who can see who said what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from intranet.access.verdict import Refused
from kms.network.models import Interaction
from kms.survey import actions, reading
from kms.survey.models import Taking
from tests.factories.cast import person
from tests.network.organisation import staff


@pytest.fixture
def km(db):
    return person("km", "employee", "km")


@pytest.fixture
def company(km):
    return staff(lab=12, works=12)


@pytest.fixture
def survey(km, company):
    today = timezone.localdate()
    return actions.make(
        actor=km, topic="gear noise", topic_he="רעש", opens=today, closes=today + timedelta(days=9)
    )


def test_consent_comes_before_the_roster(client, company, survey):
    one = company["lab"][0]
    client.force_login(one)
    page = client.get(f"/network/surveys/{survey.pk}/").content.decode()
    assert "I agree to take part" in page and company["works"][3].name not in page
    with pytest.raises(Refused):
        actions.answer(person=one, survey=survey, named=company["works"][:2])
    client.post(f"/network/surveys/{survey.pk}/agree/")
    page = client.get(f"/network/surveys/{survey.pk}/").content.decode()
    assert company["works"][3].name in page and page.index("Lab") < page.index("Works")


def test_answers_become_ties_and_can_be_changed_and_taken_back(client, company, survey):
    one, lab, works = company["lab"][0], company["lab"], company["works"]
    client.force_login(one)
    client.post(f"/network/surveys/{survey.pk}/agree/")
    address = f"/network/surveys/{survey.pk}/answer/"
    client.post(address, {"named": [works[0].pk, lab[1].pk, one.pk]})
    client.post(address, {"named": [works[0].pk, works[1].pk]})
    rows = Interaction.objects.values_list("source", "target", "kind", "origin")
    assert sorted(rows) == sorted([(one.pk, to.pk, "asks", survey.origin) for to in works[:2]])
    client.post(f"/network/surveys/{survey.pk}/take-back/")
    assert not Interaction.objects.exists() and not Taking.objects.exists()


def test_too_many_names_are_refused_and_stay_ticked(client, company, survey):
    one = company["lab"][0]
    client.force_login(one)
    client.post(f"/network/surveys/{survey.pk}/agree/")
    everybody = [each.pk for people in company.values() for each in people]
    answer = client.post(f"/network/surveys/{survey.pk}/answer/", {"named": everybody})
    assert answer.status_code == 422 and answer.content.decode().count(" checked") == len(everybody) - 1
    assert not Interaction.objects.exists()


def test_only_those_asked_find_it_and_only_while_it_is_open(client, km, company, survey):
    survey.units.set([company["lab"][0].unit])
    client.force_login(company["works"][0])
    assert client.get(f"/network/surveys/{survey.pk}/").status_code == 404
    assert "gear noise" not in client.get("/network/surveys/").content.decode()
    client.force_login(company["lab"][0])
    assert "gear noise" in client.get("/network/surveys/").content.decode()
    survey.closes = survey.opens = timezone.localdate() - timedelta(days=1)
    survey.save()
    assert client.post(f"/network/surveys/{survey.pk}/agree/").status_code == 409
    client.force_login(person("guest", "guest"))
    assert client.get(f"/network/surveys/{survey.pk}/").status_code == 404


@pytest.mark.parametrize(("answered", "told"), [(0, 0), (4, None), (5, 5), (20, 20), (21, None), (25, None)])
def test_who_answered_is_told_only_as_a_rate_of_enough_people(company, survey, answered, told):
    """Twenty-five are asked: the manager and two units of twelve."""
    people = [*company["lab"], *company["works"], survey.made_by]
    for one in people[:answered]:
        actions.agree(person=one, survey=survey)
        actions.answer(person=one, survey=survey, named=people[1:3])
    found = reading.rate(survey)
    assert (found.asked, found.answered) == (25, told)


def test_a_survey_of_few_tells_no_rate(km):
    made = staff(tiny=9)["tiny"]
    today = timezone.localdate()
    survey = actions.make(actor=km, topic="x", opens=today, closes=today, units=[made[0].unit])
    for one in made[:5]:
        actions.agree(person=one, survey=survey)
        actions.answer(person=one, survey=survey, named=[])
    assert reading.rate(survey).answered is None


def test_the_manager_makes_one_by_the_page_and_sees_no_names(client, km, company):
    client.force_login(km)
    today = timezone.localdate()
    said = {"topic": "seals", "opens": today.isoformat(), "closes": today.isoformat()}
    assert client.post("/km/network/surveys/", said | {"closes": "2020-01-01"}).status_code == 422
    assert client.post("/km/network/surveys/", said).status_code == 302
    page = client.get("/km/network/surveys/").content.decode()
    assert "seals" in page and company["lab"][0].name not in page
    client.force_login(company["lab"][0])
    assert client.get("/km/network/surveys/").status_code == 404
