"""A question is claimed, asked back about and closed, and its community's hours are set, in a real browser."""

import pytest
from playwright.sync_api import expect

from communities.questions.models import QuestionDetail
from tests.browser.conftest import NARROW, WIDE
from tests.factories import threads as make


@pytest.mark.parametrize(("language", "size"), [("en", NARROW), ("he", WIDE)])
def test_a_question_goes_through_its_states(cast, visitor, language, size):
    asked = make.question(cast.noa, cast.open, "Why does it drift after the burn-in?")
    for person in (cast.noa, cast.alex):
        person.language = language
        person.save()
    address = asked.get_absolute_url()

    expert = visitor(cast.alex, size=size)
    page = expert.open("/c/open-talk/queues/?queue=new")
    assert (expert.axe(), expert.sideways()) == ([], 0)
    page.press("button[name=do][value=claim]", "Enter")
    page.wait_for_url(f"**{address}")
    expect(page.locator("button[name=do][value=release]")).to_have_count(1)
    page.click(f"a[href='{address}state/']")
    page.fill("#needs_info_note", "Which rig, and which firmware?")
    assert (expert.axe(), expert.sideways()) == ([], 0)
    page.press("section:has(#needs_info_note) button", "Enter")
    page.wait_for_url(f"**{address}")
    expect(page.locator(".banner--waiting")).to_contain_text("Which rig, and which firmware?")

    asker = visitor(cast.noa, size=size)
    page = asker.open(address)
    assert (asker.axe(), asker.sideways()) == ([], 0)
    page.click(".banner--waiting a[href$='as=comment']")
    page.fill("#id_source", "Rig B, 2.14.")
    page.click("form[data-composer] .btn--main")
    page.wait_for_url(f"**{address}**")
    expect(page.locator(".banner--waiting")).to_have_count(0)
    assert QuestionDetail.objects.get(post=asked).state == "unanswered"


@pytest.mark.parametrize(("language", "size"), [("he", NARROW), ("en", WIDE)])
def test_an_owner_sets_hours_and_turns(cast, visitor, language, size):
    make.question(cast.noa, cast.open, "Which grease?")
    cast.owner.language = language
    cast.owner.save()
    owner = visitor(cast.owner, size=size)
    page = owner.open("/c/open-talk/promise/hours/")
    assert (owner.axe(), owner.sideways()) == ([], 0)
    page.fill("#id_hours", "8")
    page.select_option("#id_counting", "hours")
    page.fill("#id_holidays", "2027-04-22 פסח")
    page.click("main .btn--main:not(.head *)")
    page.wait_for_url("**/promise/")
    page.goto(page.url + "rota/")
    page.fill("#id_people", "hiba\nalex")
    page.click("form .btn--main:not(.head *)")
    page.wait_for_url("**/promise/")
    expect(page.locator(".rail")).to_contain_text("Hiba Zeituni")
    expect(page.locator(".rail")).to_contain_text("פסח")
    page.click(".rail summary")
    page.select_option("#swap-1", "alex")
    page.click(".rail li:first-child form button")
    page.wait_for_url("**/promise/")
    expect(page.locator(".rail .card").first).to_contain_text("Alex Dromi")
    assert (owner.axe(), owner.sideways()) == ([], 0)
