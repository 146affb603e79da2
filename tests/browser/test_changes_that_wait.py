"""A change that a rule holds, as its author and a moderator meet it in a real browser."""

import pytest
from playwright.sync_api import expect

from communities.questions.actions import ask
from intranet.moderation.models import HeldEdit
from intranet.policies.actions import publish_policy
from intranet.rules import actions as rules
from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_moderating import CLAUSE


@pytest.mark.parametrize(("language", "size"), [("en", WIDE), ("he", NARROW)])
def test_a_change_waits_is_explained_and_goes_out(cast, visitor, language, size):
    version = publish_policy(
        owner=cast.admin, slug="terms", title="Terms", title_he="תנאים", clauses=[CLAUSE]
    )
    facts = {"name": "Secrets", "kind": "words", "what": "trade secret\nסוד מסחרי", "action": "hold"}
    rules.add(actor=cast.moderator, clause=version.clauses.get(), **facts)
    for person in (cast.noa, cast.moderator):
        person.language = language
        person.save()
    post = ask(author=cast.noa, space=cast.open, title="Which oil", source="Which one?").post

    author = visitor(cast.noa, size=size)
    page = author.open(f"/p/{post.public_id}/edit/")
    page.fill("[name=source]", "It is in the trade secret. · זה בסוד המסחרי.")
    page.click("[data-composer] .btn--main")
    page.wait_for_url("**/t/**")
    expect(page.locator(".banner--waiting")).to_contain_text("בסוד המסחרי")
    expect(page.locator(".talk").first).to_contain_text("Which one?")
    assert (author.axe(), author.sideways()) == ([], 0)
    page = author.open(f"/moderation/waits/{post.public_id}/")
    expect(page.locator(".diff ins").first).to_be_visible()
    assert (author.axe(), author.sideways()) == ([], 0)

    deciding = visitor(cast.moderator, size=size)
    page = deciding.open("/moderation/held/")
    assert (deciding.axe(), deciding.sideways()) == ([], 0)
    page.click(".item__title a")
    expect(page.locator("[name=clause]")).to_have_value("terms#kind-words")
    assert (deciding.axe(), deciding.sideways()) == ([], 0)
    page.click("[name=do][value=publish]")
    page.wait_for_url("**/held/")
    assert HeldEdit.objects.count() == 0
    page = author.open(post.get_absolute_url())
    expect(page.locator(".talk").first).to_contain_text("בסוד המסחרי")
