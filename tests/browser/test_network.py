"""The knowledge manager orders a network report, watches it come and reads it, in both languages, wide and narrow."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from intranet.people.models import User
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
