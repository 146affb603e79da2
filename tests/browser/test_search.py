"""Search in a real browser: in both languages, wide and narrow, by keyboard, and with scripts off."""

import pytest
from playwright.sync_api import expect

from communities.questions.actions import answer, ask
from intranet.activity import readers
from tests.browser.conftest import NARROW, WIDE


@pytest.fixture
def written(cast):
    """A Hebrew question with an English answer, in the index."""
    question = ask(
        author=cast.hiba,
        space=cast.open,
        title="למה ההיסט של AX-40 נסחף?",
        source="מעל 45 °C ההיסט משתנה",
        tags=["offset"],
    ).post
    answer(
        author=cast.alex, question=question, source="The offset was learned cold: zero it again above 45 °C."
    )
    readers.catch_up_all()
    return question


@pytest.mark.parametrize(
    ("language", "size", "theme"),
    [("en", WIDE, "light"), ("he", WIDE, "dark"), ("en", NARROW, "dark"), ("he", NARROW, "light")],
)
def test_results_are_accessible_in_every_look(visitor, cast, written, language, size, theme):
    cast.noa.language = language
    cast.noa.save()
    visit = visitor(cast.noa, size=size, theme=theme)
    page = visit.open("/search/?q=AX-40")
    expect(page.locator("mark").first).to_have_text("AX-40")
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.get_by_role("link", name=written.title).first.click()
    expect(page.locator("h1")).to_have_text(written.title)


def test_words_from_the_bar_lead_to_results_by_keyboard(visitor, cast, written):
    page = visitor(cast.alex).open("/")
    page.locator("#q").fill("ההיסטים")
    page.locator("#q").press("Enter")
    expect(page.locator("h1")).to_have_text("1 result for “ההיסטים”")
    expect(page.locator("#q")).to_have_value("ההיסטים")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_filter_is_a_link(visitor, cast, written, scripts):
    page = visitor(cast.alex, scripts=scripts).open("/search/?q=offset")
    page.get_by_role("link", name="Answers 1").click()
    expect(page.locator(".item")).to_have_count(1)
    expect(page.locator(".chip[aria-current]")).to_have_text("Answers 1")


def test_nothing_found_leads_to_asking(visitor, cast, written):
    visit = visitor(cast.alex)
    page = visit.open("/search/?q=qqqzzz")
    assert visit.axe() == []
    page.locator("main").get_by_role("link", name="Ask this").click()
    expect(page).to_have_url(f"{visit.site}/ask/?title=qqqzzz")


def test_similar_questions_appear_under_the_title_that_is_typed(visitor, cast, written):
    page = visitor(cast.alex).open("/c/open-talk/ask/")
    page.locator("#id_title").press_sequentially("ההיסט של AX-40 משתנה", delay=10)
    expect(page.locator(".suggest a")).to_have_text([written.title])
