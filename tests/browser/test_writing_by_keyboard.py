"""A question is written from the first key to the last without a mouse: toolbar, names, topics, preview, what readers should know."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from intranet.activity.readers import catch_up_all
from intranet.content.models import Post
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_by_keyboard import tab_to
from tests.factories import threads as make


@pytest.mark.parametrize(("language", "size"), [("en", NARROW), ("he", WIDE)])
def test_a_question_is_asked_without_a_mouse(visitor, cast, language, size):
    cast.alex.language = language
    cast.alex.save()
    make.question(cast.noa, cast.open, "Torque drift on rig B after the burn-in", tags=["Torque"])
    catch_up_all()
    visit = visitor(cast.alex, size=size)
    page = visit.open("/c/open-talk/ask/")
    tab_to(page, page.locator("[name=title]"))
    page.keyboard.type("Torque drift on rig B when cold")
    alike = page.locator("[data-fill='/search/similar/'] a").first
    expect(alike).to_contain_text("after the burn-in")
    expect(page.locator("[name=title]")).to_be_focused()  # what comes in takes nothing away
    tab_to(page, alike)
    tab_to(page, page.locator("[data-mark=bold]"))
    page.keyboard.press("Tab")
    source = page.locator("[name=source]")
    expect(source).to_be_focused()
    page.keyboard.type("Since Sunday, says @no")
    page.get_by_role("option", name=re.compile("@noa|Noa Tiltan|נועה")).first.wait_for()
    page.keyboard.press("Enter")
    expect(source).to_have_value("Since Sunday, says @noa ")
    topics = page.locator("[name=tags]")
    tab_to(page, topics)
    page.keyboard.type("tor")
    page.get_by_role("option", name="Torque").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(topics).to_have_value(re.compile("^Torque"))
    expect(topics).to_be_focused()
    disclosed = page.locator("input[name=disclosures]").first
    tab_to(page, disclosed)
    page.keyboard.press("Space")
    expect(disclosed).to_be_checked()
    preview = page.locator("[data-preview]")
    tab_to(page, preview)
    page.keyboard.press("Enter")
    expect(page.locator("[data-preview-place]")).to_contain_text("Since Sunday")
    expect(page.locator("[data-preview-place]")).to_be_focused()
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.keyboard.press("Escape")
    expect(page.locator("[data-preview-place]")).to_be_hidden()
    expect(preview).to_be_focused()
    send = page.locator("form[data-composer] .btn--main")
    send.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    asked = Post.objects.get(title="Torque drift on rig B when cold")
    assert asked.source.strip() == "Since Sunday, says @noa"
    assert list(asked.tags.values_list("name", flat=True)) == ["Torque"]
    assert asked.disclosures.count() == 1
