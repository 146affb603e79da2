"""Home in both languages, wide and narrow: accessible, nothing cut off, and one press leads on."""

import pytest
from playwright.sync_api import expect

from communities.questions.actions import answer, ask
from tests.browser.conftest import NARROW, WIDE


@pytest.mark.parametrize(
    ("language", "size", "theme"),
    [("en", WIDE, "light"), ("he", WIDE, "dark"), ("en", NARROW, "dark"), ("he", NARROW, "light")],
)
def test_home_is_accessible_in_every_look(visitor, cast, language, size, theme):
    cast.alex.language = language
    cast.alex.save()
    waiting = ask(author=cast.hiba, space=cast.open, title="מסב 6204-2RS או 6204-ZZ?", source="@alex").post
    done = ask(author=cast.alex, space=cast.open, title="Why does torque drift?", source="Warm.").post
    answer(author=cast.noa, question=done, source="Zero it again.")
    visit = visitor(cast.alex, size=size, theme=theme)
    page = visit.open("/")
    assert visit.axe() == []
    assert visit.sideways() == 0
    page.get_by_role("link", name=waiting.title).first.click()
    expect(page.locator("h1")).to_have_text(waiting.title)


def test_the_question_typed_at_home_goes_on_to_the_form(visitor, cast):
    page = visitor(cast.alex).open("/")
    page.locator("#ask").fill("Which grease?")
    page.locator("#ask").press("Enter")
    page.get_by_role("link", name="Actuators").last.click()
    expect(page.locator("[name=title]")).to_have_value("Which grease?")


def test_the_phone_reaches_every_place(visitor, cast):
    visit = visitor(cast.moderator, size=NARROW)
    page = visit.open("/")
    page.locator(".dock a").last.click()
    expect(page.locator("main").get_by_role("link", name="Cases")).to_be_visible()
    assert (visit.axe(), visit.sideways()) == ([], 0)


def test_dark_is_kept_for_the_next_page(visitor, cast):
    page = visitor(cast.alex).open("/")
    page.get_by_role("button", name="My menu").click()
    page.get_by_role("button", name="Light or dark").click()
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
