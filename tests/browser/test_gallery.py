"""The gallery and the door in both languages, both themes, wide and narrow."""

import pytest

from tests.browser.conftest import NARROW, WIDE

LOOKS = [("en", WIDE, "light"), ("he", NARROW, "dark"), ("en", NARROW, "dark"), ("he", WIDE, "light")]
IDS = ["en-wide-light", "he-narrow-dark", "en-narrow-dark", "he-wide-light"]


@pytest.mark.parametrize(("language", "size", "theme"), LOOKS, ids=IDS)
def test_gallery_is_accessible_and_never_scrolls_sideways(visitor, cast, language, size, theme):
    cast.alex.language = language
    cast.alex.save()
    visit = visitor(cast.alex, size=size, theme=theme)
    page = visit.open("/ui/")
    assert page.locator("html").get_attribute("lang") == language
    assert visit.axe() == []
    assert visit.sideways() == 0


@pytest.mark.parametrize(("language", "size", "theme"), LOOKS, ids=IDS)
def test_door_is_accessible_and_never_scrolls_sideways(visitor, cast, language, size, theme):
    visit = visitor(size=size, theme=theme, locale=language)
    page = visit.open("/accounts/login/")
    assert page.locator("html").get_attribute("lang") == language
    assert visit.axe() == []
    assert visit.sideways() == 0
