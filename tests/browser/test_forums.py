"""The authors of an imported forum: one person asks, another agrees by keyboard on a phone, and a report is ordered."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from kms.network.models import Snapshot
from tests.browser.conftest import NARROW
from tests.factories.stackexchange import Size, write_dump

SMALL = Size(people=40, questions=30, answers=70, comments=20, votes=10)
WHY = "To see which topics do not meet"


@pytest.fixture
def forum(cast, tmp_path):
    dump = write_dump(tmp_path / "site", seed=3, size=SMALL)
    call_command(
        "import_stackexchange", dump, community="quantum", count_authors="own", reason=WHY, verbosity=0
    )


def test_a_second_person_agrees_and_orders_a_report_by_keyboard(visitor, cast, forum):
    visit = visitor(cast.km, size=NARROW)
    page = visit.open("/km/network/requests/")
    page.get_by_role("link", name="Quantum").press("Enter")
    expect(page.get_by_text(WHY)).to_be_visible()
    expect(page.get_by_role("heading", level=1, name="Quantum")).to_be_visible()
    assert visit.sideways() == 0 and visit.axe() == []
    page.get_by_role("button", name="Agree", exact=True).press("Enter")
    expect(page.get_by_role("button", name="Count them no longer")).to_be_visible()
    expect(page.get_by_role("button", name="Compute the report")).to_be_visible()
    assert visit.sideways() == 0 and visit.axe() == []
    page.get_by_role("button", name="Compute the report").press("Enter")
    expect(page.get_by_text("The report is waiting for its turn.")).to_be_visible()
    assert Snapshot.objects.get().forum.slug == "quantum"
