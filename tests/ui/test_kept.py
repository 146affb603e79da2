"""Pieces of pages are kept for equal values, and what differs on each page is put in anew."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.utils.safestring import mark_safe

from intranet.people.models import User
from intranet.ui import kept
from tests.factories.cast import Cast

FRAME = re.compile(
    r'<header class="bar">.*?</header>|<nav class="side".*?</nav>|<nav class="dock".*?</nav>', re.DOTALL
)


def _frame(client: Client, address: str) -> list[str]:
    page = client.get(address).content.decode()
    return [re.sub(r'(csrfmiddlewaretoken" value=)"[^"]*"', r"\1", part) for part in FRAME.findall(page)]


def test_everybody_gets_a_frame_of_their_own(cast: Cast, sign_in) -> None:
    clients = [sign_in(person) for person in (cast.noa, cast.alex, cast.moderator, cast.admin)]
    frames = []
    for address in ("/", "/c/", "/ask/"):
        frames += [_frame(client, address) for client in clients]
    again = []
    for address in ("/", "/c/", "/ask/"):
        for client in clients:
            kept.forget()
            again.append(_frame(client, address))
    assert frames == again
    assert len({tuple(frame) for frame in frames}) == len(frames)


def test_a_new_name_is_seen_at_once(cast: Cast, sign_in) -> None:
    client = sign_in(cast.noa)
    assert ">נת</span>" in "".join(_frame(client, "/"))
    User.objects.filter(pk=cast.noa.pk).update(name_he="אורה זהב")
    assert ">אז</span>" in "".join(_frame(client, "/"))


def test_a_form_in_a_kept_piece_works_for_each_session_and_comes_back_here(cast: Cast) -> None:
    for person in (cast.noa, cast.alex):
        client = Client(enforce_csrf_checks=True)
        client.force_login(person)
        page = client.get("/c/?new=1&all=2").content.decode()
        form = page[page.index('id="language"') :]
        token = re.search(r'csrfmiddlewaretoken" value="([^"]+)"', form)
        assert token and 'name="next" value="/c/?new=1&amp;all=2"' in form
        sent = {"csrfmiddlewaretoken": token[1], "language": "he", "next": "/c/?new=1&all=2"}
        assert client.post("/ui/language/", sent).headers["Location"] == "/c/?new=1&all=2"


@pytest.mark.django_db
def test_only_plain_values_are_taken(cast: Cast) -> None:
    for value in (cast.noa, mark_safe("<b>bold</b>")):
        with pytest.raises(TypeError):
            kept.kept("ui/bar.html", me=None, words=value)


def test_what_looks_like_markup_stays_text(cast: Cast, sign_in) -> None:
    assert 'value="&lt;b&gt;"' in "".join(_frame(sign_in(cast.noa), "/search/?q=<b>"))
