"""Threads, bookmarks and follow levels without a mouse and on a phone: nothing is out of reach, and focus is never lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from communities.questions.models import QuestionDetail
from intranet.activity.readers import catch_up_all
from intranet.content.models import Reaction
from intranet.notify.bookmarks import bookmark
from intranet.notify.following import follow
from intranet.notify.models import Bookmark, Follow, Notification
from tests.browser.conftest import NARROW, WIDE
from tests.factories import threads as make


def tab_to(page: Page, wanted: Locator, most: int = 60) -> None:
    """Press Tab until `wanted` has the focus; it can be seen then, with a ring, within the width of the screen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    expect(wanted).to_be_in_viewport(ratio=1)
    assert wanted.evaluate("it => getComputedStyle(it).outlineStyle") == "solid"


def speak(person, language: str) -> None:
    person.language = language
    person.save()


@pytest.mark.parametrize("language", ["en", "he"])
def test_a_thread_is_voted_accepted_and_kept_by_keyboard(visitor, cast, language):
    speak(cast.noa, language)
    asked = make.question(cast.noa, cast.open, "Which limit applies?", "On rig B.")
    answered = make.answer(cast.alex, asked, "The drawing says 0.08.")
    visit = visitor(cast.noa, size=NARROW)
    page = visit.open(asked.get_absolute_url())
    post = page.locator(f"#p-{answered.public_id}")
    up = post.locator("button[name=vote]").first
    tab_to(page, up)
    page.keyboard.press("Space")
    expect(up).to_have_attribute("aria-pressed", "true")
    expect(up).to_be_focused()
    page.keyboard.press("Space")
    expect(up).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Enter")
    expect(up).to_have_attribute("aria-pressed", "true")
    assert list(Reaction.objects.values_list("person__username", "value")) == [("noa", 1)]
    more = post.locator("a[href$='/more/']")
    tab_to(page, more)
    page.keyboard.press("Enter")
    menu = page.locator("#post-menu")
    expect(menu.locator("a, button").first).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "true")
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(more).to_be_focused()
    expect(more).to_have_attribute("aria-expanded", "false")
    accept = post.locator("button[name=accept]")
    accept.focus()
    page.keyboard.press("Enter")
    expect(post.locator(".post__accept")).to_be_visible()
    assert QuestionDetail.objects.get(post=asked).accepted == answered
    page.keyboard.press("Tab")
    expect(post.locator(":focus")).to_have_count(1)  # where one was, not at the top of the page


def test_a_vote_that_is_refused_leads_to_the_reason(visitor, cast):
    speak(cast.noa, "en")
    asked = make.question(cast.alex, cast.open, "Which limit applies?")
    visit = visitor(cast.noa)
    page = visit.open(asked.get_absolute_url())
    make.lock(cast.moderator, asked)  # after the page was opened
    page.locator("button[name=vote]").first.press("Enter")
    expect(page.get_by_text("This is locked under Working with suppliers")).to_be_visible()
    assert not Reaction.objects.exists()
    visit.problems.clear()  # the browser itself reports the 403


def test_a_post_is_kept_with_a_reminder_and_let_go_on_a_phone(visitor, cast):
    talk = make.discussion(cast.alex, cast.open, "Cold starts on the northern line this winter")
    make.reply(cast.hiba, talk, "At minus forty nothing moves.")
    visit = visitor(cast.noa, size=NARROW)
    page = visit.open(talk.get_absolute_url())
    page.locator(f"#p-{talk.public_id} a[href$='/more/']").press("Enter")
    page.locator("#post-menu a[href^='/bookmarks/']").press("Enter")
    page.locator("[name=note]").fill("For the winter plan")
    page.locator("[name=remind_on]").fill("2999-01-31")
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.locator("main form .btn--main").press("Enter")
    page.wait_for_url(f"**{talk.get_absolute_url()}**")
    kept = Bookmark.objects.get(person=cast.noa)
    assert (kept.note, str(kept.remind_on)) == ("For the winter plan", "2999-01-31")
    page = visit.open("/bookmarks/")
    line = page.locator("li.item", has_text="For the winter plan")
    tab_to(page, line.locator("a[href^='/bookmarks/']"))
    page.keyboard.press("Tab")
    expect(line.locator("button")).to_be_in_viewport(ratio=1)
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.keyboard.press("Enter")
    expect(line).to_have_count(0)
    assert not Bookmark.objects.exists()


def test_what_is_followed_is_changed_by_keyboard_on_a_phone(visitor, cast):
    talk = make.discussion(cast.alex, cast.open, "Cold starts on the northern line this winter")
    follow(person=cast.noa, post=talk, level="watching")
    follow(person=cast.noa, space=cast.partners, level="watching")
    bookmark(person=cast.noa, post=talk)
    cast.noa.language = "en"
    cast.noa.save()
    visit = visitor(cast.noa, size=NARROW)
    page = visit.open("/following/")
    line = page.locator("li.item", has_text="Cold starts")
    level = line.locator("button[popovertarget]")
    tab_to(page, level)
    page.keyboard.press("Enter")
    menu = line.locator("[popover]")
    expect(menu).to_be_visible()
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(level).to_be_focused()
    page.keyboard.press("Enter")
    menu.locator("button[value=muted]").focus()
    page.keyboard.press("Enter")
    expect(level).to_have_accessible_name("What you hear of this thread: Muted")
    expect(level).to_be_focused()
    expect(line.locator("[data-meaning]")).to_have_text(re.compile("nothing that is said here"))
    assert Follow.objects.get(post=talk).level == "muted"


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("he", NARROW)])
def test_from_the_first_tab_to_a_notice_that_is_read(visitor, cast, language, size):
    speak(cast.alex, language)
    asked = make.question(cast.alex, cast.open, "Which limit applies?", "On rig B.")
    answered = make.answer(cast.noa, asked, "The drawing says 0.08.")
    catch_up_all()
    visit = visitor(cast.alex, size=size)
    page = visit.open("/ui/more/")
    bell = page.locator("[data-bell]")
    expect(bell).to_have_attribute("data-count", "1")
    tab_to(page, bell)
    page.keyboard.press("Enter")
    line = page.locator("li.item", has_text="Which limit applies?")
    expect(line).to_be_visible()
    assert (visit.axe(), visit.sideways()) == ([], 0)
    tab_to(page, line.locator("h2 a"))
    page.keyboard.press("Enter")
    answer = page.locator(f"#p-{answered.public_id}")
    expect(answer).to_be_in_viewport()
    expect(bell).to_have_attribute("data-count", "0")
    assert not Notification.objects.filter(recipient=cast.alex).unseen().exists()
    page.keyboard.press("Tab")
    expect(answer.locator(":focus")).to_have_count(1)  # one goes on where one came to
    assert (visit.axe(), visit.sideways()) == ([], 0)
