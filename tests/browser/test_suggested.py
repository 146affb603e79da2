"""A post that is like decided ones: suggested, locked, and read by its author and by others, in a real browser."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from intranet.likeness import learning, reading, suggesting
from intranet.moderation import actions
from intranet.policies.actions import publish_policy
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_moderating import CLAUSE
from tests.factories import threads as make

PERCENT = "100%"


@pytest.fixture
def suggested(cast, settings, monkeypatch):
    """A new advertisement after six that were decided, and six posts about work."""
    settings.KESHER_RATE_LIMITS = False
    for module in (learning, reading, suggesting):
        monkeypatch.setattr(module, "LIKENESS_MIN", 5)
    version = publish_policy(
        owner=cast.admin, slug="terms", title="Terms", title_he="תנאים", clauses=[CLAUSE]
    )
    clause = version.clauses.get()
    for number in range(6):
        advert = make.discussion(cast.alex, cast.open, f"Ad {number}", source="Buy cheap oil, best price")
        case = actions.flag(reporter=cast.owner, post=advert, clause=clause, source="request").case
        actions.decide(actor=cast.moderator, case=case, outcome="warn", clause=clause)
        make.discussion(cast.alex, cast.open, source=f"Which seal fits gearbox {number}?")
    suggesting.switch(actor=cast.moderator, on=True)
    learning.learn_anew()
    earlier = timezone.now() - timedelta(minutes=2)
    post = make.discussion(cast.noa, cast.open, "Oil", source="Best price: buy cheap oil!", at=earlier)
    assert suggesting.suggest() == 1
    return post


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("he", NARROW)])
def test_a_suggestion_is_looked_at_and_its_lock_read_by_all(cast, suggested, visitor, language, size):
    for person in (cast.noa, cast.hiba, cast.moderator):
        person.language = language
        person.save()
    lead = visitor(cast.moderator, size=size)
    page = lead.open("/moderation/likeness/")
    expect(page.locator(".tbl td").last).to_contain_text(PERCENT)
    assert (lead.axe(), lead.sideways()) == ([], 0)
    lead.until(
        "(tab => tab.left >= 0 && tab.right <= innerWidth)"
        "(document.querySelector('.tabs [aria-current]').getBoundingClientRect())"
    )

    page = lead.open("/moderation/")
    page.click(".queue__a")
    expect(page.locator(".badge--tie")).to_be_visible()
    page.check("[name=outcome][value=lock]", force=True)
    page.fill("[name=note]", "There is a board for this. · יש לזה לוח.")
    page.click("[name=step][value=preview]")
    expect(page.locator("#h-pr")).to_be_visible()
    assert (lead.axe(), lead.sideways()) == ([], 0)
    page.click("[name=step][value=decide]")
    expect(page.locator("#h-done")).to_be_visible()

    for person, way in ((cast.noa, "a[href$='/appeal/']"), (cast.hiba, ".quiet")):
        visit = visitor(person, size=size)
        page = visit.open(suggested.get_absolute_url())
        expect(page.locator(".lock__clause").first).to_contain_text(
            {"en": CLAUSE["text_en"], "he": CLAUSE["text_he"]}[language]
        )
        expect(page.get_by_text("There is a board for this.")).to_have_count(0)
        page.click("p.sm a[href^='/moderation/locks/']")
        expect(page.locator(way).first).to_be_visible()
        assert (visit.axe(), visit.sideways()) == ([], 0)
        expect(page.get_by_text("There is a board for this.")).to_have_count(int(person == cast.noa))
