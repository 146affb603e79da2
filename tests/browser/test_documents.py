"""A blog post from the first word to the first comment, a lock, and a policy, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from intranet.policies.actions import publish_policy
from tests.browser.conftest import NARROW, WIDE

CLAUSE = {
    "anchor": "kind-words",
    "title_en": "Kind words",
    "text_en": "Write as you would speak.\n\n*Why:* people read on.",
    "title_he": "מילים טובות",
    "text_he": "כותבים כמו שמדברים.",
}


@pytest.fixture
def policy(cast):
    return publish_policy(owner=cast.admin, slug="terms", title="Terms", title_he="תנאים", clauses=[CLAUSE])


@pytest.mark.parametrize(("who", "size"), [("alex", WIDE), ("noa", NARROW)])
def test_a_post_is_typed_kept_published_and_commented(cast, policy, visitor, who, size):
    visit = visitor(cast.people[who], size=size)
    page = visit.open("/blogs/write/")
    page.fill("#id_title", "Forty gearboxes · ארבעים")
    page.fill("#id_source", "The seals were fine. האטמים היו תקינים.\n\n## AX-60\n\nIt was the wrench.")
    expect(page.locator("[data-saved].t-settled")).to_be_visible(timeout=15_000)
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.click("button[value=publish]")
    page.wait_for_url(re.compile(r"/blogs/p/[a-z0-9]+/$"))
    expect(page.locator("h1")).to_have_text("Forty gearboxes · ארבעים")
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.fill("#id_source", "Come and see.")
    page.click("form[data-draft-key^='comment:'] .btn--main")
    expect(page.locator(".thread .post")).to_have_count(1)
    visit.open("/blogs/")
    assert (visit.axe(), visit.sideways()) == ([], 0)


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("he", NARROW)])
def test_policies_and_moderation_read_well(cast, policy, visitor, language, size):
    cast.moderator.language = language
    cast.moderator.save()
    writer = visitor(cast.alex)
    page = writer.open("/blogs/write/")
    page.fill("#id_title", "Always him")
    page.fill("#id_source", "He breaks everything.")
    page.click("button[value=publish]")
    page.wait_for_url(re.compile(r"/blogs/p/[a-z0-9]+/$"))
    post = page.url.rstrip("/").rsplit("/", 1)[1]

    flagging = visitor(cast.hiba)
    page = flagging.open(f"/moderation/flag/{post}/")
    page.select_option("#id_clause", "terms#kind-words")
    page.click("form[data-composer] .btn--main")
    page.wait_for_url(f"**/blogs/p/{post}/")

    visit = visitor(cast.moderator, size=size)
    for address in ("/policies/", "/policies/terms/", "/policies/terms/?view=versions", "/moderation/"):
        visit.open(address)
        assert (address, visit.axe(), visit.sideways()) == (address, [], 0)
    visit.page.click(".queue__a")
    visit.page.click("button[value=preview]")
    expect(visit.page.locator(".lock").first).to_be_visible()
    assert (visit.axe(), visit.sideways()) == ([], 0)
    visit.page.click("button[value=decide]")
    expect(visit.page.locator("#h-done")).to_be_visible()
    visit.open(f"/blogs/p/{post}/")
    expect(visit.page.locator(".lock")).to_be_visible()
    assert (visit.axe(), visit.sideways()) == ([], 0)
