"""A community from its charter to its review, and into another one, in a real browser."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from communities.charters.models import Charter
from communities.reviewing.calendar import look_at_charters
from intranet.content.models import Post, Space
from tests.browser.conftest import NARROW, WIDE
from tests.factories import threads as make
from tests.factories.cast import space

CHARTER = {
    "name": "Cold rooms",
    "slug": "cold-rooms",
    "purpose": "What freezes, and why.",
    "audience": "Whoever works below zero.",
    "goal": "Fewer returns in winter.",
    "success_signs": "Questions answered within the day.",
}


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("he", NARROW)])
def test_a_charter_is_written_comes_due_and_is_renewed(cast, visitor, language, size):
    cast.alex.language = language
    cast.alex.save()
    visit = visitor(cast.alex, size=size)
    page = visit.open("/communities/open/")
    assert (visit.axe(), visit.sideways()) == ([], 0)
    for name, text in CHARTER.items():
        page.fill(f"#id_{name}", text)
    page.locator("main form .btn--main").press("Enter")
    expect(page.locator("h1")).to_contain_text("Cold rooms")
    charter = Charter.objects.get(space__slug="cold-rooms")
    assert (charter.goal, charter.owner) == ("Fewer returns in winter.", cast.alex)
    Charter.objects.filter(pk=charter.pk).update(review_date=timezone.localdate() - timedelta(days=1))
    assert look_at_charters() == 1
    page = visit.open("/")
    page.locator("a[href='/c/cold-rooms/review/']").first.press("Enter")
    expect(page.locator("main")).to_contain_text("Fewer returns in winter.")
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.locator("input[name=decision][value=renew]").check()
    page.fill("#id_until", "2999-06-30")
    page.locator("main form:has([name=decision]) .btn--main").press("Enter")
    page.wait_for_url("**/c/cold-rooms/")
    assert Charter.objects.get(pk=charter.pk).review_date == date(2999, 6, 30)
    page = visit.open("/")
    expect(page.locator("a[href='/c/cold-rooms/review/']")).to_have_count(0)


@pytest.mark.parametrize(("language", "size"), [("en", NARROW), ("he", WIDE)])
def test_a_review_ends_in_a_merger_that_the_other_side_takes_in_and_takes_back(cast, visitor, language, size):
    space("gears", owner=cast.hiba, name="Gears")
    for person in (cast.owner, cast.hiba):
        person.language = language
        person.save()
    hidden = make.discussion(cast.noa, cast.request, "Shift plan")
    giving = visitor(cast.owner, size=size)
    page = giving.open("/c/by-request/review/")
    page.locator("input[name=decision][value=merge]").check()
    page.locator("#id_into").select_option(label="Gears")
    page.locator("main form:has([name=decision]) .btn--main").press("Enter")
    page.wait_for_url("**/c/by-request/merge/**")
    assert (giving.axe(), giving.sideways()) == ([], 0)
    page.locator("[name=readers]").check()
    page.locator("form.card .btn--main").press("Enter")
    page.wait_for_url("**/mergers/*/")
    assert Post.objects.get(pk=hidden.pk).space == cast.request

    receiving = visitor(cast.hiba, size=size)
    page = receiving.open("/")
    page.locator("a[href='/c/gears/merges/']").first.press("Enter")
    assert (receiving.axe(), receiving.sideways()) == ([], 0)
    page.locator("[name=readers]").check()
    page.locator("button[name=answer][value=accept]").press("Enter")
    page.wait_for_url("**/mergers/*/")
    assert Post.objects.get(pk=hidden.pk).space.slug == "gears"
    assert (receiving.axe(), receiving.sideways()) == ([], 0)
    page = giving.open("/c/by-request/")
    expect(page.locator("h1")).to_contain_text("Gears")
    expect(page.locator(".banner").first).to_contain_text("Line 3")
    page = receiving.page
    page.locator("button[name=undo]").press("Enter")
    expect(page.locator("button[name=undo]")).to_have_count(0)
    assert Post.objects.get(pk=hidden.pk).space == cast.request
    assert Space.objects.get(slug="by-request").archived_at is None
