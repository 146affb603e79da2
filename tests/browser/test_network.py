"""The knowledge manager orders a network report, watches it come and reads it, in both languages, wide and narrow."""

import random
import subprocess
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from intranet.people.models import User
from kms.consent.actions import choose
from kms.introductions import drawing
from kms.introductions.models import Introduction
from kms.network import freezing, sources
from kms.network.computing import gather
from kms.network.models import Interaction, Snapshot
from tests.browser.conftest import NARROW, WIDE
from tests.network.organisation import chatter, staff


@pytest.fixture
def company(cast):
    """Four units whose mail of last month makes the ties."""
    made = staff(elm=12, lab=14, sales=16, works=20)
    chatter(made)
    Interaction.objects.update(at=timezone.now().replace(day=1) - timedelta(days=10))
    return made


def test_a_report_is_ordered_and_appears_when_it_is_ready(visitor, cast, company, work):
    visit = visitor(cast.km)
    page = visit.open("/km/network/")
    page.get_by_role("button", name="Compute the report").click()
    expect(page.get_by_role("status").first).to_contain_text("waiting")
    work()
    expect(page.get_by_role("heading", name="Who turns to whom")).to_be_visible(timeout=10000)
    expect(page.locator(".hm td")).to_have_count(
        len(Snapshot.objects.get().report["tie_matrix"]["order"]) ** 2
    )


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_report_reads_well(visitor, cast, company, work, *, language, size):
    User.objects.filter(pk=cast.km.pk).update(language=language)
    visit = visitor(cast.km, size=size)
    page = visit.open("/km/network/")
    page.locator("form[action='/km/network/ask/'] .btn--main").click()
    page.wait_for_url("**/km/network/*/")
    work()
    page = visit.open(f"/km/network/{Snapshot.objects.get().pk}/")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "he" else "ltr")
    expect(page.locator("#matrix .hm")).to_be_visible()
    assert visit.sideways() == 0
    assert visit.axe() == []


def test_a_printed_report_has_the_findings_and_nothing_that_is_hidden(visitor, cast, company, work, tmp_path):
    few = {*company["elm"][:2], company["lab"][0]}
    between = Interaction.objects.filter(source__in=company["elm"], target__in=company["lab"])
    between |= Interaction.objects.filter(source__in=company["lab"], target__in=company["elm"])
    between.exclude(source__in=few, target__in=few).delete()
    visit = visitor(cast.km)
    page = visit.open("/km/network/")
    page.get_by_role("button", name="Compute the report").click()
    page.wait_for_url("**/km/network/*/")
    work()
    snapshot = Snapshot.objects.get()
    visit.open(f"/km/network/{snapshot.pk}/").pdf(path=tmp_path / "report.pdf", format="A4")
    printed = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "report.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    words = " ".join(printed.split())
    assert "Ties cross groups" in words and "What this does not say" in words and "Coverage" in words
    assert "Compute the report" not in words and "Mail it each month" not in words
    assert 0 < snapshot.report["meta"]["hidden_cells"] <= printed.count("–")
    assert "First month" not in words


def test_two_people_are_introduced_by_keyboard(visitor, cast, company):
    """The manager asks by the keyboard; one of the two says yes on a phone, the other on a wide screen."""
    people = [*company["elm"], *company["works"]]
    for person in people:
        choose(person=person, introduced=True)
    snapshot = Snapshot.objects.create(
        asked_by=cast.km, start=timezone.now() - timedelta(days=60), end=timezone.now(), state="done"
    )
    freezing.freeze(snapshot, gather(snapshot, sources.people(snapshot)))
    drawing.draw(snapshot, random.Random(3))
    visit = visitor(cast.km)
    page = visit.open("/km/network/introductions/")
    page.get_by_role("link", name="Introduce").first.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Why the two could meet").fill("Both of you hear the same noise.")
    page.get_by_role("button", name="Ask both").press("Enter")
    expect(page.get_by_text("Both were asked, each for themselves.")).to_be_visible()
    made = Introduction.objects.select_related("candidate__low", "candidate__high").get()
    for person, size in ((made.candidate.low, NARROW), (made.candidate.high, WIDE)):
        other = visitor(person, size=size)
        page = other.open("/network/introductions/")
        expect(page.get_by_text("Both of you hear the same noise.")).to_be_visible()
        page.get_by_role("button", name="Yes, gladly").press("Enter")
        expect(page.get_by_role("button", name="Yes, gladly")).to_have_count(0)
        assert other.sideways() == 0 and other.axe() == []
    expect(page.get_by_role("button", name="We met")).to_be_visible()
