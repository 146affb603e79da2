"""Locks against writes and against each other, at the same moment, through every way in."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from communities.imports.actions import import_site
from communities.imports.stackexchange.reader import Dump
from communities.imports.stackexchange.site import read_site
from intranet.access.verdict import Refused
from intranet.activity import readers
from intranet.activity.models import Event
from intranet.audit.models import AuditEntry
from intranet.content.models import Post
from intranet.moderation import locks
from intranet.moderation.models import Lock
from intranet.people.models import ApiToken
from tests.factories import threads as make
from tests.factories.cast import Cast, make_cast, space
from tests.factories.stackexchange import Size, write_dump
from tests.races.test_writing_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = 240
"""Races by page and by program each; with twenty imports they are five hundred."""
IMPORTS = 20
DOUBLES = 200


@pytest.fixture
def cast(transactional_db: None, settings) -> Cast:
    settings.KESHER_RATE_LIMITS = False
    return make_cast()


def page(person: Any) -> Callable[[Post], int]:
    client, tokens = Client(), itertools.count()
    client.force_login(person)

    def write(root: Post) -> int:
        said = {"source": "Late", "client_token": f"page-{next(tokens):04}"}
        return client.post(f"/p/{root.public_id}/reply/", said).status_code

    return write


def program(person: Any) -> Callable[[Post], int]:
    client = Client(headers={"Authorization": f"Bearer {ApiToken.issue(person, 'race')}"})

    def write(root: Post) -> int:
        address = f"/api/v1/threads/{root.public_id}/replies"
        return client.post(address, '{"source": "Late"}', content_type="application/json").status_code

    return write


def test_no_page_and_no_program_writes_behind_a_lock(cast):
    """What stands in a thread when its lock is placed, under the row lock, is all that will ever stand there."""
    clause = make.clause()
    ways = {page(cast.hiba): 403, program(cast.alex): 423}
    late = landed = 0
    for n in range(PAIRS):
        root = make.discussion(cast.noa, cast.open, f"Race {n}")
        counted: list[int] = []

        def lock(root: Post = root, counted: list[int] = counted) -> None:
            with transaction.atomic():
                locks.lock(actor=cast.moderator, post=root, clause=clause)
                counted.append(Post.objects.filter(root=root).count())

        *statuses, _none = at_once(*(lambda way=way, root=root: way(root) for way in ways), lock)
        written = Post.objects.filter(root=root).count()
        assert [written] == counted
        for status, refusal in zip(statuses, ways.values(), strict=True):
            assert status in (302, 201, refusal)
            late, landed = late + (status == refusal), landed + (status != refusal)
    assert late and landed, "the race was none: one side always won"


def test_no_import_writes_behind_a_lock(cast, tmp_path: Path):
    clause = make.clause()
    size = Size(people=3, questions=1, answers=1, comments=0, votes=0)
    site = read_site(Dump(write_dump(tmp_path / "site", seed=8, size=size)))
    outcomes = set()
    for n in range(IMPORTS):
        slug = f"site-{n}"
        place = make_space(cast, slug)
        counted: list[int] = []

        def lock(place: Any = place, counted: list[int] = counted) -> None:
            with transaction.atomic():
                locks.lock(actor=cast.moderator, space=place, clause=clause)
                counted.append(Post.objects.filter(space=place).count())

        brought, _none = at_once(lambda slug=slug: import_site(actor=cast.owner, site=site, slug=slug), lock)
        assert [Post.objects.filter(space=place).count()] == counted
        outcomes.add(isinstance(brought, Refused))
    assert outcomes <= {True, False}


def make_space(cast: Cast, slug: str) -> Any:
    made = space(slug, owner=cast.owner)
    cast.owner.__dict__.pop("space_roles", None)
    return made


def test_of_two_locks_at_once_the_last_command_stands_and_both_are_on_record(cast):
    clause = make.clause()
    pairs = itertools.cycle(itertools.permutations(("replies", "edits", "votes", "all"), 2))
    for n, (one, other) in zip(range(DOUBLES), pairs, strict=False):
        root = make.discussion(cast.noa, cast.open, f"Double {n}")
        at_once(
            lambda root=root, one=one: locks.lock(actor=cast.moderator, post=root, clause=clause, scope=one),
            lambda root=root, other=other: locks.lock(
                actor=cast.moderator2, post=root, clause=clause, scope=other
            ),
        )
        events = Event.objects.filter(post=root, verb="locked").order_by("pk")
        held = Lock.objects.holding().get(post=root)
        assert events.count() == 2
        assert held.pk == events.last().data["lock"]
        assert Lock.objects.filter(post=root).count() == 2
    readers.catch_up(readers.reader_named("audit"))
    audited = Counter(AuditEntry.objects.filter(deed="locked").values_list("post", flat=True))
    assert (len(audited), set(audited.values())) == (DOUBLES, {2})
