"""Levels by keyboard, positions that the browser tells by itself, and news that move nothing."""

import pytest
from playwright.sync_api import expect

from intranet.activity.readers import catch_up_all
from intranet.notify.models import Follow, Notification, ReadPosition
from intranet.notify.positions import read_up_to
from tests.factories import threads as make


def test_a_level_is_chosen_by_keyboard_and_each_says_what_it_does(visitor, cast):
    question = make.question(cast.alex, cast.open, "Which limit applies?", "On rig B.")
    visit = visitor(cast.alex, size={"width": 390, "height": 844})
    page = visit.open(f"/t/{question.public_id}/")
    button = page.get_by_role("button", name="What you hear of this thread: Normal")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You are told of every post here, comments too.")).to_be_visible()
    assert (visit.sideways(), visit.axe()) == (0, [])
    page.evaluate("document.body.dataset.same = 'page'")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    changed = page.get_by_role("button", name="What you hear of this thread: Watching")
    expect(changed).to_be_focused()
    expect(page.locator("[data-live-words]")).to_have_text(
        "Watching: You are told of every post here, comments too."
    )
    expect(page.locator(".toast")).to_have_text("Watching: You are told of every post here, comments too.")
    expect(page.locator("body")).to_have_attribute("data-same", "page")
    assert (visit.sideways(), visit.axe()) == (0, [])
    assert list(Follow.objects.values_list("person__username", "level")) == [("alex", "watching")]


def test_what_was_on_the_screen_is_read_and_later_posts_are_new(visitor, cast, work):
    talk = make.discussion(cast.alex, cast.open, "Cold starts", "How?")
    make.reply(cast.hiba, talk, "First reply.")
    talk.refresh_from_db()
    visit = visitor(cast.alex)
    with visit.page.expect_response("**/inbox/read/**"):
        page = visit.open(f"/t/{talk.public_id}/")
    assert list(ReadPosition.objects.values_list("person__username", "number")) == [("alex", 1)]
    make.reply(cast.hiba, talk, "Second reply.")
    read_up_to(person=cast.alex, thread=talk, number=1)
    page = visit.open(f"/t/{talk.public_id}/")
    expect(page.locator(".since")).to_have_text("New since you were here")
    expect(page.locator("article", has_text="Second reply.").get_by_text("New", exact=True)).to_be_visible()


def test_a_comment_that_comes_while_one_writes_moves_nothing_and_lands_below_its_answer(visitor, cast, work):
    question = make.question(cast.alex, cast.open, "Which limit applies?", "On rig B.")
    answered = make.answer(cast.noa, question, "The drawing says 0.08.")
    page = visitor(cast.alex).open(f"/t/{question.public_id}/")
    expect(page.locator("body[data-live=on]")).to_be_attached()
    field = page.locator("textarea").last
    field.fill("I would say")
    before = field.bounding_box()["y"]
    make.comment(cast.noa, answered, "Since May.")
    work()
    offer = page.locator("[data-new-posts] button")
    expect(offer).to_have_text("1 new: show")
    assert field.bounding_box()["y"] == before
    offer.click()
    expect(page.locator(f"#p-{answered.public_id} .comments li")).to_contain_text("Since May.")
    expect(page.locator(f"#p-{answered.public_id} .comments li")).to_be_focused()
    expect(field).to_have_value("I would say")


def test_two_new_answers_are_heard_and_brought_by_keyboard_and_the_focus_stays_till_then(visitor, cast, work):
    question = make.question(cast.alex, cast.open, "Which limit applies?", "On rig B.")
    page = visitor(cast.alex).open(f"/t/{question.public_id}/")
    expect(page.locator("body[data-live=on]")).to_be_attached()
    region, field = page.locator("[data-new-posts]"), page.locator("textarea").last
    expect(region).to_have_attribute("role", "status")  # polite, and there before it has something to say
    assert region.evaluate("it => getComputedStyle(it).display") != "none"
    field.focus()
    page.keyboard.type("I would say")
    first = make.answer(cast.noa, question, "The drawing says 0.08.")
    make.answer(cast.hiba, question, "Since May it is 0.06.")
    work()
    offer = region.get_by_role("button", name="2 new: show")
    expect(offer).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_value("I would say")
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if offer.evaluate("it => it === document.activeElement"):
            break
    expect(offer).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(f"#p-{first.public_id}")).to_be_focused()
    expect(page.locator("article.post")).to_have_count(3)
    expect(offer).to_have_count(0)
    expect(field).to_have_value("I would say")


@pytest.mark.parametrize(("language", "width"), [("en", 1440), ("he", 390)])
def test_what_was_said_in_one_thread_is_one_line_that_can_be_muted(visitor, cast, language, width):
    cast.alex.language = language
    cast.alex.save()
    question = make.question(cast.alex, cast.open, "Which limit applies?", "On rig B.")
    for n in range(3):
        make.answer((cast.noa, cast.hiba, cast.owner)[n], question, f"It is {n}.")
    catch_up_all()
    visit = visitor(cast.alex, size={"width": width, "height": 844})
    page = visit.open("/inbox/")
    line = page.locator("li.item", has_text="Which limit applies?")
    expect(line).to_have_count(1)
    expect(line.locator("h2")).to_contain_text("3")
    assert (visit.sideways(), visit.axe()) == (0, [])
    line.locator("button[value=muted]").press("Enter")
    expect(line.locator("button[value=normal]")).to_be_focused()
    expect(page.locator("[data-live-words]")).not_to_be_empty()
    make.answer(cast.noa, question, "Once more.")
    catch_up_all()
    assert Notification.objects.filter(recipient=cast.alex, event__verb="answered").count() == 3
    page = visit.open("/inbox/")
    line.locator("h2 a").press("Enter")
    page.wait_for_url(f"**/t/{question.public_id}/**")
    page = visit.open("/inbox/")
    expect(page.locator("li.item--tie")).to_have_count(0)
