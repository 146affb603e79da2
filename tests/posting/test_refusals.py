"""Whatever the reason of a refusal, the typed text stands in the form again and is kept as a draft."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from intranet.content.kinds import Posting
from intranet.content.models import Draft, Post
from intranet.people.models import User
from intranet.settings import product
from tests.factories import threads as make

TYPED = "After forty minutes בזמן חימום the zero moves by 0.06 N·m."
FORM = {"source": TYPED, "client_token": "token-0001"}

type Attempt = tuple[str, dict, int, str]
"""Where the text is sent, what with it, the status, and the sentence that says why."""


def empty(cast) -> Attempt:
    return "/c/open-talk/ask/", FORM | {"title": " ", "tags": "AX-40"}, 422, "Give it a title."


def too_long(cast) -> Attempt:
    sent = FORM | {"title": "T", "source": TYPED + "x" * 20_000}
    return "/c/open-talk/ask/", sent, 422, "up to 20,000 characters"


def locked(cast) -> Attempt:
    asked = make.question(cast.noa, cast.open)
    make.lock(cast.moderator, asked)
    return f"/p/{asked.public_id}/reply/", FORM, 403, "This is locked under Working with suppliers"


def suspended(cast) -> Attempt:
    cast.alex.suspended_until = timezone.now() + timedelta(days=1)
    cast.alex.save()
    return "/c/open-talk/start/", FORM | {"title": "T", "kind": "idea"}, 403, "Your right to write is paused."


def not_a_member(cast) -> Attempt:
    cast.open.memberships.filter(person=cast.alex).delete()
    return "/c/open-talk/ask/", FORM | {"title": "T"}, 403, "Join this community to write in it."


def archived(cast) -> Attempt:
    asked = make.question(cast.noa, cast.open)
    cast.open.archived_at = timezone.now()
    cast.open.save()
    return f"/p/{asked.public_id}/reply/", FORM, 403, "This community is archived"


def too_fast(cast) -> Attempt:
    for n in range(product.WRITES_PER_MINUTE):
        make.question(cast.alex, cast.open, f"Question {n}")
    return "/c/open-talk/ask/", FORM | {"title": "T"}, 429, "That is a lot in one minute."


def announce_only(cast) -> Attempt:
    cast.open.posting = Posting.MANAGERS
    cast.open.save()
    return "/c/open-talk/start/", FORM | {"title": "T", "kind": "idea"}, 403, "Only its owners and managers"


def stale(cast) -> Attempt:
    mine = make.question(cast.alex, cast.open, source="One")
    address = f"/p/{mine.public_id}/edit/"
    client = Client()
    client.force_login(cast.alex)
    client.post(address, {"title": mine.title, "source": "Two", "tags": "", "base_revision": "1"})
    return (
        address,
        {"title": mine.title, "source": TYPED, "tags": "", "base_revision": "1"},
        409,
        ">Two</textarea>",
    )


def sent_before(cast) -> Attempt:
    client = Client()
    client.force_login(cast.alex)
    client.post("/c/open-talk/ask/", FORM | {"title": "T", "source": "The first text"})
    return "/c/open-talk/ask/", FORM | {"title": "T"}, 409, "already sent with another text"


def a_program(cast) -> Attempt:
    sent = FORM | {"title": "T", "files": SimpleUploadedFile("a.exe", b"MZ\x90")}
    return "/c/open-talk/ask/", sent, 422, "Programs and scripts are not taken."


def reaches_many(cast) -> Attempt:
    many = [
        User(username=f"p{n}", username_skeleton=f"p{n}", name=f"P{n}", name_key=f"p{n}", unit=cast.alex.unit)
        for n in range(product.REACH_WARNING)
    ]
    User.objects.bulk_create(many)
    sent = FORM | {"title": "T", "source": f"@u/rd-lab {TYPED}"}
    return "/c/open-talk/ask/", sent, 422, "people at once"


REFUSALS: list[Callable] = [
    empty, too_long, locked, suspended, not_a_member, archived, too_fast, announce_only, stale, sent_before,
    a_program, reaches_many,
]  # fmt: skip


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_the_text_is_kept(cast, sign_in, refusal):
    address, sent, status, sentence = refusal(cast)
    before = list(Post.objects.values_list("public_id", "source"))
    answer = sign_in(cast.alex).post(address, sent)
    page = answer.content.decode()
    assert (answer.status_code, sentence in page) == (status, True)
    assert TYPED in re.search('<textarea name="source"[^>]*>([^<]*)', page).group(1)
    assert TYPED in Draft.objects.get(person=cast.alex).body["source"]
    assert list(Post.objects.values_list("public_id", "source")) == before


def test_the_text_is_kept_when_the_session_had_ended(cast):
    browser = Client()
    browser.post("/c/open-talk/ask/", FORM | {"title": "T", "writer": "alex"})
    browser.force_login(cast.alex)
    page = browser.get("/c/open-talk/ask/").content.decode()
    assert TYPED in page and "You were signed out when you sent this." in page
    assert Post.objects.count() == 0
