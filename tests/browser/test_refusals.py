"""Whatever turns a text away while it is being written, it stands on the page that says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from intranet.content.kinds import Posting
from intranet.content.models import Post, Space
from intranet.people.models import User
from intranet.settings import product
from intranet.text.sources import LIMIT
from tests.browser.conftest import NARROW, WIDE, Visit
from tests.factories import threads as make
from tests.factories.cast import Cast

TYPED = "After forty minutes בזמן חימום the zero moves."
ASK = "/c/merger/ask/"


def nothing(_visit: Visit, _cast: Cast) -> None:
    """What is wrong stands in the text itself."""


def archived(_visit: Visit, cast: Cast) -> None:
    Space.objects.filter(pk=cast.secret.pk).update(archived_at=timezone.now())


def announce_only(_visit: Visit, cast: Cast) -> None:
    Space.objects.filter(pk=cast.secret.pk).update(posting=Posting.MANAGERS)


def suspended(_visit: Visit, cast: Cast) -> None:
    User.objects.filter(pk=cast.alex.pk).update(suspended_until=timezone.now() + timedelta(days=1))


def removed(_visit: Visit, cast: Cast) -> None:
    cast.secret.memberships.filter(person=cast.alex).delete()


def too_fast(_visit: Visit, cast: Cast) -> None:
    for n in range(product.WRITES_PER_MINUTE):
        make.question(cast.alex, cast.open, f"Question {n}")


def locked(_visit: Visit, cast: Cast) -> None:
    make.lock(cast.moderator, Post.objects.get(title="Which limit?"))


def without_token(visit: Visit, _cast: Cast) -> None:
    visit.context.clear_cookies(name="csrftoken")


def signed_out(visit: Visit, _cast: Cast) -> None:
    visit.context.clear_cookies(name="sessionid")


KINDS: list[tuple[Callable[[Visit, Cast], None], str, str, str]] = [
    # what happens meanwhile, where one writes, the title, what the text ends with
    (nothing, ASK, " ", "."),
    (nothing, ASK, "Title", "x" * LIMIT),
    (archived, ASK, "Title", "."),
    (announce_only, ASK, "Title", "."),
    (suspended, ASK, "Title", "."),
    (removed, ASK, "Title", "."),
    (too_fast, ASK, "Title", "."),
    (locked, "thread", "", "."),
    (without_token, ASK, "Title", "."),
    (signed_out, ASK, "Title", "."),
]


def write(page: Page, title: str, text: str) -> None:
    if title:
        page.locator("[name=title]").fill(title)
    page.locator("[name=source]").fill(text)


@pytest.mark.parametrize(("language", "size"), [("en", NARROW), ("he", WIDE)])
def test_ten_kinds_of_refusal_keep_the_text(visitor, cast, language, size):
    User.objects.filter(pk=cast.alex.pk).update(language=language)
    thread = make.question(cast.noa, cast.open, "Which limit?")
    for meanwhile, where, title, end in KINDS[:: 1 if language == "en" else 5]:
        visit = visitor(User.objects.get(pk=cast.alex.pk), size=size)
        page = visit.open(thread.get_absolute_url() if where == "thread" else where)
        write(page, title, TYPED + end)
        meanwhile(visit, cast)
        page.evaluate("document.querySelector('form[data-composer]').noValidate = true")
        with page.expect_navigation():
            page.locator("form[data-composer] .btn--main").click()
        if meanwhile is signed_out:
            visit.sign_in(cast.alex)
            page = visit.open(where)
        expect(page.locator("main textarea").first).to_have_value(TYPED + end)
        assert visit.sideways() == 0
        visit.problems.clear()  # the browser itself reports each refusal
        Space.objects.filter(pk=cast.secret.pk).update(archived_at=None, posting=Posting.MEMBERS)
        User.objects.filter(pk=cast.alex.pk).update(suspended_until=None)
        cast.secret.memberships.get_or_create(person=cast.alex)
    assert not Post.objects.filter(source__startswith=TYPED).exists()
