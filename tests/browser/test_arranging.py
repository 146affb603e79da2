"""Keeping threads in order and voting in a poll, in a real browser, in both languages and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from communities.polls.models import Poll
from communities.questions.models import QuestionDetail
from intranet.content.models import Post
from tests.browser.conftest import NARROW, WIDE
from tests.factories import threads as make

LOOKS = [("en", WIDE), ("he", NARROW)]


@pytest.mark.parametrize(("language", "size"), LOOKS)
def test_a_reply_becomes_a_question_of_its_own_and_goes_back(cast, visitor, language, size):
    talk = make.discussion(cast.noa, cast.open, "Rig B moves · עמדה B עוברת", "On Tuesday, ביום ג׳.")
    part = make.reply(cast.alex, talk, "Who calibrates AX-40 after the move?")
    make.reply(cast.hiba, part, "The lab does.")
    make.reply(cast.hiba, talk, "See you there.")
    cast.owner.language = language
    cast.owner.save()
    keeping = visitor(cast.owner, size=size)
    page = keeping.open(f"/t/{talk.public_id}/")
    page.click(f"#p-{part.public_id} a[href='/p/{part.public_id}/arrange/']")
    expect(page.locator(f"a[href='/p/{part.public_id}/split/']")).to_be_visible()
    assert (keeping.axe(), keeping.sideways()) == ([], 0)
    page.click(f"a[href='/p/{part.public_id}/split/']")
    page.fill("#id_title", "Who calibrates after the move?")
    page.select_option("#id_kind", "question")
    assert (keeping.axe(), keeping.sideways()) == ([], 0)
    page.click("main form .btn--main")
    page.wait_for_url(f"**/t/{part.public_id}/")
    assert QuestionDetail.objects.get(post=part).state == "answered"
    assert (keeping.axe(), keeping.sideways()) == ([], 0)

    page = keeping.open(f"/t/{talk.public_id}/#p-{part.public_id}")  # an old link, as people keep them
    page.wait_for_url(f"**/t/{part.public_id}/**")
    page.click("a[href$='/undo/']")
    page.click("main form .btn--main")
    page.wait_for_url(re.compile(rf"/t/{talk.public_id}/"))
    assert list(Post.objects.filter(root=talk).order_by("number").values_list("text", flat=True)) == [
        "Who calibrates AX-40 after the move?",
        "The lab does.",
        "See you there.",
    ]


@pytest.mark.parametrize(("language", "size"), LOOKS)
def test_a_poll_is_made_and_voted_in_by_keyboard(cast, visitor, language, size):
    talk = make.discussion(cast.noa, cast.open, "When do we meet? · מתי נפגשים?")
    for person in (cast.noa, cast.alex):
        person.language = language
        person.save()
    page = visitor(cast.noa, size=size).open(f"/t/{talk.public_id}/poll/")
    page.fill("#id_question", "Which day? · באיזה יום?")
    page.fill("#id_options", "Monday, יום ב׳\nTuesday, יום ג׳")
    page.click("main form .btn--main")
    page.wait_for_url(f"**/t/{talk.public_id}/")

    voting = visitor(cast.alex, size=size)
    page = voting.open(f"/t/{talk.public_id}/")
    expect(page.locator("#poll .poll")).to_have_count(0)
    page.focus("#poll input[type=radio] >> nth=0")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#poll .poll li >> nth=1")).to_contain_text("100%")
    assert (voting.axe(), voting.sideways()) == ([], 0)
    assert Poll.objects.get(post=talk).ballots.get().person == cast.alex
