"""What others do arrives without a reload, and moves nothing that is being read."""

from playwright.sync_api import expect

from communities.questions.actions import answer, ask


def asked_by_alex(cast):
    return ask(author=cast.alex, space=cast.open, title="Which limit applies?", source="On rig B.").post


def connected(page):
    expect(page.locator("body[data-live=on]")).to_be_attached()
    return page


def test_an_answer_rings_the_bell_and_offers_itself(visitor, cast, work):
    question = asked_by_alex(cast)
    page = connected(visitor(cast.alex).open(f"/t/{question.public_id}/"))
    expect(page.locator("[data-bell]")).to_have_attribute("data-count", "0")
    answer(author=cast.noa, question=question, source="The drawing says 0.08.")
    work()
    expect(page.locator("[data-bell]")).to_have_attribute("data-count", "1")
    expect(page.locator("[data-live-words]")).to_have_text("Inbox, 1 new")
    offer = page.locator("[data-new-posts] button")
    expect(offer).to_have_text("1 new: show")
    expect(page.get_by_text("The drawing says 0.08.")).to_have_count(0)
    offer.click()
    expect(page.get_by_text("The drawing says 0.08.")).to_be_visible()
    expect(offer).to_be_hidden()


def test_the_bell_rings_on_any_page(visitor, cast, work):
    question = asked_by_alex(cast)
    page = connected(visitor(cast.alex).open("/ui/more/"))
    answer(author=cast.noa, question=question, source="The drawing.")
    work()
    expect(page.locator("[data-bell]")).to_have_attribute("data-count", "1")


def test_nobody_else_hears_it(visitor, cast, work):
    question = asked_by_alex(cast)
    page = connected(visitor(cast.outsider).open("/ui/more/"))
    answer(author=cast.noa, question=question, source="The drawing.")
    work()
    expect(page.locator("[data-bell]")).to_have_attribute("data-count", "0")
