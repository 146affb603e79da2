"""Finding who knows, in both languages, wide and narrow."""

import pytest

from experts.evidence.actions import endorse
from experts.profiles.models import Profile
from intranet.activity import readers
from tests.browser.conftest import NARROW, WIDE
from tests.factories.knowledge import solved

LOOKS = [("en", WIDE, "light"), ("he", NARROW, "dark")]


@pytest.mark.parametrize(("language", "size", "theme"), LOOKS, ids=["en-wide-light", "he-narrow-dark"])
def test_from_a_problem_to_the_evidence_behind_a_rank(visitor, cast, language, size, theme):
    solved(cast.noa, cast.alex, cast.open, "Why does the torque drift?", tags=["AX-40"])
    solved(cast.noa, cast.hiba, cast.open, "למה המומנט נסחף?", tags=["AX-40"])
    endorse(actor=cast.hiba, person=cast.alex, topic="AX-40", note="על הקו")
    Profile.objects.create(
        person=cast.hiba, paused=True, cover=cast.noa, about="Field work.", languages=["ar"]
    )
    readers.catch_up_all()
    cast.outsider.language = language
    cast.outsider.save()
    visit = visitor(cast.outsider, size=size, theme=theme)
    page = visit.open("/experts/")
    page.get_by_role("searchbox").nth(-1).fill("AX-40")
    page.keyboard.press("Enter")
    page.wait_for_url("**/experts/?*")
    people = page.locator("ol.rows > li")
    assert people.locator(".who a").all_inner_texts() == ["Alex Dromi", "Hiba Zeituni"]
    assert people.first.locator("li.ev").count() == 2
    assert (visit.axe(), visit.sideways()) == ([], 0)
    people.first.locator(".who a").click()
    page.wait_for_url("**/people/alex/")
    assert page.locator("h1").inner_text() == "Alex Dromi"
    assert (visit.axe(), visit.sideways()) == ([], 0)


def test_hiding_a_line_of_mine(visitor, cast):
    solved(cast.noa, cast.alex, cast.open, "Why does the torque drift?")
    readers.catch_up_all()
    visit = visitor(cast.alex, size=NARROW)
    page = visit.open("/people/alex/")
    page.locator("button[value=hidden]").click()
    page.locator("li.ev--hidden").wait_for()
    assert (visit.axe(), visit.sideways()) == ([], 0)


def test_who_will_be_asked_follows_the_typing(visitor, cast):
    solved(cast.noa, cast.alex, cast.open, "Why does the torque drift?")
    readers.catch_up_all()
    page = visitor(cast.noa).open("/c/open-talk/ask/")
    page.locator("#id_title").fill("The torque drifts again")
    page.locator("[aria-labelledby=h-asked] ol a", has_text="Alex Dromi").wait_for()
