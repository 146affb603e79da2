"""Nothing typed is lost: not by a reload, not by another device, not by a lost line, not by a second press."""

import re

from playwright.sync_api import expect

from intranet.content.models import Draft, Post
from tests.attachments.conftest import picture
from tests.browser.conftest import NARROW
from tests.factories import threads as make

ASK = "/c/open-talk/ask/"
KEPT = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
TITLE = "Which grease for deep cold?"


def write(page, title=TITLE, source="At minus forty."):
    page.locator("[name=title]").press_sequentially(title)
    page.locator("[name=source]").press_sequentially(source)


def test_text_is_kept_on_the_device_and_comes_back_after_a_reload(visitor, cast):
    visit = visitor(cast.alex)
    page = visit.open(ASK)
    page.route("**/drafts/**", lambda route: None)  # the answer of the server never comes
    write(page)
    visit.until(f"{KEPT} === 1 && localStorage[localStorage.key(0)].includes('minus forty.')")
    page = visit.open(ASK)
    expect(page.locator("[name=title]")).to_have_value(TITLE)
    expect(page.locator("[name=source]")).to_have_value("At minus forty.")


def test_text_is_on_the_account_and_comes_back_on_another_device(visitor, cast):
    page = visitor(cast.alex).open(ASK)
    write(page)
    expect(page.locator("[data-saved]")).to_have_text("Saved a moment ago")
    page = visitor(cast.alex).open(ASK)
    expect(page.locator("[name=title]")).to_have_value(TITLE)


def test_two_devices_never_overwrite_each_other(visitor, cast):
    first, second = visitor(cast.alex), visitor(cast.alex)
    here, there = first.open(ASK), second.open(ASK)
    write(here, source="From here.")
    expect(here.locator("[data-saved]")).to_have_text("Saved a moment ago")
    write(there, source="From there.")
    shown = there.locator("[data-conflict-shown]")
    expect(shown.locator("[data-other]")).to_have_value(re.compile("From here."))
    expect(there.locator("[name=source]")).to_have_value("From there.")
    assert second.axe() == []
    shown.get_by_role("button", name="Keep mine").click()
    expect(there.locator("[data-saved]")).to_have_text("Saved a moment ago")
    assert Draft.objects.get(person=cast.alex).body["source"] == "From there."
    second.problems.clear()  # the browser itself reports the 409


def test_a_lost_line_is_said_and_the_text_goes_out_when_it_is_back(visitor, cast):
    visit = visitor(cast.alex)
    page = visit.open(ASK)
    visit.context.set_offline(True)
    write(page)
    expect(page.locator("[data-saved]")).to_contain_text("Not sent: no connection")
    visit.context.set_offline(False)
    expect(page.locator("[data-saved]")).to_have_text("Saved a moment ago")
    assert Draft.objects.get(person=cast.alex).body["title"] == TITLE
    visit.problems.clear()  # the browser itself reports the lost line


def test_a_double_press_asks_once_and_the_copies_go(visitor, cast):
    visit = visitor(cast.alex)
    page = visit.open(ASK)
    write(page)
    visit.until(f"{KEPT} === 1")
    page.locator("form[data-composer] .btn--main").dblclick()
    expect(page.locator("h1")).to_have_text(TITLE)
    assert Post.objects.filter(title=TITLE).count() == 1
    assert page.evaluate(KEPT) == 0
    assert Draft.objects.count() == 0


def test_the_toolbar_marks_what_is_chosen_and_undo_takes_it_back(visitor, cast):
    page = visitor(cast.alex).open(ASK)
    area = page.locator("[name=source]")
    area.fill("torque\nburn-in")
    area.select_text()
    page.get_by_role("button", name="List", exact=True).click()
    expect(area).to_have_value("- torque\n- burn-in")
    area.press("Control+z")
    expect(area).to_have_value("torque\nburn-in")
    area.select_text()
    area.press("Control+b")
    expect(area).to_have_value("**torque\nburn-in**")


def test_the_toolbar_is_one_tab_stop_with_arrow_keys(visitor, cast):
    cast.alex.language = "he"
    cast.alex.save()
    page = visitor(cast.alex).open(ASK)
    first = page.locator("[data-mark=bold]")
    first.focus()
    first.press("ArrowLeft")
    expect(page.locator("[data-mark=heading]")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("[name=source]")).to_be_focused()


def test_a_name_is_offered_and_taken_by_keyboard(visitor, cast):
    visit = visitor(cast.alex)
    page = visit.open(ASK)
    area = page.locator("[name=source]")
    area.press_sequentially("Ask @no")
    option = page.get_by_role("option", name=re.compile("Noa Tiltan"))
    expect(option).to_have_attribute("aria-selected", "true")
    assert area.get_attribute("aria-activedescendant") == option.get_attribute("id")
    assert visit.axe() == []
    area.press("Enter")
    expect(area).to_have_value("Ask @noa ")
    area.press_sequentially("and @c/op")
    page.get_by_role("option", name=re.compile("Actuators")).wait_for()
    area.press("Escape")
    expect(page.locator("[role=option]:visible")).to_have_count(0)
    expect(area).to_have_value("Ask @noa and @c/op")


