"""With and without the secret community, an outsider is answered the same, byte for byte.

So is a guest of another community, and an employee who was a member until they were removed; each by page and, with a
token, by program. What an ex-member did in the community is their own, and tried by `test_planted_word`.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import transaction

from tests.access.hidden import plant
from tests.access.test_planted_word import BODY, values_of
from tests.access.walking import Step, steps, take, text_of

pytestmark = pytest.mark.django_db

OUTSIDERS = ["outsider", "guest", "passer"]
MASKS = [
    (re.compile(pattern), mask)
    for pattern, mask in (
        (r'(name="(?:csrfmiddlewaretoken|client_token)" value=")[^"]*', r"\1…"),
        (r"(nonce[=-]\"?)[\w+/=-]+", r"\1…"),
        (r"(?im)^(?:content-length|x-request-id|expires|last-modified|etag): .*$", ""),
        (r'(blog:|/blogs/drafts/|name="key" value=")[2-9a-z]{13}', r"\1…"),
        (r'(name="blog" value=")\d+', r"\1…"),  # opening the form opens one's blog
        (r"<time[^>]*>.*?</time>", "<time>"),
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(?:Z|\+00:00)", "<moment>"),
        (r"(?<=[:>\s])\d+(?:\.\d+)? ?ms\b", "<ms>"),
    )
]
"""What differs between any two answers: tokens and moments."""


NEW_ID = re.compile(r"\b[2-9a-z]{13}\b")
"""What an answer to a write calls the post that was written; it is drawn by lot."""


def masked(step: Step, text: str) -> str:
    """An answer without what differs each time."""
    for pattern, mask in MASKS:
        text = pattern.sub(mask, text)
    return text if step.method == "GET" else NEW_ID.sub("…", text)


def answers(person, walk: list[Step], forget: Callable[[], None]) -> list[str]:
    """What `person` is told at each step, as somebody who just came in."""
    forget()
    return [masked(step, text_of(take(person.through(step.address), step, BODY))) for step in walk]


def first_difference(one: str, other: str) -> str:
    """The lines around the first place where two answers differ."""
    lines = zip(one.splitlines(), other.splitlines(), strict=False)
    return next((f"{with_it!r} <> {without!r}" for with_it, without in lines if with_it != without), "length")


def asked_by(who: str, walk: list[Step]) -> list[Step]:
    """What each of them asks. Who was a member reads only, and not what is held about their own past."""
    if who != "passer":
        return walk
    return [step for step in walk if step.method == "GET" and not step.address.startswith("/me/data/")]


def test_both_worlds_answer_the_same(town, clause, reader, frame_asked_once):
    readers = {who: reader(who) for who in OUTSIDERS}
    with transaction.atomic():
        hidden = plant(town, clause)
        walk = list(steps(values_of(hidden), libraries=False))
        walks = {who: asked_by(who, walk) for who in OUTSIDERS}
        with_it = {who: answers(readers[who], walks[who], frame_asked_once) for who in OUTSIDERS}
        transaction.set_rollback(True)
    without = {who: answers(readers[who], walks[who], frame_asked_once) for who in OUTSIDERS}
    assert [
        f"{who}: {step.method} {step.address}: {first_difference(one, other)}"
        for who in OUTSIDERS
        for step, one, other in zip(walks[who], with_it[who], without[who], strict=True)
        if one != other
    ] == []
