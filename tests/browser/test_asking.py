"""From a question to the accepted answer, and a reply that comes after the lock, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from communities.questions.actions import ask
from intranet.moderation import locks
from intranet.policies.actions import publish_policy
from tests.browser.conftest import NARROW, WIDE

CLAUSE = {"anchor": "prices", "title_en": "Prices", "text_en": "Open terms stay in Purchasing."}
THREAD = re.compile(r"/t/[a-z0-9]+/")


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("he", NARROW), ("he", WIDE), ("en", NARROW)])
def test_a_question_is_asked_answered_voted_for_and_accepted(cast, visitor, language, size):
    cast.noa.language = language
    cast.noa.save()
    asking = visitor(cast.noa, size=size)
    page = asking.open("/c/open-talk/ask/")
    page.fill("#id_title", "Which grease for AX-40 in deep cold? · איזה גריז?")
    page.fill("#id_source", "It stops at -20 °C. ב־AX-40 זה קורה קודם.")
    page.click("form[data-composer] .btn--main")
    page.wait_for_url(THREAD)
    address = THREAD.search(page.url).group()
    assert (asking.axe(), asking.sideways()) == ([], 0)

    answering = visitor(cast.alex)
    page = answering.open(address)
    page.fill("#id_source", "The blue one, down to -40 °C.")
    page.click("form[data-composer] .btn--main")
    page.wait_for_url(THREAD)
    expect(page.locator(".talk", has_text="The blue one")).to_have_count(1)

    page = asking.open(address)
    page.click("button[name=vote][value$=':1']")
    expect(page.locator("button[name=vote][value$=':0']")).to_have_attribute("aria-pressed", "true")
    page.click("button[name=accept][value$=':1']")
    expect(page.locator(".post__accept")).to_contain_text("The blue one")
    assert (asking.axe(), asking.sideways()) == ([], 0)


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("he", NARROW)])
def test_a_reply_after_the_lock_is_refused_with_its_clause_and_its_text_kept(cast, visitor, language, size):
    version = publish_policy(owner=cast.admin, slug="suppliers", title="Suppliers", clauses=[CLAUSE])
    question = ask(author=cast.noa, space=cast.open, title="Which shunt?", source="Cheaper.").post
    cast.alex.language = language
    cast.alex.save()
    writing = visitor(cast.alex, size=size)
    page = writing.open(f"/t/{question.public_id}/")
    page.fill("#id_source", "Before we change it, measure again.")
    locks.lock(actor=cast.moderator, post=question, clause=version.clauses.get())
    page.click("form[data-composer] .btn--main")
    expect(page.locator("[role=alert]").first).to_contain_text("Suppliers")
    expect(page.locator("#id_source")).to_have_value("Before we change it, measure again.")
    # The browser reports the refused address as an error of its own; the refusal is what was wanted.
    writing.problems.clear()
