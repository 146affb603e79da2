"""From a flag to an overturned decision, as author, moderators and readers meet it in a real browser."""

import pytest
from playwright.sync_api import expect

from communities.questions.actions import ask
from intranet.moderation.models import Case, Decision
from intranet.policies.actions import publish_policy
from tests.browser.conftest import NARROW, WIDE

CLAUSE = {
    "anchor": "kind-words",
    "title_en": "Kind words",
    "text_en": "Write as you would speak.",
    "title_he": "מילים טובות",
    "text_he": "כותבים כמו שמדברים.",
}


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("he", NARROW)])
def test_a_post_is_flagged_hidden_appealed_and_shown_again(cast, visitor, language, size):
    publish_policy(owner=cast.admin, slug="terms", title="Terms", title_he="תנאים", clauses=[CLAUSE])
    for person in (cast.noa, cast.alex, cast.moderator, cast.moderator2):
        person.language = language
        person.save()
    post = ask(author=cast.noa, space=cast.open, title="Why is it always him", source="He breaks it.").post

    reader = visitor(cast.alex, size=size)
    page = reader.open(post.get_absolute_url())
    page.click(f"#p-{post.public_id} [href$='/more/']")
    page.click("#post-menu a[href*=flag]")
    page.select_option("[name=clause]", "terms#kind-words")
    page.click("form .btn--main")
    page.wait_for_url("**/t/**")

    deciding = visitor(cast.moderator, size=size)
    page = deciding.open("/moderation/")
    page.click(".queue__a")
    page.check("[name=outcome][value=hide]", force=True)
    page.select_option("[name=ready]", "kind")
    page.click("[name=step][value=preview]")
    expect(page.locator("#h-pa")).to_be_visible()
    assert (deciding.axe(), deciding.sideways()) == ([], 0)
    page.click("[name=step][value=decide]")
    expect(page.locator("#h-done")).to_be_visible()
    assert Case.objects.get().state == "decided"

    decision = Decision.objects.get()
    author = visitor(cast.noa, size=size)
    page = author.open(f"/moderation/decisions/{decision.pk}/")
    assert (author.axe(), author.sideways()) == ([], 0)
    page.click("a[href$=appeal\\/]")
    page.fill("[name=text]", "He asked me to. · הוא ביקש.")
    page.click("form .btn--main")
    page.wait_for_url("**/appeals/**")

    other = visitor(cast.moderator2, size=size)
    page = other.open("/moderation/appeals/")
    page.click(".item__title a")
    expect(page.locator("[name=note]")).to_be_visible()
    assert (other.axe(), other.sideways()) == ([], 0)
    page.check("[name=result][value=overturned]", force=True)
    page.fill("[name=note]", "It was asked for.")
    page.click("form.card .btn--policy")
    page.wait_for_url("**/appeals/")
    page = reader.open(post.get_absolute_url())
    expect(page.locator(".talk").first).to_contain_text("He breaks it.")
