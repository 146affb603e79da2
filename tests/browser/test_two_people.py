"""What takes two administrators, in a real browser: a legal hold is placed and ended, a person is erased."""

import pytest
from playwright.sync_api import expect

from intranet.audit import holds
from intranet.people.roles import Role
from tests.browser.conftest import NARROW, WIDE
from tests.factories.cast import person

HOLDS, PEOPLE = "/moderation/audit/holds/", "/moderation/audit/people/"


@pytest.fixture
def pair(cast, visitor):
    """`pair(language, size)` gives the browsers of two administrators."""

    def make(language: str, size: dict[str, int]):
        second = person("ada", Role.EMPLOYEE, Role.ADMIN, name="Ada Kedem")
        for administrator in (cast.admin, second):
            administrator.language = language
            administrator.save()
        return visitor(cast.admin, size=size), visitor(second, size=size)

    return make


def press(page, value: str) -> None:
    page.locator(f"button[name=deed][value={value}]").press("Enter")


def test_two_place_a_hold_and_two_end_it_on_a_phone_in_hebrew(cast, pair):
    first, second = pair("he", NARROW)
    page = first.open(HOLDS)
    expect(page.locator(".empty")).to_be_visible()
    page.fill("#id_name", f"{page.url.split('/moderation')[0]}/people/noa/")
    page.fill("#id_reason", "תביעה של לקוח.")
    page.locator("form:has(#id_name) .btn--main").press("Enter")
    expect(page.locator(".item--waiting")).to_contain_text("@noa")
    expect(page.locator("button[value=approve]")).to_have_count(0)
    assert (first.axe(), first.sideways()) == ([], 0)

    other = second.open("/")
    other.locator(f"a[href='{HOLDS}']").first.press("Enter")
    expect(other.locator("button[value=approve]")).to_be_visible()
    press(other, "approve")
    expect(other.locator(".item--policy")).to_contain_text("@noa")
    assert holds.is_held(cast.noa)
    press(other, "ask")
    expect(other.locator("button[value=keep]")).to_be_visible()
    press(other, "keep")
    expect(other.locator("button[value=ask]")).to_be_visible()
    press(other, "ask")
    expect(other.locator("button[value=keep]")).to_be_visible()

    page = first.open(HOLDS)
    press(page, "release")
    expect(page.locator(".item--waiting, .item--policy")).to_have_count(0)
    assert not holds.is_held(cast.noa)


def test_two_erase_a_person_who_is_asked_about_first(cast, pair):
    first, second = pair("en", WIDE)
    page = first.open(PEOPLE)
    page.get_by_text("Ask to erase somebody").press("Enter")
    page.fill("#id_erasure-person", "alex")
    page.fill("#id_erasure-reason", "Left, and asked by letter.")
    page.locator("form:has(#id_erasure-person) .btn--main").press("Enter")
    expect(page.locator(".item--waiting")).to_contain_text("Alex Dromi")
    expect(page.locator("button[value=erase]")).to_have_count(0)

    other = second.open(PEOPLE)
    expect(other.locator("button[value=erase]")).to_be_hidden()
    other.locator(".item--waiting summary").press("Enter")
    expect(other.locator("button[value=erase]")).to_be_visible()
    assert (second.axe(), second.sideways()) == ([], 0)
    press(other, "erase")
    expect(other.get_by_text("What went, what stays and why")).to_be_visible()
    expect(other.locator("main")).not_to_contain_text("Alex Dromi")
    cast.alex.refresh_from_db()
    assert (cast.alex.is_active, cast.alex.email) == (False, "")
