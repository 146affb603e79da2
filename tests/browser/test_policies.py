"""Reading a policy to its quiz by keyboard, and the clause that appears while somebody writes."""

import pytest

from intranet.policies.actions import publish_policy
from intranet.policies.models import Acknowledgement
from tests.browser.conftest import NARROW

CLAUSES = [
    {
        "anchor": "prices",
        "title_en": "Prices",
        "text_en": "Open prices stay in Purchasing.\n\n*Why:* a negotiation is easily spoiled.",
        "title_he": "מחירים",
        "text_he": "מחירים פתוחים נשארים ברכש.\n\n*למה:* משא ומתן נפגע בקלות.",
        "hint_words": "price, מחיר",
    }
]
QUIZ = [
    {
        "anchor": "prices",
        "ask_en": "Where do open prices go?",
        "ask_he": "לאן הולכים מחירים פתוחים?",
        "answers_en": "Anywhere\nTo Purchasing",
        "answers_he": "לכל מקום\nלרכש",
        "right": 2,
        "why_en": "Purchasing is where they can still be kept.",
        "why_he": "ברכש עוד אפשר לשמור עליהם.",
    }
]


@pytest.fixture
def policy(cast):
    return publish_policy(
        owner=cast.admin,
        slug="suppliers",
        title="Working with suppliers",
        title_he="עבודה עם ספקים",
        clauses=CLAUSES,
        questions=QUIZ,
        must_acknowledge=True,
    )


def test_reading_on_a_phone_by_keyboard_with_a_wrong_answer_first(visitor, cast, policy):
    visit = visitor(cast.noa, size=NARROW)
    page = visit.open("/policies/reading/")
    page.get_by_role("link", name="עבודה עם ספקים").press("Enter")
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.get_by_label("לכל מקום").press("Space")
    page.locator("form .btn--main").press("Enter")
    page.get_by_text("ברכש עוד אפשר לשמור עליהם.").wait_for()
    assert ["422" in problem for problem in visit.problems] == [True]
    visit.problems.clear()
    page.get_by_label("לרכש").press("Space")
    page.locator("form .btn--main").press("Enter")
    page.wait_for_url("**/policies/suppliers/")
    assert Acknowledgement.objects.filter(person=cast.noa).count() == 1


def test_a_clause_appears_while_writing_and_stops_nobody(visitor, cast, policy):
    visit = visitor(cast.alex)
    page = visit.open(f"/c/{cast.open.slug}/ask/")
    page.fill("[name=title]", "What is the price of this seal?")
    page.locator(".clausehint", has_text="Open prices stay in Purchasing.").wait_for()
    assert visit.axe() == []
    page.fill("[name=title]", "Which grease for deep cold?")
    page.locator(".clausehint").wait_for(state="detached")
