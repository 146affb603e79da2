"""Comments beyond what a page has room for: folded, opened in their place, and not taken for read."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from intranet.notify.models import ReadPosition
from tests.browser.conftest import NARROW, WIDE
from tests.factories import threads as make


def discussed(cast):
    """A question with eight comments, of which the page shows five, and an answer below them."""
    asked = make.question(cast.alex, cast.open, "Which limit applies?", "On rig B.")
    notes = [make.comment((cast.noa, cast.alex)[n % 2], asked, f"Note {n}.") for n in range(8)]
    return asked, notes, make.answer(cast.noa, asked, "The drawing says 0.08.")


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("he", NARROW)])
def test_a_fold_opens_by_keyboard_where_one_reads(visitor, cast, language, size):
    cast.hiba.language = language
    cast.hiba.save()
    asked, notes, _answer = discussed(cast)
    visit = visitor(cast.hiba, size=size)
    page = visit.open(asked.get_absolute_url())
    page.evaluate("document.body.dataset.same = 'page'")
    fold = page.locator("[data-fold]")
    expect(fold).to_contain_text("3")
    before = page.locator(f"#p-{notes[4].public_id}").bounding_box()
    fold.scroll_into_view_if_needed()
    fold.press("Enter")
    opened = page.locator(f"#p-{notes[5].public_id}")
    expect(opened).to_be_focused()
    expect(fold).to_have_count(0)
    expect(page.locator(".comments > [data-n]")).to_have_count(8)
    expect(page.locator("body")).to_have_attribute("data-same", "page")
    assert before["height"] == page.locator(f"#p-{notes[4].public_id}").bounding_box()["height"]
    assert (visit.axe(), visit.sideways()) == ([], 0)


def test_without_scripts_the_link_leads_to_all_of_them(visitor, cast):
    asked, notes, _answer = discussed(cast)
    page = visitor(cast.hiba, scripts=False).open(asked.get_absolute_url())
    page.locator("[data-fold]").click()
    expect(page.locator(f"#p-{notes[7].public_id}")).to_be_visible()
    expect(page.locator("[data-fold]")).to_have_count(0)


def test_one_has_read_as_far_as_the_fold_until_it_is_opened(visitor, cast):
    asked, notes, answered = discussed(cast)
    visit = visitor(cast.hiba, size={"width": 1440, "height": 3000})
    with visit.page.expect_response("**/inbox/read/**"):
        page = visit.open(asked.get_absolute_url())
    assert ReadPosition.objects.get(person=cast.hiba).number == notes[4].number
    with page.expect_response("**/inbox/read/**"):
        page.locator("[data-fold]").click()
    assert ReadPosition.objects.get(person=cast.hiba).number == answered.number


def test_a_comment_that_comes_below_a_fold_is_brought_and_the_fold_stays(visitor, cast, work):
    asked, _notes, _answer = discussed(cast)
    work()  # what is there before the page is open has been told
    page = visitor(cast.hiba).open(asked.get_absolute_url())
    expect(page.locator("body[data-live=on]")).to_be_attached()
    page.locator("textarea").last.fill("I would say")
    fresh = make.comment(cast.noa, asked, "Since May.")
    work()
    offer = page.locator("[data-new-posts] button")
    expect(offer).to_have_text("1 new: show")
    offer.click()
    expect(page.locator(f"#p-{fresh.public_id}")).to_be_focused()
    expect(page.locator("[data-fold]")).to_have_text("3 more comments")
    expect(page.locator("textarea").last).to_have_value("I would say")
