"""The planted word is in no mail, comes out of no task and over no socket, also not to somebody who was a member."""

from __future__ import annotations

from contextlib import AsyncExitStack

import pytest
from asgiref.sync import sync_to_async

from communities.joining import actions as joining
from communities.questions import actions as questions
from intranet.activity import readers
from intranet.management.surfaces import MESSAGES
from intranet.notify.models import Notification
from intranet.posting import actions as posting
from tests.access.hidden import BOTH, PLANTED, plant
from tests.access.outlets import work
from tests.access.walking import KINDS, Unknown, kind_of_place
from tests.factories import threads as make
from tests.factories.cast import Cast, join, make_cast
from tests.notify.test_live import QUIET_SECONDS, page_of


def test_no_task_and_no_mail_tells_an_outsider(town, clause, django_capture_on_commit_callbacks):
    plant(town, clause)
    with django_capture_on_commit_callbacks(execute=True):
        sent = work(town)
    assert town.outsider.email in sent
    assert PLANTED not in sent
    for name in ("outsider", "guest", "former", "moderator", "km", "admin"):
        told = Notification.objects.visible_to(town.people[name]).filter(event__space=town.secret)
        assert list(told) == [], name


def test_what_the_walk_cannot_fill_fails():
    with pytest.raises(Unknown):
        kind_of_place("/somewhere/<slug:unheard_of>/", "unheard_of")
    assert len({(start, name) for start, name, _kind in KINDS}) == len(KINDS)


@sync_to_async
def _a_thread() -> tuple[Cast, object]:
    cast = make_cast()
    join(cast.secret, cast.former)
    return cast, make.question(cast.noa, cast.secret, BOTH, f"{BOTH} @former")


@sync_to_async
def _go_on(cast: Cast, asked: object) -> None:
    """All that can happen in the thread, once `former` is out."""
    answered = make.answer(cast.alex, asked, f"{BOTH} @former @outsider @guest")
    make.comment(cast.noa, answered, f"{BOTH} @former")
    posting.edit(editor=cast.alex, post=answered, source=f"{BOTH} @former again", base_revision=1)
    questions.accept(actor=cast.noa, question=asked, answer=answered)
    readers.catch_up_all()


@pytest.mark.django_db(transaction=True)
async def test_an_open_socket_tells_an_outsider_nothing_and_a_member_ids_only():
    assert set(MESSAGES) == {"notification", "post"}, "say here what the new message must not tell"
    cast, asked = await _a_thread()
    async with AsyncExitStack() as stack:
        former = await stack.enter_async_context(page_of(cast.former, asked))
        member = await stack.enter_async_context(page_of(cast.alex, asked))
        others = [await stack.enter_async_context(page_of(each)) for each in (cast.outsider, cast.guest)]
        for page in others:
            await page.send_json_to({"watch": asked.public_id})
        await sync_to_async(joining.remove)(actor=cast.owner, space=cast.secret, person=cast.former)
        await _go_on(cast, asked)
        heard = await member.receive_json_from(timeout=5)
        assert set(heard) <= {"type", "thread", "id"}
        assert [await page.receive_nothing(QUIET_SECONDS) for page in (former, *others)] == [True] * 3
        while not await member.receive_nothing(QUIET_SECONDS):
            assert PLANTED not in await member.receive_from()
