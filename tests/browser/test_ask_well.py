"""Before a question is posted: what was asked before, who will be asked, and by when; in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from communities.questions import actions as questions
from intranet.activity.models import Event
from intranet.activity.readers import catch_up_all
from tests.browser.conftest import NARROW, WIDE
from tests.factories import threads as make

THREAD = re.compile(r"/t/[a-z0-9]+/")


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("he", NARROW)])
def test_similar_questions_and_who_will_be_asked_stand_there_before_one_posts(cast, visitor, language, size):
    cast.noa.language = language
    cast.noa.save()
    before = make.question(cast.hiba, cast.open, "Torque drift on rig B after the burn-in", tags=["torque"])
    answer = make.answer(cast.alex, before, "Zero the torque sensor warm: the drift on rig B goes.")
    questions.accept(actor=cast.hiba, question=before, answer=answer)
    catch_up_all()
    visit = visitor(cast.noa, size=size)
    page = visit.open("/c/open-talk/ask/")
    page.locator("#id_title").press_sequentially("Torque drift on rig B when cold")
    alike = page.locator("[data-fill='/search/similar/'] a")
    expect(alike.first).to_contain_text("Torque drift on rig B after the burn-in")
    expect(page.locator("[data-fill='/search/similar/'] .badge").first).to_be_visible()
    who = page.locator("[data-fill$='/asked/']")
    expect(who).to_contain_text("Alex Dromi")
    expect(who.locator("time")).to_have_count(1)
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.locator("#id_source").fill("Since Sunday.")
    page.locator("#id_source").press("Tab")
    page.locator("form[data-composer] .btn--main").press("Enter")
    page.wait_for_url(THREAD)
    told = Event.objects.filter(verb="asked_of").values_list("about__username", flat=True)
    assert "alex" in told


def test_a_question_becomes_urgent_and_pinned_from_its_menu_by_keyboard(cast, visitor):
    asked = make.question(cast.noa, cast.open)
    visit = visitor(cast.noa, size=NARROW)
    page = visit.open(asked.get_absolute_url())
    page.locator(f"#p-{asked.public_id} a[href$='/more/']").press("Enter")
    page.locator("#post-menu a[href$='/urgent/']").press("Enter")
    page.fill("#id_reason", "The line stands")
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.locator("form.card .btn--main").press("Enter")
    expect(page.locator(".banner--waiting")).to_contain_text("The line stands")
    runs = visitor(cast.owner)
    page = runs.open(asked.get_absolute_url())
    page.locator(f"#p-{asked.public_id} a[href$='/more/']").press("Enter")
    page.locator("#post-menu a[href$='/pin/']").press("Enter")
    page.fill("#id_until", "2999-01-31")
    assert (runs.axe(), runs.sideways()) == ([], 0)
    page.locator("form.card .btn--main").press("Enter")
    expect(page.locator(".head .meta")).to_contain_text("Pinned until")
    page.locator(f"#p-{asked.public_id} a[href$='/more/']").press("Enter")
    page.locator("#post-menu button[name=unpin]").press("Enter")
    expect(page.locator(".toasts")).to_contain_text("no longer pinned")