def test_a_topic_is_offered_and_the_preview_shows_the_text(visitor, cast):
    make.question(cast.noa, cast.open, tags=["Torque"])
    visit = visitor(cast.alex, size=NARROW)
    page = visit.open(ASK)
    topics = page.locator("[name=tags]")
    topics.press_sequentially("AX-40, tor")
    page.get_by_role("option", name="Torque").click()
    expect(topics).to_have_value("AX-40, Torque, ")
    page.locator("[name=source]").fill("**Cold** at −40 °C\n\nבזמן חימום")
    page.get_by_role("button", name="Preview").click()
    shown = page.locator("[data-preview-place]")
    expect(shown.locator("strong")).to_have_text("Cold")
    expect(shown.locator("p").nth(1)).to_have_css("direction", "rtl")
    assert visit.axe() == [] and visit.sideways() == 0


def test_a_picture_is_sent_at_once_and_stands_in_the_post(visitor, cast, settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path
    visit = visitor(cast.alex)
    page = visit.open(ASK)
    write(page, source="Look:")
    page.locator("[data-files]").set_input_files(
        {"name": "rig\u202egnp.png", "mimeType": "image/png", "buffer": picture()}
    )
    expect(page.locator("[data-uploads] li")).to_contain_text("Added to the text")
    expect(page.locator("[name=source]")).to_have_value(
        re.compile(r"Look:\n\n!\[riggnp.png\]\(attachment:\w{13}\)\n")
    )
    page.locator("[data-files]").set_input_files(
        {"name": "x.exe", "mimeType": "image/png", "buffer": b"MZ\x90"}
    )
    expect(page.locator("[data-uploads] li").nth(1)).to_contain_text("Programs and scripts are not taken.")
    page.locator("form[data-composer] .btn--main").click()
    image = page.locator(".talk img")
    expect(image).to_have_attribute("width", "40")
    image.scroll_into_view_if_needed()
    visit.until("document.querySelector('.talk img').naturalWidth === 40")
    visit.problems.clear()  # the browser itself reports the 422


HAND_OVER = """([selector, kind, files]) => {
  const data = new DataTransfer();
  for (const [name, type, bytes] of files) data.items.add(new File([new Uint8Array(bytes)], name, { type }));
  const field = document.querySelector(selector);
  const how = { bubbles: true, cancelable: true };
  if (kind === "paste") field.dispatchEvent(new ClipboardEvent("paste", { ...how, clipboardData: data }));
  else for (const step of ["dragover", "drop"]) field.dispatchEvent(new DragEvent(step, { ...how, dataTransfer: data }));
}"""
"""Hands files to a field as pasting or dropping does."""


def test_a_picture_is_pasted_and_a_file_dropped_into_an_answer(visitor, cast, settings, tmp_path):
    settings.ATTACHMENTS_ROOT = tmp_path
    cast.alex.language = "he"
    cast.alex.save()
    question = make.question(cast.noa, cast.open)
    visit = visitor(cast.alex, size=NARROW)
    page = visit.open(question.get_absolute_url())
    area = page.locator("[name=source]")
    area.fill("כך זה נראה:")
    page.evaluate(HAND_OVER, ["[name=source]", "paste", [["image.png", "image/png", list(picture())]]])
    sent = page.locator("[data-uploads] li")
    expect(area).to_have_value(re.compile(r"!\[image.png\]\(attachment:\w{13}\)"))
    page.evaluate(HAND_OVER, ["[name=source]", "drop", [["log.txt", "text/plain", list(b"warm 33 Nm")]]])
    expect(area).to_have_value(re.compile(r"\n\[log.txt\]\(attachment:\w{13}\)"))
    expect(sent).to_have_count(2)
    expect(sent.locator("progress")).to_have_count(0)
    assert (visit.axe(), visit.sideways()) == ([], 0)
    page.locator("form[data-composer] .btn--main").click()
    image = page.locator(".talk img")
    image.scroll_into_view_if_needed()
    visit.until("document.querySelector('.talk img').naturalWidth === 40")
    link = page.locator(".talk a", has_text="log.txt")
    assert page.request.get(f"{visit.site}{link.get_attribute('href')}").body() == b"warm 33 Nm"


def test_signed_out_meanwhile_is_said_and_signing_in_elsewhere_goes_on(visitor, cast):
    visit = visitor(cast.alex)
    page = visit.open(ASK)
    visit.context.clear_cookies(name="sessionid")
    write(page)
    line = page.locator("[data-saved]")
    expect(line).to_contain_text("You were signed out.")
    expect(line.locator("a")).to_have_attribute("href", "/accounts/login/")
    visit.sign_in(cast.alex)
    page.locator("[name=source]").press_sequentially(" More.")
    expect(line).to_have_text("Saved a moment ago")
    assert Draft.objects.get(person=cast.alex).body["source"] == "At minus forty. More."
    visit.problems.clear()  # the browser itself reports the 401
